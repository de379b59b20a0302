# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the peers of bench.py are measured: all alike."""

import json
import resource
import statistics
import time


def measure(step, steps, images, **more):
    """Calls `step`, which trains on `images` images, twice to warm up and then `steps` times, and prints one JSON object: images_per_second of
    the median step, peak_mib of the process, and `more`, which may be functions of nothing."""
    times = []
    for _ in range(steps + 2):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    print(json.dumps({"images_per_second": images / statistics.median(times[2:]),
                      "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      **{name: value() if callable(value) else value for name, value in more.items()}}))
