// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Data.h"
#include "test/reference/Random.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// Element `j` of sample `s` of a batch.
using ElementFn = llvm::function_ref<double(uint32_t j, uint32_t s)>;

static Tensor fill(RankedTensorType type, ElementFn element) {
  Tensor y = Tensor::zeros(type.getShape());
  int64_t perSample = y.values.size() / y.shape[0];
  bool isSingle = type.getElementType().isF32();
  for (size_t i = 0; i < y.values.size(); ++i) {
    double value = element(i % perSample, i / perSample);
    y.values[i] = isSingle ? static_cast<float>(value) : value;
  }
  return y;
}

static double number(DictionaryAttr field, StringRef key) {
  return field.getAs<FloatAttr>(key).getValueAsDouble();
}

static Tensor mixture(DictionaryAttr field, RankedTensorType type,
                      const Stream &stream) {
  ArrayRef<double> centres = field.getAs<DenseF64ArrayAttr>("centres");
  int64_t dimension = type.getShape().back();
  int64_t count = centres.size() / dimension;
  double std = number(field, "std");
  return fill(type, [&](uint32_t j, uint32_t s) {
    int64_t centre = std::floor(unit(stream.at(0, s)[0]) * count);
    return centres[centre * dimension + j] + std * normal(stream.at(1 + j, s));
  });
}

static Tensor random(DictionaryAttr field, StringRef kind,
                     RankedTensorType type, const Stream &stream) {
  if (kind == "image") {
    double low = number(field, "low"), high = number(field, "high");
    return fill(type, [&](uint32_t j, uint32_t s) {
      return low + (high - low) * unit(stream.at(j, s)[0]);
    });
  }
  if (kind == "vector")
    return fill(
        type, [&](uint32_t j, uint32_t s) { return normal(stream.at(j, s)); });
  if (kind == "label") {
    double classes = field.getAs<IntegerAttr>("classes").getInt();
    return fill(type, [&](uint32_t j, uint32_t s) {
      return std::floor(unit(stream.at(j, s)[0]) * classes);
    });
  }
  uint64_t batch = type.getDimSize(0); // index
  return fill(type, [&](uint32_t, uint32_t s) {
    return (stream.move * batch + s) % (uint64_t{1} << 31);
  });
}

static DictionaryAttr findField(ModelOp model, StringRef data, StringRef name) {
  auto op =
      dyn_cast_if_present<DataOp>(SymbolTable::lookupSymbolIn(model, data));
  if (!op)
    return {};
  for (auto field : op.getFields().getAsRange<DictionaryAttr>())
    if (field.getAs<StringAttr>("name") == name)
      return field;
  return {};
}

FailureOr<Tensor> reference::readField(ModelOp model, StringRef name,
                                       RankedTensorType type, DataSource source,
                                       uint64_t seed, uint64_t move) {
  auto [data, fieldName] = name.rsplit('.');
  DictionaryAttr field = findField(model, data, fieldName);
  if (!field)
    return model.emitError() << "there is no data field '" << name << "'";
  StringRef kind = field.getAs<StringAttr>("kind");
  Stream stream(("data/" + name).str(), seed, move);
  if (kind == "mixture") {
    auto count = field.getAs<IntegerAttr>("count");
    if (count && count.getInt() > 0)
      return model.emitError()
             << "the reference interpreter does not order the "
             << count.getInt() << " records of '" << name << "'";
    return mixture(field, type, stream);
  }
  if (source != DataSource::Random)
    return model.emitError() << "'" << name << "' of kind '" << kind
                             << "' needs files or '--data random'";
  return random(field, kind, type, stream);
}
