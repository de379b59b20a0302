# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How long a trainer takes from exec to the first step of its game, of which it tells by the line "run: FOLDER".

Warm: one start after another. Cold: after a pause, from a new copy of the file whose pages have been dropped from the cache. Beside the time
on the wall, which other programs lengthen, stands the processor time of all threads.
"""

import glob
import os
import pathlib
import shutil
import statistics
import subprocess
import time

WARM_STARTS = 9
COLD_PAUSES = (0.5, 1, 2, 4, 8)  # seconds


def processor_seconds(pid):
    return sum(int(pathlib.Path(path).read_text().split()[0]) for path in glob.glob(f"/proc/{pid}/task/*/schedstat")) / 1e9


def start(trainer, folder, threads):
    """(seconds, processor seconds) of one start; the process is killed at its first step."""
    command = [trainer, "train", "--data", "random", "--threads", threads, "--new", "--run-dir", folder / "run"]
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline()
        seconds, work = time.perf_counter() - begin, processor_seconds(process.pid)
    finally:
        process.kill()
        process.communicate()
    assert line.startswith("run: "), f"{trainer} began with: {line}"
    return seconds, work


def cold_copy(trainer, copy):
    shutil.copy(trainer, copy)
    with open(copy, "rb") as file:
        os.fsync(file.fileno())  # Only what is on the disk can be dropped.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return copy


def summary(starts):
    seconds, work = zip(*starts)
    return {"min_ms": 1e3 * min(seconds), "median_ms": 1e3 * statistics.median(seconds), "processor_ms": 1e3 * statistics.median(work)}


def measure(trainer, folder, threads):
    cold = []
    for pause in COLD_PAUSES:
        copy = cold_copy(trainer, folder / "cold")
        time.sleep(pause)
        cold.append(start(copy, folder, threads))
        copy.unlink()
    return {"cold": summary(cold), "warm": summary([start(trainer, folder, threads) for _ in range(WARM_STARTS)])}


def show(figures):
    for name in ("cold", "warm"):
        figure = figures[name]
        print(f"  start to first step, {name}  {figure['median_ms']:6.1f} ms, at best {figure['min_ms']:.1f}; "
              f"{figure['processor_ms']:.1f} of processors")
