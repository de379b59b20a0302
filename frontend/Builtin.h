// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions that are built into the language, as tables: a name, a
// signature and a function from values to a value. To add one, add a line to
// the table of its family in Builtins<Family>.cpp.
#ifndef GAN_FRONTEND_BUILTIN_H
#define GAN_FRONTEND_BUILTIN_H

#include "frontend/TensorBuilder.h"
#include "frontend/Value.h"

#include <array>

namespace gan::frontend {

class BuiltinCall;

struct Builtin {
  llvm::StringLiteral name;
  // "x, slope = 0.01, over =": parameters in order; a default is a number,
  // true, false, a "word", [] or nothing (absent). A first "..." takes one or
  // more positional arguments, which stand in front of the named ones.
  llvm::StringLiteral signature;
  Value (*evaluate)(BuiltinCall &call);
};

llvm::ArrayRef<Builtin> getElementwiseBuiltins();
llvm::ArrayRef<Builtin> getReductionBuiltins();
llvm::ArrayRef<Builtin> getShapeBuiltins();
llvm::ArrayRef<Builtin> getContractionBuiltins();
llvm::ArrayRef<Builtin> getMatrixBuiltins();
llvm::ArrayRef<Builtin> getConstBuiltins();
llvm::ArrayRef<Builtin> getGradientBuiltins();
// The tables of all families.
std::array<llvm::ArrayRef<Builtin>, 7> getBuiltinFamilies();
// max and min of one value over axes: x, over, keep.
Value evaluateExtremeOver(BuiltinCall &call);
// Names of the language reference that have no lowering yet: using one is an
// error of its own.
bool isUnsupportedBuiltin(llvm::StringRef name);

// The attribute of a distribution that the dialect has; null for the others.
DistributionAttr getDistributionAttr(mlir::MLIRContext *context,
                                     const Distribution &distribution);

// What built-in functions need of the evaluator that calls them.
class BuiltinHost {
public:
  virtual ~BuiltinHost() = default;
  virtual Value callFunction(const Callable &function,
                             llvm::ArrayRef<Value> arguments,
                             const Site &site) = 0;
  // A clock number as a tensor of this move; nothing (reported) where there is
  // no clock.
  virtual std::optional<Tensor> readClock(Clock clock, const Site &site) = 0;
  // The present value of what a network or a group stands for in a store to
  // each of its members.
  virtual std::optional<Tensor> readMember(const Value &value,
                                           const Site &site) = 0;
  // Present values of the parameters of a network or group.
  virtual std::optional<std::vector<Tensor>>
  loadParameters(const Value &value, const Site &site) = 0;
  virtual Value selectParameters(const Value &value,
                                 std::optional<llvm::StringRef> name,
                                 const Site &site) = 0;
  virtual Value sumOverParameters(Tensor term, const Site &site) = 0;
  // Whether `y` depends on `x` by a path that carries a gradient.
  virtual bool dependsOn(mlir::Value y, mlir::Value x) = 0;
};

// One call: the arguments in the order of the signature, and what is needed to
// compute with them.
class BuiltinCall {
public:
  BuiltinCall(llvm::StringRef callee, llvm::ArrayRef<Value> arguments,
              const Site &site, mlir::OpBuilder &builder, ValuePool &pool,
              BuiltinHost &host)
      : callee(callee), arguments(arguments), site(site),
        tensors(builder, site), pool(pool), host(host) {}

  const Value &operator[](size_t index) const { return arguments[index]; }
  size_t size() const { return arguments.size(); }

  // Any value as a tensor; nothing if it is none (reported unless it is
  // poison).
  std::optional<Tensor> getTensor(const Value &value);
  std::optional<Tensor> getTensor(size_t index) {
    return getTensor(arguments[index]);
  }
  // Const arguments of a kind; nothing after a report that names the parameter.
  std::optional<int64_t> getInt(size_t index, llvm::StringRef what);
  std::optional<double> getNumber(size_t index, llvm::StringRef what);
  std::optional<bool> getBool(size_t index, llvm::StringRef what);
  std::optional<llvm::SmallVector<int64_t>> getInts(size_t index,
                                                    llvm::StringRef what);
  std::optional<llvm::SmallVector<int64_t>> getInts(const Value &value,
                                                    llvm::StringRef what);
  // Axes of `x`: an int, `batch`, `item` or a list of them; absent: everything.
  std::optional<Axes> getAxes(size_t index, const Tensor &x);
  // One item axis of `x`, negative from the end.
  std::optional<int64_t> getAxis(const Value &value, const Tensor &x);

  // "zeros", "constant", "reflect" or "replicate".
  std::optional<PadMode> getPadMode(size_t index);

  bool isInRange(int64_t number, llvm::StringRef what);
  Value fail(const llvm::Twine &message);
  // Reports "'f' needs <wanted> as <what>, but found <value>" unless the value
  // is poison.
  void mismatch(const Value &value, llvm::StringRef wanted,
                llvm::StringRef what);
  static Value wrap(std::optional<Tensor> tensor) {
    return tensor ? Value(*tensor) : Value();
  }

  llvm::StringRef callee;
  llvm::ArrayRef<Value> arguments;
  const Site &site;
  TensorBuilder tensors;
  ValuePool &pool;
  BuiltinHost &host;
};

// `op` is the operator as it is written: + - * / // % ^ == != < <= > >= and or;
// `not` and unary - have one operand.
Value applyOperator(llvm::StringRef op, BuiltinCall &call);
// The clock expression [op, operands...]; the operands are numbers, bools or
// clock values.
Value makeClock(llvm::StringRef op, llvm::ArrayRef<Value> operands,
                mlir::MLIRContext *context);
mlir::Attribute toClockAttr(const Value &value, mlir::MLIRContext *context);

} // namespace gan::frontend

#endif // GAN_FRONTEND_BUILTIN_H
