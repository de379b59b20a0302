// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What an expression of the language means while the compiler runs it. A value
// belongs to one of three times: known now (numbers, lists, functions,
// networks), before a move (Clock), or on the device only (Tensor).
#ifndef GAN_FRONTEND_VALUE_H
#define GAN_FRONTEND_VALUE_H

#include "dialect/GanDialect.h"

#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gan::frontend {

// The most elements that a tensor may have, which bounds all ints that are
// lengths, and the longest list.
constexpr int64_t mostElements = int64_t{1} << 31;
constexpr int64_t longestList = int64_t{1} << 20;

struct Callable; // Scope.h
struct Network;  // Network.h
struct Storage;  // Network.h
struct List;
struct Player;
struct Group;

// An expression that failed and was reported: whatever touches it stays silent.
struct Poison {
  friend bool operator==(Poison, Poison) { return true; }
};
// An argument that was not given.
struct Absent {
  friend bool operator==(Absent, Absent) { return true; }
};
enum class Axis { Batch, Item };

// A tensor on the device. `batched`: axis 0 of the type counts samples and is
// invisible to the user.
struct Tensor {
  mlir::Value value;
  bool batched = false;

  mlir::RankedTensorType getType() const;
  llvm::ArrayRef<int64_t> getShape() const { return getType().getShape(); }
  llvm::ArrayRef<int64_t> getItemShape() const;
  int64_t getItemRank() const { return getItemShape().size(); }
  std::optional<int64_t> getBatch() const;
  bool isReal() const;
  bool isBool() const;
};

// A clock expression in the prefix form of GameOps.td; comparisons and logic
// give bools.
struct Clock {
  mlir::Attribute expression;
  bool isBool = false;
};

struct Distribution {
  enum class Kind {
    Normal,
    Uniform,
    TruncatedNormal,
    Bernoulli,
    Sphere,
    Categorical,
    Mixture,
    Orthogonal, // these two of whole tensors, as first values
    Identity
  };
  Kind kind;
  double a = 0; // mean, low, probability, number of classes or gain
  double b = 0; // standard deviation or high
  double c = 0; // how many standard deviations a value may be off
  const List *centres = nullptr; // of a mixture
};

class Value {
public:
  using Variant =
      std::variant<Poison, Absent, int64_t, double, bool, llvm::StringRef,
                   const List *, Axis, const Callable *, Network *,
                   Distribution, Player *, const Group *, Clock, Tensor>;

  template <typename T, typename V> struct Holds;
  template <typename T, typename... Ts>
  struct Holds<T, std::variant<Ts...>>
      : std::bool_constant<(std::is_same_v<T, Ts> || ...)> {};
  template <typename T>
  static constexpr bool isAlternative = Holds<T, Variant>::value;

  Value() = default;
  template <typename T>
    requires(isAlternative<T>)
  Value(T alternative) : data(std::in_place_type<T>, alternative) {}
  template <typename T> bool is() const {
    return std::holds_alternative<T>(data);
  }
  template <typename T> const T *getIf() const { return std::get_if<T>(&data); }
  template <typename T> T get() const { return *std::get_if<T>(&data); }

  bool isPoison() const { return is<Poison>(); }
  bool isAbsent() const { return is<Absent>(); }
  // An int or a float known now, as a double.
  std::optional<double> getNumber() const;
  // Whether every part of it is known when compiling.
  bool isConst() const;

  const Variant &getVariant() const { return data; }

private:
  Variant data;
};

struct List {
  std::vector<Value> items;
};

// A part of a network: what lies below a path, or parameters only, or those of
// one name. What that is, is looked up where it is used: calls make it.
struct Group {
  Network *network;
  std::string path = {}; // behind the network's name: "up.1"; empty: all
  bool onlyParameters = false;
  std::optional<std::string> name = {}; // of `params(G, named: "bias")`
};

// "64 x [3, 32, 32]", "[512, 3, 4, 4]", "an int", "a string": what a value is,
// for messages.
std::string describe(const Value &value);
std::string describeShape(llvm::ArrayRef<int64_t> shape);
// The value itself where it is short (numbers, strings, lists), else what it
// is. Distinguishes specialisations.
std::string spell(const Value &value);

// Owns what values point to, for one run of the compiler.
class ValuePool {
public:
  Value list(std::vector<Value> items);
  Value shape(llvm::ArrayRef<int64_t> extents);
  Value string(llvm::StringRef text);
  Value group(Group part);

private:
  std::deque<List> lists;
  std::deque<Group> groups;
  std::deque<std::string> strings;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_VALUE_H
