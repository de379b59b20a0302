# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the time of DCGAN-64 grows with its batch and with its width.

usage: growth.py BIN [--threads N] [--rounds N] [--steps N] [--batches N,..] [--widths N,..]

BIN holds ganc and gan-run. All sizes take turns for N rounds; told are medians over the rounds and, behind them, the least and the most, each
a ratio of one round to batch 64 at width 64: the time per image, which should not depend on the batch (expected: within 10 % for larger
batches, 25 % at 16), and the time per FLOP of a step as it runs (`ganc explain`), which should not depend on the width (within 15 %).
"""

import argparse
import os
import pathlib
import re
import tempfile

import bench

BATCH = WIDTH = 64


def read_options():
    numbers = lambda text: [int(word) for word in text.split(",")]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--batches", type=numbers, default=[16, 128, 256])
    parser.add_argument("--widths", type=numbers, default=[32, 96, 128])
    return parser.parse_args()


def gigaflops(case, options):
    text = bench.output(options.bin / "ganc", "explain", *bench.program(case, options))
    return float(re.search(r"^train\.0\s+\d+\s+([\d.]+)", text, re.MULTILINE).group(1))


def main():
    options = read_options()
    options.precision = "f32"
    sizes = [(BATCH, WIDTH), *((batch, WIDTH) for batch in options.batches), *((BATCH, width) for width in options.widths)]
    with tempfile.TemporaryDirectory() as name:
        options.folder = pathlib.Path(name)
        cases, trainers, seconds = {}, {}, {size: [] for size in sizes}
        for batch, width in sizes:
            case = bench.Case("DCGAN-64", "dcgan", {"size": 64, "channels": 3, "width": width, "batch": batch})
            options.trainer = trainers[batch, width] = options.folder / f"trainer-{batch}-{width}"
            cases[batch, width] = case
            bench.build(case, options)
        for _ in range(options.rounds):
            for size in sizes:
                options.trainer = trainers[size]
                seconds[size].append(1 / bench.train(cases[size], options)[0])
        first = (BATCH, WIDTH)
        flops = {size: gigaflops(cases[size], options) / size[0] for size in sizes}  # of an image
        print(f"DCGAN-64, {options.threads} threads, as multiples of batch {BATCH} at width {WIDTH}")
        for batch, width in sizes[1:]:
            per_image = [mine / its for mine, its in zip(seconds[batch, width], seconds[first])]
            per_flop = [ratio * flops[first] / flops[batch, width] for ratio in per_image]
            print(f"  batch {batch:4} width {width:4}  time per image {bench.spread(per_image, 2)}  per FLOP {bench.spread(per_flop, 2)}",
                  flush=True)


if __name__ == "__main__":
    main()
