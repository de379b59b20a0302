// RUN: gan-run-kernel --sim %s | FileCheck %s

// Ties, carries into the exponent, zeros, subnormal numbers, what overflows, infinities and NaNs of both signs: exactly the
// interpreter's, which rounds by powers of two in double.

// CHECK: k0_elementwise: {{[0-9]+}} tiles, sim, right
func.func @tf32() -> tensor<32xf32> {
  %r = gan.kernel hero(elementwise) () : () -> tensor<32xf32> attributes {test.tolerance = 0.0} {
    %0 = gan.constant dense<[0x3F800000, 0x3F800FFF, 0x3F801000, 0xBF801000, 0x3F801001, 0x3F803000, 0x3F807FFF, 0x3F808000, 0xBF808000, 0x3F808001, 0x3F818000, 0x3FFFFFFF, 0x00000000, 0x80000000, 0x00000001, 0x00000FFF, 0x00001000, 0x80001000, 0x00008000, 0x00018000, 0x007FFFFF, 0x00800000, 0x7F7FEFFF, 0x7F7FF000, 0x7F7F7FFF, 0x7F7F8000, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FFFFFFF, 0xFF800001]> : tensor<32xf32>
    %1 = gan.round %0 to tf32 : tensor<32xf32>
    gan.yield %1 : tensor<32xf32>
  }
  return %r : tensor<32xf32>
}

// CHECK: k1_elementwise: {{[0-9]+}} tiles, sim, right
func.func @bf16() -> tensor<32xf32> {
  %r = gan.kernel hero(elementwise) () : () -> tensor<32xf32> attributes {test.tolerance = 0.0} {
    %0 = gan.constant dense<[0x3F800000, 0x3F800FFF, 0x3F801000, 0xBF801000, 0x3F801001, 0x3F803000, 0x3F807FFF, 0x3F808000, 0xBF808000, 0x3F808001, 0x3F818000, 0x3FFFFFFF, 0x00000000, 0x80000000, 0x00000001, 0x00000FFF, 0x00001000, 0x80001000, 0x00008000, 0x00018000, 0x007FFFFF, 0x00800000, 0x7F7FEFFF, 0x7F7FF000, 0x7F7F7FFF, 0x7F7F8000, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FFFFFFF, 0xFF800001]> : tensor<32xf32>
    %1 = gan.round %0 to bf16 : tensor<32xf32>
    gan.yield %1 : tensor<32xf32>
  }
  return %r : tensor<32xf32>
}
