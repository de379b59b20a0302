// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Data.h"
#include "test/reference/Order.h"
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

// The records of one batch: which sample of the stream each is.
using Records = llvm::function_ref<uint32_t(uint32_t s)>;

static Tensor mixture(DictionaryAttr field, RankedTensorType type,
                      const Stream &stream, Records recordOf) {
  ArrayRef<double> centres = field.getAs<DenseF64ArrayAttr>("centres");
  int64_t dimension = type.getShape().back();
  int64_t count = centres.size() / dimension;
  double std = number(field, "std");
  return fill(type, [&](uint32_t j, uint32_t s) {
    uint32_t record = recordOf(s);
    int64_t centre = std::floor(unit(stream.at(0, record)[0]) * count);
    return centres[centre * dimension + j] +
           std * normal(stream.at(1 + j, record));
  });
}

static Tensor swissRoll(DictionaryAttr field, RankedTensorType type,
                        const Stream &stream, Records recordOf) {
  double std = number(field, "std");
  return fill(type, [&](uint32_t j, uint32_t s) {
    uint32_t record = recordOf(s);
    double t = 1.5 * M_PI * (1 + 2 * unit(stream.at(0, record)[0]));
    return t * (j == 0 ? std::cos(t) : std::sin(t)) / 7.5 +
           std * normal(stream.at(1 + j, record));
  });
}

static bool isMade(StringRef kind) {
  return kind == "mixture" || kind == "swiss_roll";
}

static Tensor random(DictionaryAttr field, StringRef kind,
                     RankedTensorType type, const Stream &stream) {
  if (kind == "image") {
    double low = number(field, "low"), high = number(field, "high");
    return fill(type, [&](uint32_t j, uint32_t s) {
      return low + (high - low) * unit(stream.at(j, s)[0]);
    });
  }
  if (kind == "vector") {
    auto mean = field.getAs<IntegerAttr>("mean");
    double taken = mean ? mean.getInt() : 1;
    return fill(type, [&](uint32_t j, uint32_t s) {
      return normal(stream.at(j, s)) / std::sqrt(taken);
    });
  }
  if (kind == "label" || kind == "map" || kind == "sequence") {
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

uint64_t reference::recordCount(DataOp data) {
  uint64_t records = 0;
  for (auto field : data.getFields().getAsRange<DictionaryAttr>())
    if (auto count = field.getAs<IntegerAttr>("count");
        count && isMade(field.getAs<StringAttr>("kind")))
      records = std::max<uint64_t>(records, count.getInt());
  return records;
}

static DictionaryAttr findField(DataOp data, StringRef name) {
  if (!data)
    return {};
  for (auto field : data.getFields().getAsRange<DictionaryAttr>())
    if (field.getAs<StringAttr>("name") == name)
      return field;
  return {};
}

FailureOr<Tensor> reference::readField(ModelOp model, StringRef name,
                                       RankedTensorType type, DataSource source,
                                       uint64_t seed, uint64_t move,
                                       uint64_t position) {
  auto [dataName, fieldName] = name.rsplit('.');
  auto data =
      dyn_cast_if_present<DataOp>(SymbolTable::lookupSymbolIn(model, dataName));
  DictionaryAttr field = findField(data, fieldName);
  if (!field)
    return model.emitError() << "there is no data field '" << name << "'";
  StringRef kind = field.getAs<StringAttr>("kind");
  uint64_t count = recordCount(data);
  // Records have numbers and nothing else in which they could differ.
  auto other = field.getAs<StringAttr>("other");
  bool isOther = other && count;
  Stream choice(("other/" + name).str(), seed, move);
  auto recordOf = [&, dataName = dataName](uint32_t s) -> uint32_t {
    if (!count)
      return s;
    uint32_t own = recordAt(dataName, seed, count, position + s);
    if (!isOther)
      return own;
    uint32_t place = std::floor(unit(choice.at(0, s)[0]) * (count - 1));
    return place < own ? place : place + 1;
  };
  std::string streamName =
      ("data/" + dataName + "." + (isOther ? other.getValue() : fieldName))
          .str();
  Stream stream(streamName, seed, move);
  // Records are the same points in every run and every move.
  if (isMade(kind))
    return (kind == "mixture" ? mixture : swissRoll)(
        field, type, count ? Stream(streamName, 0, 0) : stream, recordOf);
  if (kind == "index" && count)
    return fill(type, [&](uint32_t, uint32_t s) { return recordOf(s); });
  if (source != DataSource::Random)
    return model.emitError() << "'" << name << "' of kind '" << kind
                             << "' needs files or '--data random'";
  return random(field, kind, type, stream);
}
