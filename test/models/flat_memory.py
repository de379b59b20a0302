# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A trainer takes no more memory at the end of a long run than near its beginning: less than 1 % over 20,000 steps of ring, with a
thousand lines of the log, pages of the report, checkpoints, samples and forty evaluations on the way.

usage: flat_memory.py FOLDER [STEPS]     (`ganc` on the PATH)
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 0.01
folder = pathlib.Path(sys.argv[1])
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
folder.mkdir(parents=True, exist_ok=True)
trainer, run = folder / "ring", folder / "run"
subprocess.run(["ganc", "build", ROOT / "models/ring.gan", "--set", f"steps={steps}", "-o", trainer], check=True)


def resident(pid):
    """Bytes of memory that are the process's own: pages of files come and go with what else the machine does."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return 1024 * int(line.split()[1])
    return None


def last_step():
    try:
        return json.loads((run / "metrics.jsonl").read_text().splitlines()[-1])["step"]
    except (OSError, IndexError, json.JSONDecodeError, KeyError):
        return 0


process = subprocess.Popen([trainer, "train", "--seed", "1", "--new", "--run-dir", run, "--quiet",
                            "--evaluate-every", str(steps // 40), "--metric", "fid,kid,modes", "--count", "1000"], stderr=subprocess.PIPE, text=True)
seen = []
while process.poll() is None:
    if bytes_now := resident(process.pid):
        seen.append((last_step(), bytes_now))
    time.sleep(0.02)
assert process.returncode == 0, process.stderr.read()
# Everything has been done once after a tenth of the run.
early = [memory for step, memory in seen if steps * 0.1 <= step < steps * 0.2]
late = [memory for step, memory in seen if step >= steps * 0.9]
assert len(early) >= 5 and len(late) >= 5, f"the run was too short to look at: {len(early)} and {len(late)} looks"
growth = statistics.median(late) / statistics.median(early) - 1
print(f"memory after {steps // 10} steps {statistics.median(early) / 2**20:.2f} MiB, after {steps} {statistics.median(late) / 2**20:.2f} MiB: "
      f"{growth:+.2%}, largest ever {max(memory for _, memory in seen) / 2**20:.2f} MiB")
assert growth < LIMIT, f"memory grew by {growth:.2%}, less than {LIMIT:.0%} is expected"
