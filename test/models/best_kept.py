# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The checkpoints of a run are the latest and the best by a metric, as metrics.jsonl tells it.

usage: best_kept.py RUN METRIC lower|higher KEEP
"""

import json
import pathlib
import sys

run, metric, better, keep = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
values = [(line[f"evaluation.{metric}"], line["step"]) for line in lines if f"evaluation.{metric}" in line]
best = min(values)[1] if better == "lower" else max(values, key=lambda pair: (pair[0], -pair[1]))[1]
found = sorted(int(path.name) for path in (run / "checkpoints").iterdir())
expected = sorted({best, *sorted(step for _, step in values)[-keep:]})
assert found == expected, f"{values}: expected checkpoints {expected}, found {found}"
rating = json.loads((run / "checkpoints" / f"{best:09}" / "rating.json").read_text())
assert rating == {"metric": metric, "value": min(values)[0] if better == "lower" else max(values)[0], "better": better}, rating
print(f"{values}: kept {found}")
