# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a run tells of its steps agrees in all forms: metrics.jsonl, metrics.csv, and, where TensorBoard is installed, its events.
usage: check_metrics.py RUN STEPS"""

import csv
import json
import sys

run, steps = sys.argv[1], int(sys.argv[2])
lines = [json.loads(line) for line in open(f"{run}/metrics.jsonl")]
told = [line for line in lines if "event" not in line and "protocol" not in line]
numbers = [line["step"] for line in lines]
assert numbers == sorted(numbers), "steps go back"
assert [line["step"] for line in told] == list(range(1, steps + 1)), "a step is told twice or never"

rows = [row for row in csv.DictReader(open(f"{run}/metrics.csv")) if row["phase"]]
assert len(rows) == len(told)
losses = [name for name in told[0] if name.endswith(".loss")]
assert losses
for row, line in zip(rows, told):
    assert int(row["step"]) == line["step"] and row["phase"] == line["phase"]
    for name in losses:
        assert abs(float(row[name]) - line[name]) <= 1e-8 * abs(line[name]), (name, row, line)

try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
except ImportError:
    print("tensorboard is not installed: its events are not read")
    sys.exit()
events = EventAccumulator(f"{run}/tensorboard", size_guidance={"scalars": 0, "images": 0})
events.Reload()
for name in losses:
    scalars = events.Scalars(name)
    assert [scalar.step for scalar in scalars] == list(range(1, steps + 1)), [scalar.step for scalar in scalars]
    for scalar, line in zip(scalars, told):
        assert abs(scalar.value - line[name]) <= 1e-6 * abs(line[name]), (name, scalar, line)
images = events.Images("samples")
assert images[-1].step == steps and images[-1].encoded_image_string.startswith(b"\x89PNG"), images
print(f"TensorBoard reads {len(losses)} curves of {steps} steps and {len(images)} images")
