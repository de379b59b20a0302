// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Runs a program of the language at compile time: what is known now is
// computed, what is known on the device is emitted as the game level of the gan
// dialect. One object elaborates one model.
#ifndef GAN_FRONTEND_EVALUATOR_H
#define GAN_FRONTEND_EVALUATOR_H

#include "frontend/Builtin.h"
#include "frontend/EvaluatorState.h"
#include "frontend/Frontend.h"
#include "frontend/Reachability.h"
#include "frontend/Sema.h"

#include "llvm/ADT/StringSet.h"

#include <memory>
#include <set>

namespace gan::frontend {

struct ElaborationInput {
  llvm::ArrayRef<LoadedFile> files; // the first is the user's
  llvm::ArrayRef<std::pair<std::string, const ast::Expr *>> settings; // --set
  // What an earlier run found that networks own; null: this is the first run.
  const std::deque<Storage> *known = nullptr;
  // `P.name` that it read: P keeps these.
  const std::set<std::string> *kept = nullptr;
  int64_t batchDivisor = 1; // of FrontendOptions
  // Labelled calls known to make several layers, and networks of one.
  std::set<std::string> severalLayers = {}, loneLayers = {};
};

struct PhaseArguments; // PhaseArguments.h

class Evaluator : public BuiltinHost {
public:
  explicit Evaluator(mlir::MLIRContext *context);

  // The game level of the model in the first file; null after reports.
  mlir::OwningOpRef<mlir::ModuleOp> run(const ElaborationInput &input);
  std::vector<LayerReport> takeLayers() { return std::move(layers); }
  std::vector<PlayerReport> reportPlayers() const;
  std::vector<GradientReport> takeGradients() { return std::move(gradients); }
  // Whether a network was used as a whole before all calls had been met that
  // make its parameters: then another run must be told of them.
  bool needsAnotherRun() const;
  const std::deque<Storage> &getStorages() const { return storages; }
  const std::set<std::string> &getKept() const { return wanted; }
  // Whether a label went where it does not belong: then the run is void, has
  // reported nothing, and is to be made again with these calls known.
  bool hasMisnamed() const { return isMisnamed; }
  const std::set<std::string> &getSeveralLayers() const {
    return severalLayers;
  }
  const std::set<std::string> &getLoneLayers() const { return loneLayers; }

  // "adam: beta2 = 0.999, eps = 1e-08": what the user left to signatures.
  std::vector<std::string> takeDefaults() { return std::move(defaults); }

  // BuiltinHost
  Value callFunction(const Callable &function, llvm::ArrayRef<Value> arguments,
                     const Site &site) override;
  std::optional<Tensor> readClock(Clock clock, const Site &site) override;
  std::optional<Tensor> readMember(const Value &value,
                                   const Site &site) override;
  std::optional<std::vector<Tensor>> loadParameters(const Value &value,
                                                    const Site &site) override;
  Value selectParameters(const Value &value,
                         std::optional<llvm::StringRef> name,
                         const Site &site) override;
  Value sumOverParameters(Tensor term, const Site &site) override;
  bool dependsOn(mlir::Value y, mlir::Value x) override;

private:
  enum class Flow { Next, Return };

  // EvaluateExpressions.cpp
  Value evaluate(const ast::Expr &expr, Scope &scope);
  Value dispatch(const ast::Expr &expr, Scope &scope);
  // Counts steps of the elaboration; false, reported once, when there are too
  // many, so that every program ends.
  bool spend(int64_t steps, mlir::Location loc);
  Value evaluateName(const ast::NameExpr &expr, Scope &scope);
  Value evaluateBinding(Binding &binding, const Site &site);
  Value checkOrigin(const Binding &binding, const Site &site);
  Value evaluateLazily(Binding &binding, const Site &site);
  Value readField(const Binding &binding, const Site &site);
  Value evaluateMember(const ast::MemberExpr &expr, Scope &scope);
  Value evaluateIndex(const ast::IndexExpr &expr, Scope &scope);
  Value evaluateConditional(const ast::ConditionalExpr &expr, Scope &scope);
  Value evaluateRange(const ast::BinaryExpr &expr, Scope &scope);
  Value evaluateOperator(llvm::StringRef op, llvm::ArrayRef<Value> operands,
                         mlir::Location loc);
  std::optional<bool> evaluateCondition(const ast::Expr &condition,
                                        Scope &scope);
  Binding *lookup(llvm::StringRef name, Scope &scope, const Site &site);

