// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The two readers of SYNTHETIC.md and of ORDER.md, the runtime's and the
// interpreter's, to the last bit.
#include "runtime/data/Synthetic.h"
#include "runtime/base/Rng.h"
#include "test/reference/Data.h"
#include "test/reference/Order.h"
#include "test/runtime/data/Tables.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numeric>

using namespace mlir;
using namespace gan;
using namespace gan::test;

static constexpr char kModel[] = R"mlir(
gan.model @game {
  gan.data @photos fields = [{name = "x", kind = "image", shape = array<i64: 3, 2, 5>, low = -1.0 : f64, high = 0.7 : f64},
                             {name = "v", kind = "vector", shape = array<i64: 7>},
                             {name = "y", kind = "label", shape = array<i64>, classes = 11 : i64},
                             {name = "i", kind = "index", shape = array<i64>},
                             {name = "m", kind = "mixture", shape = array<i64: 2>,
                              centres = array<f64: 2.0, 0.0, -1.5, 0.25, 0.3, -2.0>, std = 0.05 : f64, count = 0 : i64},
                             {name = "s", kind = "swiss_roll", shape = array<i64: 2>, std = 0.05 : f64, count = 0 : i64},
                             {name = "c", kind = "map", shape = array<i64: 3, 4>, classes = 5 : i64},
                             {name = "t", kind = "sequence", shape = array<i64: 6>, classes = 128 : i64}]
}
)mlir";

static constexpr int64_t kBatch = 9;

namespace {
class Synthetic : public ::testing::TestWithParam<bool> {
protected:
  Synthetic() {
    context.getOrLoadDialect<GanDialect>();
    module = parseSourceString<ModuleOp>(kModel, &context);
    isSingle = GetParam();
    format::DataFieldT image = makeImage("x", {3, 2, 5});
    image.high = 0.7;
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 11;
    format::DataFieldT mixture = makeField("m", "mixture", {2});
    mixture.centres = {2.0, 0.0, -1.5, 0.25, 0.3, -2.0};
    mixture.std = 0.05;
    format::DataFieldT roll = makeField("s", "swiss_roll", {2});
    roll.std = 0.05;
    format::DataFieldT map = makeField("c", "map", {3, 4});
    map.classes = 5;
    format::DataFieldT sequence = makeField("t", "sequence", {6});
    sequence.classes = 128;
    std::vector<format::DataFieldT> fields = {
        image,   makeField("v", "vector", {7}),
        label,   makeField("i", "index", {}),
        mixture, roll,
        map,     sequence};
    for (format::DataFieldT &field : fields)
      if (!isSingle && field.element == format::ElementType::F32)
        field.element = format::ElementType::F64;
    tables.addData("photos", fields);
  }

  // The interpreter's values.
  std::vector<double> expected(const format::DataField &field, uint64_t seed,
                               uint64_t move) {
    SmallVector<int64_t> shape = {kBatch};
    shape.append(field.shape()->begin(), field.shape()->end());
    bool isInteger = field.element() == format::ElementType::I32;
    Type element = isInteger  ? Type(IntegerType::get(&context, 32))
                   : isSingle ? Type(Float32Type::get(&context))
                              : Type(Float64Type::get(&context));
    FailureOr<reference::Tensor> tensor = reference::readField(
        *module->getOps<ModelOp>().begin(), "photos." + field.name()->str(),
        RankedTensorType::get(shape, element), reference::DataSource::Random,
        seed, move);
    EXPECT_TRUE(succeeded(tensor));
    return tensor->values;
  }

  MLIRContext context;
  OwningOpRef<mlir::ModuleOp> module;
  bool isSingle;
  Tables tables;
};
} // namespace

template <typename T>
static std::vector<double> valuesAs(const std::vector<std::byte> &bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return {values.begin(), values.end()};
}

