# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The contractions of DCGAN-64 at batch 128 by cuDNN and cuBLAS, as PyTorch calls them: forward, input gradient and weight gradient of each.

usage: library_convs.py f32|tf32|bf16
Prints one JSON list: library, what, ms (the median of 50, by events), tflops. Channels-last; cuDNN tries its algorithms first.
"""

import json
import statistics
import sys

import torch

BATCH, TRIES = 128, 50
# Channels in and out, pixels along a side of the larger image; 4 x 4, stride 2.
LAYERS = [(3, 64, 64), (64, 128, 32), (128, 256, 16), (256, 512, 8)]


def milliseconds(run):
    for _ in range(5):
        run()
    times = []
    for _ in range(TRIES):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        run()
        end.record()
        torch.cuda.synchronize()
        times.append(begin.elapsed_time(end))
    return statistics.median(times)


def row(library, what, flop, run):
    ms = milliseconds(run)
    return {"library": library, "what": what, "ms": ms, "tflops": flop / ms / 1e9}


def convolutions(dtype):
    for inputs, outputs, size in LAYERS:
        x, y = (torch.randn(BATCH, c, s, s, device="cuda", dtype=dtype).contiguous(memory_format=torch.channels_last)
                for c, s in ((inputs, size), (outputs, size // 2)))
        w = torch.randn(outputs, inputs, 4, 4, device="cuda", dtype=dtype).contiguous(memory_format=torch.channels_last)
        flop = 2 * BATCH * (size // 2) ** 2 * inputs * outputs * 16
        name = f"{inputs} to {outputs} channels, {size} x {size}"
        grad = lambda mask: torch.ops.aten.convolution_backward(y, x, w, None, [2, 2], [1, 1], [1, 1], False, [0, 0], 1, mask)
        yield row("cuDNN", f"conv2d {name}", flop, lambda: torch.nn.functional.conv2d(x, w, stride=2, padding=1))
        yield row("cuDNN", f"input gradient {name}", flop, lambda: grad([True, False, False]))
        yield row("cuDNN", f"weight gradient {name}", flop, lambda: grad([False, True, False]))


def product(dtype):
    a, b = torch.randn(BATCH, 100, device="cuda", dtype=dtype), torch.randn(100, 8192, device="cuda", dtype=dtype)
    yield row("cuBLAS", "the generator's first layer, 128 x 100 by 100 x 8192", 2 * BATCH * 100 * 8192, lambda: a @ b)


def main(precision):
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.benchmark = True
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    print(json.dumps([*convolutions(dtype), *product(dtype)]))


main(sys.argv[1])