  // EvaluateCalls.cpp
  Value evaluateCall(const ast::CallExpr &call, Scope &scope,
                     const ast::Path *label);
  std::optional<std::vector<Given>>
  evaluateArguments(llvm::ArrayRef<ast::Argument> arguments, Scope &scope);
  Value call(const Value &callee, std::vector<Given> given, const Site &site,
             mlir::Location loc, std::optional<std::string> label);
  Value callBuiltin(const Builtin &builtin, llvm::ArrayRef<Given> given,
                    const Site &site);
  std::optional<std::vector<Value>>
  resolveArguments(llvm::StringRef callee, llvm::StringRef signature,
                   llvm::ArrayRef<Given> given, const Site &site);
  Value callLambda(const Callable &callable, llvm::ArrayRef<Given> given,
                   const Site &site, std::optional<std::string> label);
  Value callFunctionDecl(const Callable &callable, llvm::ArrayRef<Given> given,
                         const Site &site, mlir::Location loc,
                         std::optional<std::string> label);
  Value runBlock(const ast::FunctionDecl &function, Scope &scope,
                 const Site &site, std::optional<std::string> label);
  Value runAbbreviation(const ast::FunctionDecl &function, Scope &scope,
                        const Site &site, std::optional<std::string> label);
  Value evaluateNamed(const ast::Expr &expr, Scope &scope,
                      std::optional<std::string> label);
  Value evaluateInFront(const ast::Expr &expr, Scope &scope,
                        llvm::StringRef label);
  bool bindParameters(llvm::StringRef callee,
                      llvm::ArrayRef<ast::Parameter> parameters,
                      llvm::ArrayRef<Given> given, Scope &scope,
                      const Site &site);
  bool bindParameter(const ast::Parameter &parameter, Value value, Scope &scope,
                     const Site &site);
  bool isVisible(llvm::StringRef name, Scope &scope);
  void noteLayer(const ast::FunctionDecl &function, Scope &scope,
                 const BodyState &made, const Value &result);
  bool matchShape(const ast::Parameter &parameter, const Value &value,
                  Scope &scope, const Site &site);
  std::optional<std::string> spellPath(const ast::Path &path, Scope &scope);

  // EvaluateStatements.cpp
  Flow execute(const ast::Block &block, Scope &scope, Value &result);
  Flow execute(const ast::Stmt &stmt, Scope &scope, Value &result);
  Flow executeIf(const ast::IfStmt &stmt, Scope &scope, Value &result);
  // Runs `body` in a scope of its own for each item of the list.
  void forEach(const ast::ForStmt &stmt, Scope &scope,
               llvm::function_ref<bool(Scope &)> body);
  Flow executeFor(const ast::ForStmt &stmt, Scope &scope, Value &result);
  void executeLet(const ast::LetStmt &stmt, Scope &scope);
  void executeDraw(const ast::DrawStmt &stmt, Scope &scope);
  void executeStorage(const ast::StorageStmt &stmt, Scope &scope);
  void executeAssign(const ast::AssignStmt &stmt, Scope &scope);
  void rebind(const ast::AssignStmt &stmt, Scope &scope);
  void storeEach(const ast::AssignStmt &stmt, const Value &target,
                 Scope &scope);
  void bindNames(llvm::ArrayRef<ast::Name> names, const Value &value,
                 Scope &scope, bool isRebindable);
  bool namesData(const ast::Expr &shape, Scope &scope);
  std::optional<llvm::SmallVector<int64_t>>
  evaluateShape(const ast::Expr *shape, Scope &scope);

  // Draws.cpp
  Value draw(const Distribution &distribution, llvm::ArrayRef<int64_t> shape,
             std::optional<int64_t> batch, llvm::StringRef stream,
             const Site &site);
  Value drawDeclared(const ast::DrawStmt &stmt, Scope &scope,
                     std::optional<int64_t> batch, llvm::StringRef stream);

