// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of what is known when compiling: shapes, lists, distributions.
#include "frontend/Builtin.h"

#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

// The extents of a value: of a tensor per sample, of a number [], of a list of
// numbers its length.
Value evaluateShape(BuiltinCall &call) {
  if (call[0].getNumber() || call[0].is<Clock>())
    return call.pool.shape({});
  std::optional<Tensor> x = call.getTensor(0);
  return x ? call.pool.shape(x->getItemShape()) : Value();
}

Value evaluateRank(BuiltinCall &call) {
  if (call[0].getNumber() || call[0].is<Clock>())
    return int64_t{0};
  std::optional<Tensor> x = call.getTensor(0);
  return x ? Value(x->getItemRank()) : Value();
}

// A list, or nothing after a report.
const List *getList(BuiltinCall &call, size_t index) {
  if (const auto *list = call[index].getIf<const List *>())
    return *list;
  call.mismatch(call[index], "a list", "its argument");
  return nullptr;
}

Value evaluateLen(BuiltinCall &call) {
  const List *list = getList(call, 0);
  return list ? Value(static_cast<int64_t>(list->items.size())) : Value();
}

Value evaluateMap(BuiltinCall &call) {
  const auto *function = call[0].getIf<const Callable *>();
  if (!function)
    return call.mismatch(call[0], "a function", "its first argument"), Poison();
  const List *list = getList(call, 1);
  if (!list)
    return Poison();
  std::vector<Value> results;
  for (const Value &item : list->items)
    results.push_back(call.host.callFunction(**function, item, call.site));
  return call.pool.list(std::move(results));
}

Value evaluateZip(BuiltinCall &call) {
  const List *a = getList(call, 0), *b = getList(call, 1);
  if (!a || !b)
    return Poison();
  if (a->items.size() != b->items.size())
    return call.fail("'zip' needs lists of one length, but has " +
                     Twine(a->items.size()) + " and " + Twine(b->items.size()));
  std::vector<Value> pairs;
  for (auto [x, y] : llvm::zip_equal(a->items, b->items))
    pairs.push_back(call.pool.list({x, y}));
  return call.pool.list(std::move(pairs));
}

Value evaluateReversed(BuiltinCall &call) {
  const List *list = getList(call, 0);
  if (!list)
    return Poison();
  return call.pool.list({list->items.rbegin(), list->items.rend()});
}

// n times the same value.
Value evaluateFill(BuiltinCall &call) {
  std::optional<int64_t> n = call.getInt(1, "the length");
  if (!n)
    return Poison();
  if (*n < 0 || *n > longestList)
    return call.fail("'fill' needs a length from 0 to " + Twine(longestList) +
                     ", but found " + Twine(*n));
  return call.pool.list(std::vector<Value>(*n, call[0]));
}

// The value that stands where `key` stands among the names, strings or ints:
// how a parameter of a model picks a loss or a data set.
Value evaluateChoose(BuiltinCall &call) {
  const List *names = getList(call, 1), *values = getList(call, 2);
  if (!names || !values)
    return Poison();
  if (!call[0].is<StringRef>() && !call[0].is<int64_t>())
    return call.mismatch(call[0], "a string or an int", "the key"), Poison();
  if (names->items.size() != values->items.size())
    return call.fail("'choose' needs one value per name, but has " +
                     Twine(values->items.size()) + " for " +
                     Twine(names->items.size()) + " names");
  std::string key = spell(call[0]);
  for (auto [name, value] : llvm::zip_equal(names->items, values->items))
    if (spell(name) == key)
      return value;
  return call.fail("'choose' needs one of " + spell(call[1]) + ", but found " +
                   key);
}

// As torch.nn.init._calculate_fan_in_and_fan_out: axis 1, or axis 0, times the
// extents from axis 2 on.
Value evaluateFan(BuiltinCall &call) {
  auto shape = call.getInts(0, "the shape");
  if (!shape)
    return Poison();
  if (shape->empty())
    return int64_t{1};
  bool wantsIn = call.callee == "fan_in";
  int64_t fan = wantsIn && shape->size() > 1 ? (*shape)[1] : shape->front();
  for (int64_t extent :
       llvm::drop_begin(*shape, std::min<size_t>(2, shape->size())))
    if (__builtin_mul_overflow(fan, extent, &fan))
      return call.fail("this int does not fit into 64 bits");
  return fan;
}

