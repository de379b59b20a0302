// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The elementary functions against libm in the next wider type, on millions of
// arguments spread over the range.
#include "test/passes/codegen/RunKernel.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace mlir;
using namespace gan;
using namespace gan::test;

namespace {

struct Case {
  const char *op;
  double low, high;
  long double (*exact)(long double);
  double ulpF32, ulpF64; // of the result, or of 1 where `absolute`
  bool absolute = false;
};

long double sigmoid(long double x) { return 1 / (1 + expl(-x)); }
long double softplus(long double x) {
  return fmaxl(x, 0) + log1pl(expl(-fabsl(x)));
}

constexpr Case cases[] = {{"exp", -87, 88, expl, 2, 4},
                          {"log", 1e-30, 1e30, logl, 2, 4},
                          {"log", 0.5, 2, logl, 2, 4},
                          {"tanh", -12, 12, tanhl, 3, 5},
                          {"tanh", -0.01, 0.01, tanhl, 3, 5},
                          {"sigmoid", -80, 80, sigmoid, 3, 5},
                          {"softplus", -80, 80, softplus, 3, 5},
                          {"sin", -8192, 8192, sinl, 1, 1, /*absolute=*/true},
                          {"cos", -8192, 8192, cosl, 1, 1, /*absolute=*/true}};

constexpr int64_t count = 1 << 20;

// The largest error in units of the last place.
template <typename Real> double worstOf(const Case &c, const char *type) {
  std::string text = llvm::formatv(
      "func.func @f(%x: tensor<{0}x{1}>) {{\n"
      "%r = gan.kernel hero(elementwise) (%x) : (tensor<{0}x{1}>) -> "
      "tensor<{0}x{1}> {{\n"
      "^bb0(%a: tensor<{0}x{1}>):\n%y = gan.{2} %a : tensor<{0}x{1}>\n"
      "gan.yield %y : tensor<{0}x{1}>\n}\nreturn\n}",
      count, type, c.op);
  DialectRegistry registry;
  registerCodegenDialects(registry);
  registry.insert<GanDialect>();
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  FailureOr<CompiledKernels> compiled = compileKernels(*module);
  std::vector<Real> x(count), y(count);
  for (int64_t i = 0; i < count; ++i)
    x[i] = c.low + (c.high - c.low) * (i / Real(count));
  std::vector<Bytes> in(1, Bytes(count * sizeof(Real))), out = in;
  std::memcpy(in[0].data(), x.data(), in[0].size());
  MappedImage(compiled->images[0]).run(compiled->kernels[0], in, out, 1000);
  std::memcpy(y.data(), out[0].data(), out[0].size());
  double worst = 0;
  for (int64_t i = 0; i < count; ++i) {
    long double want = c.exact(x[i]);
    Real scale = c.absolute ? Real(1) : std::abs(Real(want));
    long double ulp = std::nextafter(scale, Real(INFINITY)) - scale;
    worst = std::max<double>(worst, fabsl(y[i] - want) / ulp);
  }
  return worst;
}

TEST(Polynomials, AreWithinTheirBoundsInSingle) {
  for (const Case &c : cases)
    EXPECT_LE(worstOf<float>(c, "f32"), c.ulpF32)
        << c.op << " on " << c.low << " .. " << c.high;
}

TEST(Polynomials, AreWithinTheirBoundsInDouble) {
  for (const Case &c : cases)
    EXPECT_LE(worstOf<double>(c, "f64"), c.ulpF64)
        << c.op << " on " << c.low << " .. " << c.high;
}

} // namespace