  // Storage.cpp
  Storage *makeStorage(llvm::StringRef name, StorageKind kind,
                       llvm::ArrayRef<int64_t> shape, DistributionAttr init,
                       const Site &site);
  Storage *addStorage(std::string path, StorageKind kind,
                      llvm::ArrayRef<int64_t> shape, DistributionAttr init,
                      llvm::StringRef copied, const Site &site);
  bool agrees(Storage &storage, llvm::ArrayRef<int64_t> shape,
              const Site &site);
  DistributionAttr getInit(const Value &value, llvm::ArrayRef<int64_t> shape,
                           const Site &site);
  bool initialise(Storage &storage, llvm::StringRef name, Tensor value,
                  const Site &site);
  Tensor load(Storage &storage, const Site &site);
  // The value that is stored, or nothing after a report.
  std::optional<Tensor> store(Storage &storage, Tensor value, const Site &site);
  void mirror(Network &copy);
  std::vector<Storage *> getMembers(const Value &value);
  // The same of a part that must not be empty; empty after a report, or in the
  // first run.
  std::vector<Storage *> requireMembers(const Value &value, const Site &site);
  Value selectPath(const Value &value, llvm::StringRef segment);
  void recall(const std::deque<Storage> &known);

  // EvaluateNetworks.cpp
  Value callNetwork(Network &network, std::vector<Given> given,
                    const Site &site, mlir::Location loc);
  Specialisation *specialise(Network &network, const NetworkCall &call,
                             const Site &site);
  // The body of `state`, which is open; false after a report.
  bool emitSpecialisation(Network &network, const NetworkCall &call,
                          FunctionState &state, std::optional<int64_t> batch,
                          Specialisation &specialisation);
  Value emitNetworkBody(Network &network, Scope &scope);
  bool closeNetwork(Network &network, const Value &result,
                    Specialisation &specialisation);
  Value returnFromNetwork(const Specialisation &specialisation, CallOp call);
  void emitInferenceGraphs();

  // EvaluatePlayers.cpp
  // The body of a player as one more move of the function that is open.
  void runMove(Player &mover, llvm::ArrayRef<Given> given, const Site &site,
               int64_t accumulate = 1);
  Scope *openBody(Player &mover, llvm::ArrayRef<Given> given, const Site &site);
  void executeTrains(const ast::TrainsStmt &stmt, Scope &scope);
  void executeMinimize(const ast::MinimizeStmt &stmt, Scope &scope);
  std::optional<Tensor> evaluateLoss(const ast::MinimizeStmt &stmt,
                                     Scope &scope);
  bool isFromBefore(Version version);
  std::optional<std::vector<std::vector<Storage *>>>
  chooseParameters(Tensor loss, const Unrolled *unrolled, const Site &place);
  // For `ganc explain`: of the parameters that the player trains and the loss
  // reaches, which gradients are built and why others are not.
  void noteGradients(Tensor loss, const Versions &trained,
                     const Versions &reached, const Site &place);
  std::optional<Tensor> evaluateGate(const ast::Expr &condition, Scope &scope);
  llvm::SmallVector<Tensor>
  differentiate(Tensor loss, llvm::ArrayRef<std::vector<Storage *>> parameters,
                const Site &site);
  void descend(llvm::ArrayRef<std::vector<Storage *>> parameters,
               llvm::ArrayRef<Tensor> gradients, std::optional<Tensor> gate,
               const Site &site);
  void update(const TrainsClause &clause, llvm::ArrayRef<Storage *> parameters,
              llvm::ArrayRef<Tensor> values, llvm::ArrayRef<Tensor> gradients);
  // The clause of each parameter; nothing after a report.
  std::optional<llvm::MapVector<Storage *, size_t>> assignClauses();