Value evaluateInt(BuiltinCall &call) {
  std::optional<double> number = call.getNumber(0, "its argument");
  if (!number)
    return Poison();
  if (!(std::fabs(*number) < 0x1p63))
    return call.fail("this int does not fit into 64 bits");
  return static_cast<int64_t>(std::trunc(*number));
}

Value evaluateFloat(BuiltinCall &call) {
  std::optional<double> number = call.getNumber(0, "its argument");
  return number ? Value(*number) : Value();
}

// `init` where it is a number or a distribution; where it is a function, its
// value at the shape.
Value evaluateInitial(BuiltinCall &call) {
  if (const auto *function = call[0].getIf<const Callable *>())
    return call.host.callFunction(**function, call[1], call.site);
  return call[0];
}

Distribution::Kind kindOf(StringRef name) {
  using Kind = Distribution::Kind;
  return llvm::StringSwitch<Kind>(name)
      .Case("normal", Kind::Normal)
      .Case("uniform", Kind::Uniform)
      .Case("truncated_normal", Kind::TruncatedNormal)
      .Case("sphere", Kind::Sphere)
      .Case("categorical", Kind::Categorical)
      .Case("mixture", Kind::Mixture)
      .Case("orthogonal", Kind::Orthogonal)
      .Case("identity", Kind::Identity)
      .Default(Kind::Bernoulli);
}

// What its parameters have to be; false after a report.
bool isPossible(BuiltinCall &call, const Distribution &distribution) {
  using Kind = Distribution::Kind;
  Kind kind = distribution.kind;
  bool hasDeviation = kind == Kind::Normal || kind == Kind::Mixture ||
                      kind == Kind::TruncatedNormal;
  if (hasDeviation && distribution.b < 0)
    call.fail("'" + call.callee +
              "' needs a standard deviation from 0 on, but found " +
              spell(call[1]));
  else if (kind == Kind::TruncatedNormal && !(distribution.c > 0))
    call.fail("'truncated_normal' needs a cut above 0, but found " +
              spell(call[2]));
  else if (kind == Kind::Categorical && distribution.a < 1)
    call.fail("'categorical' needs at least one class, but found " +
              spell(call[0]));
  else
    return true;
  return false;
}

Value evaluateDistribution(BuiltinCall &call) {
  Distribution distribution{.kind = kindOf(call.callee)};
  double *slots[] = {&distribution.a, &distribution.b, &distribution.c};
  for (size_t index = 0; index < call.size(); ++index) {
    if (distribution.kind == Distribution::Kind::Mixture && index == 0) {
      distribution.centres = getList(call, 0);
      if (!distribution.centres)
        return Poison();
      continue;
    }
    bool isCount = distribution.kind == Distribution::Kind::Categorical;
    std::optional<double> number;
    if (!isCount)
      number = call.getNumber(index, "a parameter");
    else if (std::optional<int64_t> count = call.getInt(index, "the classes"))
      number = static_cast<double>(*count);
    if (!number)
      return Poison();
    *slots[index] = *number;
  }
  return isPossible(call, distribution) ? Value(distribution) : Value();
}

constexpr Builtin table[] = {
    {"shape", "x", evaluateShape},
    {"rank", "x", evaluateRank},
    {"len", "list", evaluateLen},
    {"map", "f, list", evaluateMap},
    {"zip", "a, b", evaluateZip},
    {"reversed", "list", evaluateReversed},
    {"fill", "value, n", evaluateFill},
    {"choose", "key, names, values", evaluateChoose},
    {"fan_in", "shape", evaluateFan},
    {"fan_out", "shape", evaluateFan},
    {"int", "x", evaluateInt},
    {"float", "x", evaluateFloat},
    {"initial", "init, shape", evaluateInitial},
    {"normal", "mean, std", evaluateDistribution},
    {"uniform", "low, high", evaluateDistribution},
    {"truncated_normal", "mean, std, cut = 2", evaluateDistribution},
    {"bernoulli", "p", evaluateDistribution},
    {"categorical", "classes", evaluateDistribution},
    {"mixture", "centres, std", evaluateDistribution},
    {"orthogonal", "gain = 1", evaluateDistribution},
    {"identity", "", evaluateDistribution},
    {"sphere", "", evaluateDistribution},
};

} // namespace

ArrayRef<Builtin> getConstBuiltins() { return table; }

bool isUnsupportedBuiltin(StringRef name) {
  static constexpr StringLiteral names[] = {"fitted_normal", "replay", "pca"};
  return llvm::is_contained(names, name);
}

} // namespace gan::frontend
