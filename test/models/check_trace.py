# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads a trace as a viewer does: rows of named threads, bars that do not overlap within one.

usage: check_trace.py TRACE.json THREADS
"""

import json
import sys


def main(path, threads):
    with open(path, encoding="utf-8") as file:
        events = json.load(file)["traceEvents"]
    names = {event["tid"] for event in events if event["ph"] == "M" and event["name"] == "thread_name"}
    bars = [event for event in events if event["ph"] == "X"]
    assert names and names <= set(range(threads)), names
    assert {bar["tid"] for bar in bars} == names
    assert {"init", "train.0"} & {bar["args"]["entry"] for bar in bars}
    for thread in names:
        row = sorted((bar["ts"], bar["dur"]) for bar in bars if bar["tid"] == thread)
        for (start, length), (following, _) in zip(row, row[1:]):
            assert start >= 0 and start + length <= following + 1e-3, (start, length, following)  # nanoseconds, rounded
    kernel = next(bar for bar in bars if bar["cat"] == "contraction")
    assert kernel["args"]["flops"] > 0 and "ring.gan:" in kernel["args"]["line"], kernel


main(sys.argv[1], int(sys.argv[2]))