  // EvaluateUnrolled.cpp
  std::optional<std::pair<Player *, int64_t>>
  evaluateAfter(const ast::MinimizeStmt &stmt, Scope &scope);
  bool checkUnrolled(const Player &mover, const Site &site);
  void putBack(llvm::ArrayRef<mlir::StringAttr> storages,
               mlir::Operation *start, const Site &site);
  // Makes the moves, so that what follows sees the parameters and optimizer
  // states that they reach; nothing after a report.
  std::optional<Unrolled> openUnrolled(const ast::MinimizeStmt &stmt,
                                       Scope &scope);
  void closeUnrolled(Unrolled &unrolled);

  // EvaluateAccumulated.cpp
  const ast::MinimizeStmt *findUpdate(const Player &mover, const Site &site);
  void runAccumulated(Player &mover, llvm::ArrayRef<Given> given,
                      const Site &site, int64_t count);
  // What stands in front of the update, for one micro-batch; nothing after a
  // report.
  std::optional<MicroResult> runMicroBatch(Player &mover,
                                           llvm::ArrayRef<Given> given,
                                           const ast::MinimizeStmt &update,
                                           const Site &site);
  Tensor average(llvm::ArrayRef<Tensor> values, const Site &site);
  void averageValues(llvm::ArrayRef<MicroResult> results, const Site &site);

  // KeptValues.cpp
  Value readKept(Player &mover, llvm::StringRef name, const Site &site);
  void keepValues(Player &mover, Scope &scope);
  bool isKeepable(llvm::StringRef path, const Value &value, const Site &site);
  void keepValue(Player &mover, llvm::StringRef name, const Value &value,
                 const Site &site);
  void checkReads();

  // EvaluateTogether.cpp
  bool gatherPlays(const ast::Block &moves, Scope &scope, int64_t batch,
                   std::vector<Play> &plays);
  bool gatherPlay(const ast::PlayMove &move, Scope &scope, int64_t batch,
                  std::vector<Play> &plays);
  // One function per players, batch and arguments.
  mlir::func::FuncOp getMoveFunction(llvm::ArrayRef<Play> plays);
  void runTogether(llvm::ArrayRef<Play> plays);
  void setAside(const Play &play, llvm::ArrayRef<mlir::StringAttr> stored,
                mlir::Operation *start, Waiting &after);

  // Optimizers.cpp
  bool runStage(const ast::Expr &stage, Scope &scope,
                llvm::ArrayRef<Storage *> parameters,
                llvm::ArrayRef<Tensor> values,
                llvm::MutableArrayRef<Tensor> gradients);
  std::optional<Tensor> applyStage(const ast::Expr &stage, Scope &scope,
                                   Storage &parameter, Tensor value,
                                   Tensor gradient);
  void closeTotal(const Site &site);
  void report(const Value &value, llvm::StringRef name, const Site &site);

  // EvaluatePhases.cpp
  void elaboratePhase(const ast::PhaseDecl &phase, Scope &scope);
  std::optional<PhaseArguments>
  evaluatePhaseArguments(const ast::PhaseDecl &phase, Scope &scope);
  void elaborateMoves(const ast::Block &moves, Scope &scope,
                      mlir::Region &region, int64_t batch);
  void elaborateMove(const ast::Stmt &move, Scope &scope,
                     mlir::OpBuilder &builder, int64_t batch);
  void elaborateConditionalMove(const ast::IfStmt &move, Scope &scope,
                                mlir::OpBuilder &builder, int64_t batch);
  void elaboratePlay(const ast::PlayMove &move, Scope &scope,
                     mlir::OpBuilder &builder, int64_t batch);
  std::optional<Play> evaluatePlay(const ast::PlayMove &move, Scope &scope,
                                   int64_t batch);
  void emitPlay(llvm::ArrayRef<Play> plays, mlir::Location loc,
                mlir::OpBuilder &builder);
  bool checkReuse(const Play &play);

  // EvaluateUntil.cpp
  // The function that says whether the phase is over; null after a report.
  mlir::func::FuncOp elaborateUntil(const PhaseArguments &arguments,
                                    llvm::StringRef phase, Scope &scope);
  std::optional<Tensor> evaluateUntil(const ast::Expr &condition, Scope &scope);

  // Data.cpp
  void elaborateData(const ast::DataDecl &data, Scope &scope);
  // `before`: the fields of the data that stand before it.
  mlir::DictionaryAttr elaborateField(const ast::DataField &field,
                                      llvm::ArrayRef<mlir::Attribute> before,
                                      Scope &scope);

