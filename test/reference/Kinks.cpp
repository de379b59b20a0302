// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Kinks.h"

#include <cmath>

using namespace gan::reference;

// The largest of two elements, as the language's max over an axis.
static std::string largestOf(const std::string &pair) {
  return R"(
  %x1 = gan.reshape %x : tensor<f64> -> tensor<1xf64>
  %z1 = gan.reshape %zero : tensor<f64> -> tensor<1xf64>
  %v = gan.concat )" +
         pair + R"( dim = 0 : tensor<1xf64>, tensor<1xf64> -> tensor<2xf64>
  %a = gan.argmax %v dims = [0] : tensor<2xf64> -> tensor<i32>
  %b = gan.broadcast %a dims = [] : tensor<i32> -> tensor<2xi32>
  %i = gan.iota dims = [0] : tensor<2xi32>
  %c = gan.compare eq, %i, %b : tensor<2xi32> -> tensor<2xi1>
  %none = gan.constant dense<0.0> : tensor<2xf64>
  %m = gan.select %c, %v, %none : tensor<2xi1>, tensor<2xf64>
  %y = gan.sum %m dims = [0] : tensor<2xf64> -> tensor<f64>
)";
}
static const char *const clamped = R"(
  %m = gan.max %x, %zero : tensor<f64>
  %y = gan.min %m, %one : tensor<f64>
)";
static const char *const normOfCopies = R"(
  %v = gan.broadcast %x dims = [] : tensor<f64> -> tensor<3xf64>
  %s = gan.mul %v, %v : tensor<3xf64>
  %t = gan.sum %s dims = [0] : tensor<3xf64> -> tensor<f64>
  %y = gan.sqrt %t : tensor<f64>
)";

std::vector<Kink> gan::reference::kinks() {
  return {
      {"relu'(0) = 0", "%y = gan.max %zero, %x : tensor<f64>", 0, {0, 0}},
      {"leaky_relu'(0) = slope",
       "%c = gan.compare gt, %x, %zero : tensor<f64> -> tensor<i1>\n"
       "%b = gan.mul %slope, %x : tensor<f64>\n"
       "%y = gan.select %c, %x, %b : tensor<i1>, tensor<f64>",
       0,
       {0.2, 0}},
      {"abs'(0) = 0", "%y = gan.abs %x : tensor<f64>", 0, {0, 0}},
      {"ties in max go to the first",
       "%y = gan.max %x, %zero : tensor<f64>",
       0,
       {1, 0}},
      {"ties in max go to the first",
       "%y = gan.max %one, %x : tensor<f64>",
       1,
       {0, 0}},
      {"ties in min go to the first",
       "%y = gan.min %x, %one : tensor<f64>",
       1,
       {1, 0}},
      {"ties in min go to the first",
       "%y = gan.min %one, %x : tensor<f64>",
       1,
       {0, 0}},
      {"ties in max over an axis go to the first",
       largestOf("%x1, %z1"),
       0,
       {1, 0}},
      {"ties in max over an axis go to the first",
       largestOf("%z1, %x1"),
       0,
       {0, 0}},
      {"clamp passes on its closed interval", clamped, 0, {1, 0}},
      {"clamp passes on its closed interval", clamped, 1, {1, 0}},
      {"sqrt'(0) = 0, in every order",
       "%y = gan.sqrt %x : tensor<f64>",
       0,
       {0, 0, 0}},
      {"norm at 0 has gradient 0, in every order", normOfCopies, 0, {0, 0, 0}},
      {"log at 0 gives infinities",
       "%y = gan.log %x : tensor<f64>",
       0,
       {INFINITY}},
      {"rsqrt at 0 gives infinities",
       "%y = gan.rsqrt %x : tensor<f64>",
       0,
       {-INFINITY}},
  };
}

std::string gan::reference::kinkProgram(const Kink &kink, size_t order,
                                        const std::string &suffix,
                                        const std::string &attributes) {
  std::string text = "func.func @d" + suffix +
                     "(%x: tensor<f64>) -> tensor<f64> " + attributes +
                     " {\n"
                     "%zero = gan.constant dense<0.0> : tensor<f64>\n"
                     "%one = gan.constant dense<1.0> : tensor<f64>\n"
                     "%slope = gan.constant dense<0.2> : tensor<f64>\n" +
                     kink.body + "\n";
  std::string y = "%y";
  for (size_t i = 1; i <= order; ++i) {
    std::string dy = "%d" + std::to_string(i);
    text += dy + " = gan.grad " + y +
            " wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64>\n";
    y = dy;
  }
  return text + "return " + y + " : tensor<f64>\n}\n";
}
