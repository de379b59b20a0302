# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the peers in PyTorch have in common: where they run, in which precision, eager or compiled."""

import argparse

import torch

import peer


def read(names):
    """The numbers `names` and how they are to be trained, from the command line; the device and the precision are set for all that follows."""
    parser = argparse.ArgumentParser()
    for name in (*names, "threads", "steps"):
        parser.add_argument(name, type=int)
    parser.add_argument("--best", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", choices=("f32", "tf32", "bf16"), default="f32")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_default_device(options.device)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = options.precision != "f32"
    torch.backends.cudnn.benchmark = True
    options.layout = torch.channels_last if options.best else torch.contiguous_format
    return options


def prepare(options, *networks):
    """The networks in the memory layout, compiled if that is wanted."""
    laid_out = [network.to(memory_format=options.layout) for network in networks]
    return [torch.compile(network) for network in laid_out] if options.compile else laid_out


def measure(options, step, images):
    is_gpu = options.device.startswith("cuda")

    def run():
        with torch.autocast(options.device.split(":")[0], torch.bfloat16, enabled=options.precision == "bf16"):
            step()
        if is_gpu:
            torch.cuda.synchronize()

    more = {"device_peak_mib": lambda: torch.cuda.max_memory_allocated() / 2**20} if is_gpu else {}
    peer.measure(run, options.steps, images, **more)