  // EvaluateModel.cpp
  mlir::OwningOpRef<mlir::ModuleOp> elaborate(const ElaborationInput &input);
  llvm::SmallVector<Scope *> declareFiles(llvm::ArrayRef<LoadedFile> files);
  void declare(const ast::Stmt &stmt, Scope &scope);
  Binding &bind(llvm::StringRef name, mlir::Location loc, Scope &scope);
  Binding &bindValue(llvm::StringRef name, mlir::Location loc, Value value,
                     Scope &scope);
  bool declareForUsers(llvm::StringRef name, mlir::Location loc);
  void declareNetwork(const ast::NetworkDecl &network, Scope &scope);
  void linkCopy(Network &network);
  void declareData(const ast::DataDecl &data, Scope &scope);
  bool bindModelParameters(const ast::ModelDecl &model,
                           const ElaborationInput &input, Scope &scope);
  mlir::Attribute getArgumentAttr(const Value &value);
  void elaborateNested(const ast::Block &items, Scope &scope);
  void elaborateItems(const ast::Block &items, Scope &scope);
  void elaborateOutput(const ast::OutputDecl &output, Scope &scope);

  // Places and the functions being emitted.
  Site getSite(mlir::Location loc) const;
  std::unique_ptr<FunctionState> openFunction(FunctionState::Role role,
                                              llvm::StringRef name,
                                              mlir::TypeRange inputs,
                                              mlir::Location loc);
  mlir::OpBuilder &getBuilder();
  Scope &makeScope(Scope *parent, bool isBody);
  std::string makeUniqueName(llvm::StringRef stem);

  mlir::MLIRContext *context;
  ModelOp model;
  ValuePool pool;
  std::deque<Scope> scopes;
  std::deque<Binding> bindings;
  std::deque<Callable> callables;
  llvm::StringMap<mlir::Location> namesForUsers;
  std::deque<Network> networks;
  std::deque<Player> players;
  llvm::StringMap<mlir::func::FuncOp> moveFunctions;
  llvm::StringMap<MoveSummary> summaries;  // by function
  MoveSummary *summary = nullptr;          // of the function that is open
  std::set<std::string> wanted;            // "P.name" that other players read
  llvm::StringMap<std::vector<Kept>> kept; // by "P.name"
  std::deque<Storage> storages;
  llvm::StringMap<Storage *> storagesByPath;
  std::vector<LayerReport> layers;
  std::vector<GradientReport> gradients;
  std::unique_ptr<Reachability> reachability;
  std::unique_ptr<Reachability> throughStops; // stop_gradient let through
  Scope *builtins = nullptr;

  Origins origins;
  std::vector<std::string> defaults;
  llvm::StringSet<> knownDefaults;
  std::vector<const ast::OutputDecl *> outputs;
  llvm::DenseMap<const ast::OutputDecl *, Scope *> outputScopes;

  FunctionState *function = nullptr;
  BodyState *body = nullptr;
  PlayerState *player = nullptr;
  TotalState *total = nullptr;
  std::vector<const Player *> moving; // innermost last: `after` nests moves
  std::optional<llvm::StringRef>
      member; // path of the member a store to each has reached
  std::optional<Site>
      userCall;      // the user's call of the library that is running
  int depth = 0;     // of calls
  int nesting = 0;   // of expressions that are being evaluated
  int64_t spent = 0; // steps so far
  int64_t firstBatch =
      0; // of the first phase: outputs and inference graphs use it
  int64_t batchDivisor = 1;
  llvm::StringMap<LastMove> played; // by player
  mlir::Operation *lastStorage = nullptr;
  mlir::OwningOpRef<mlir::ModuleOp>
      scratch; // takes what is emitted outside of functions
  std::unique_ptr<mlir::OpBuilder> scratchBuilder;
  bool isFirstRun = true;
  bool hasMissed = false; // a part of a network was empty in the first run
  std::set<std::string> severalLayers, loneLayers; // by call
  bool isMisnamed = false;
  bool failed = false;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_EVALUATOR_H
