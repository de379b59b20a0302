// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_RANDOMOPS_TD
#define GAN_DIALECT_RANDOMOPS_TD

include "dialect/GanOpBase.td"

def Gan_RandomOp : Gan_PureOp<"random"> {
  let summary = "counter-based random numbers";
  let description = [{
    Philox 4x32-10. With `key` = [seed, move] (two i64), `stream` = the path of the draw and `j`, `s` = element within the
    sample and sample (axis 0 of a batched draw; `plain`: `j` = row-major index in the whole tensor, `s` = 0):

        k          = seed xor fnv1a64(stream)               (64 bit; key words: low, high half of k)
        counter    = [j, s, low half of move, high half of move]
        x0 .. x3   = philox4x32_10(counter, key words)
        u(x)       = ((x >> 8) + 0.5) * 2^-24
        uniform    = low + (high - low) * u(x0)
        normal     = mean + std * sqrt(-2 ln u(x0)) * cos(2 pi u(x1))
        truncated  = mean + std * Q(P(-cut) + (1 - 2 P(-cut)) * u(x0))

    with P the standard normal distribution and Q its inverse (Wichura, algorithm AS 241, 1988). u is exact in f32 and f64; the
    rest is computed in the element type. Inactive under differentiation. `classes` = n says that the number chooses one of n: its readers
    take floor(n y), so that (k + 0.5) / n in its place chooses k.

    **Constraints**: (C1) the key has shape [2]; (C2) the distribution is `normal`, `uniform` or `truncated_normal`; (C3) a batched draw has an axis 0;
    (C4) what chooses is `uniform` in [0, 1), among at least one class.

    Example:

    ```mlir
    %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<64x100xf32>
    ```
  }];
  let arguments = (ins Gan_MoveKey:$key, StrAttr:$stream, Gan_DistributionAttr:$distribution, UnitAttr:$plain,
    OptionalAttr<I64Attr>:$classes);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = [{
    $key `stream` `=` $stream `from` $distribution (`plain` $plain^)? (`classes` `=` $classes^)? attr-dict `:` type($key) `->` type($y)
  }];
  let hasVerifier = 1;
}

#endif // GAN_DIALECT_RANDOMOPS_TD