TEST_P(Synthetic, EqualsTheInterpreter) {
  std::vector<uint64_t> samples(kBatch);
  for (int64_t s = 0; s < kBatch; ++s)
    samples[s] = s;
  for (unsigned i = 0; i < tables.data().Get(0)->fields()->size(); ++i) {
    const format::DataField &field = tables.field(0, i);
    std::unique_ptr<runtime::FieldReader> reader =
        runtime::makeSynthetic("photos", field);
    uint64_t perSample = 1;
    for (int64_t size : *field.shape())
      perSample *= size;
    for (auto [seed, move] : {std::pair<uint64_t, uint64_t>{0, 0},
                              {7, 3},
                              {0x123456789abcdef0, 0x1ffffffff}}) {
      bool isDouble = field.element() == format::ElementType::F64;
      std::vector<std::byte> bytes(kBatch * perSample * (isDouble ? 8 : 4));
      ASSERT_TRUE(reader->read({seed, move, samples}, bytes).ok());
      std::vector<double> found = field.element() == format::ElementType::I32
                                      ? valuesAs<int32_t>(bytes)
                                  : isDouble ? valuesAs<double>(bytes)
                                             : valuesAs<float>(bytes);
      EXPECT_EQ(found, expected(field, seed, move)) << field.name()->str();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, Synthetic, ::testing::Values(true, false),
                         [](const auto &info) {
                           return info.param ? "f32" : "f64";
                         });

// The places of the roll are those of its curve, all along it, and the points
// about them as far off as asked.
TEST(SwissRoll, IsASpiralWithNoise) {
  Tables tables;
  format::DataFieldT roll = makeField("s", "swiss_roll", {2});
  roll.element = format::ElementType::F64;
  tables.addData("d", {roll});
  roll.std = 0.25;
  tables.addData("d", {roll});
  constexpr size_t kCount = 3000;
  std::vector<uint64_t> samples(kCount);
  std::iota(samples.begin(), samples.end(), uint64_t{0});
  std::vector<double> places(2 * kCount), points(2 * kCount);
  for (unsigned i : {0, 1})
    ASSERT_TRUE(runtime::makeSynthetic("d", tables.field(i, 0))
                    ->read({3, 4, samples}, std::as_writable_bytes(
                                                std::span(i ? points : places)))
                    .ok());
  double squares = 0, inner = 0;
  for (size_t s = 0; s < kCount; ++s) {
    double x = places[2 * s], y = places[2 * s + 1], t = 7.5 * std::hypot(x, y);
    EXPECT_NEAR(std::remainder(t - std::atan2(y, x), 2 * M_PI), 0, 1e-9);
    EXPECT_TRUE(t >= 1.5 * M_PI && t <= 4.5 * M_PI) << t;
    inner += t < 3 * M_PI;
    squares +=
        std::pow(points[2 * s] - x, 2) + std::pow(points[2 * s + 1] - y, 2);
  }
  // Five deviations: of binomial(3000, 1/2) 137, and of the mean square of 6000
  // normals 5 sqrt(2 / 6000) of it.
  EXPECT_NEAR(inner, 1500, 137);
  EXPECT_NEAR(squares / (2 * kCount), 0.0625, 0.0625 * 0.092);
}

// Counted records are the points of seed 0 and move 0 in every run.
TEST(SyntheticRecords, AreTheSameInEveryRun) {
  Tables tables;
  format::DataFieldT mixture = makeField("m", "mixture", {2});
  mixture.centres = {2.0, 0.0, -1.5, 0.25};
  mixture.std = 0.05;
  mixture.element = format::ElementType::F64;
  format::DataFieldT counted = mixture;
  counted.count = 5;
  tables.addData("d", {mixture});
  tables.addData("d", {counted});
  std::vector<uint64_t> samples = {0, 1, 2, 3, 4}, records = {4, 1};
  std::vector<double> points(10), two(4);
  auto fresh = runtime::makeSynthetic("d", tables.field(0, 0));
  auto fixed = runtime::makeSynthetic("d", tables.field(1, 0));
  EXPECT_EQ(fixed->records(), 5u);
  ASSERT_TRUE(
      fresh->read({0, 0, samples}, std::as_writable_bytes(std::span(points)))
          .ok());
  ASSERT_TRUE(
      fixed->read({9, 4, records}, std::as_writable_bytes(std::span(two)))
          .ok());
  EXPECT_EQ(two,
            (std::vector<double>{points[8], points[9], points[2], points[3]}));
}

TEST(SyntheticRecords, StandInTheInterpretersOrder) {
  for (uint64_t count : {1, 2, 24, 65, 60000})
    for (uint64_t position : {uint64_t{0}, count - 1, count, 7 * count / 3}) {
      runtime::KeyedPermutation order("order/photos", /*seed=*/11,
                                      position / count, count);
      EXPECT_EQ(reference::recordAt("photos", 11, count, position),
                order(position % count))
          << position << " of " << count;
    }
}
