# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a trainer of Inputs/looking.gan shows of latents and of records is what the definitions say, in plain loops.

usage: looking.py TRAINER RUN FOLDER
"""

import csv
import json
import math
import pathlib
import subprocess
import sys

trainer, run, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)


def table(*words):
    """What a command writes as .csv."""
    path = folder / "table.csv"
    subprocess.run([trainer, *words, "--run", run, "-o", path], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(path, encoding="utf-8") as file:
        return [[float(value) for value in row] for row in list(csv.reader(file))[1:]]


def latent(seed):
    return table("sample", "--seed", str(seed))[0]


def expect(found, expected, what):
    assert len(found) == len(expected), f"{what}: {len(found)} rows, expected {len(expected)}"
    for i, (row, right) in enumerate(zip(found, expected)):
        assert all(abs(x - y) < 1e-5 for x, y in zip(row, right, strict=True)), f"{what}, row {i}: {row}, expected {right}"


def spherical(a, b, t):
    angle = math.acos(sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b)))
    return [(math.sin((1 - t) * angle) * x + math.sin(t * angle) * y) / math.sin(angle) for x, y in zip(a, b)]


a, b, c = latent(3), latent(5), latent(8)
assert a != b and b != c
# Ways: z moves, the class and the network's noise are those of the first seed all the way.
parts = [i / 6 for i in range(7)]
ways = [spherical(x[:3], y[:3], t) + a[3:] for x, y in ((a, b), (b, c)) for t in parts]
expect(table("interpolate", "--seeds", "3,5,8", "--frames", "7"), ways, "spherical")
ways = [[(1 - t) * x + t * y for x, y in zip(a[:3], b[:3])] + a[3:] for t in parts]
expect(table("interpolate", "--seeds", "3,5", "--frames", "7", "--path", "linear"), ways, "linear")
ways = [a[:4] + [(1 - t) * x + t * y for x, y in zip(a[4:], b[4:])] for t in parts]
expect(table("interpolate", "--seeds", "3,5", "--frames", "7", "--path", "linear", "--draw", "G#0/noise"), ways, "noise")
# Data stay at their first record, for more samples than a batch.
record = table("sample", "--output", "copies")[0]
ways = [[x + (1 - i / 8) * y + i / 8 * z for x, y, z in zip(record, a, b)] for i in range(9)]
expect(table("interpolate", "--output", "mixed", "--seeds", "3,5", "--frames", "9", "--path", "linear"), ways, "one record")

# Records and what is made of them, of more than a batch: those that `sample` shows, one after another.
pairs = table("reconstruct", "--output", "mixed", "--count", "6")
expect(pairs[0::2], table("sample", "--output", "copies", "--count", "6"), "records")
expect(pairs[1::2], table("sample", "--output", "mixed", "--count", "6"), "what is made of records")
assert len({tuple(row) for row in pairs[0::2]}) == 6, pairs
said = subprocess.run([trainer, "reconstruct", "--output", "mixed", "--count", "6", "--run", run, "-o", folder / "table.csv"],
                      check=True, capture_output=True, text=True).stdout.splitlines()
distances = [math.dist(x, y) for x, y in zip(pairs[0::2], pairs[1::2])]
for i, distance in enumerate(distances):
    assert said[i].startswith(f"sample {i}: at ") and abs(float(said[i].split()[-1]) - distance) < 1e-3 * distance, (said[i], distance)
assert abs(float(said[6].split()[-1]) - sum(distances) / 6) < 1e-3 * sum(distances), said

# Features: of the first 50 records those that a unit answers to most, the gradient of the answer behind each.
units = {0: (lambda x, y: x * x, lambda x, y: [2 * x, 0]), 1: (lambda x, y: x * y, lambda x, y: [y, x]),
         2: (lambda x, y: y ** 3, lambda x, y: [0, 3 * y * y])}
records = table("sample", "--output", "copies", "--count", "50")
moved = []
for unit in (2, 0, 1):
    answer, gradient = units[unit]
    for record in sorted(records, key=lambda record: -answer(*record))[:3]:
        moved += [record, gradient(*record)]
expect(table("features", "--units", "2,0,1", "--count", "3", "--among", "50"), moved, "features")
# An output whose units nobody weighs: the first records. Three units by default, as there are no six.
multiples = [row for unit in (4, 0) for x in records[:5] for row in (x, [v * (unit + 1) for v in x])]
expect(table("features", "--output", "multiples", "--units", "4,0", "--count", "5"), multiples, "multiples")
assert len(table("features", "--count", "1")) == 6

# Averages: mean(3, 5) + mean(8) - mean(3, 8).
mean = lambda *rows: [sum(column) / len(rows) for column in zip(*rows)]
result = [x + y - z for x, y, z in zip(mean(a, b)[:3], c[:3], mean(a, c)[:3])] + a[3:]
rows = [a, b, mean(a, b)[:3] + a[3:], c, c, a, c, mean(a, c)[:3] + a[3:], result]
sums = ["arithmetic", "--add", "3,5", "--add", "8", "--subtract", "3,8"]
expect(table(*sums), rows, "arithmetic")
noisy = table(*sums, "--noise", "0.25")
expect(noisy[:8] + noisy[-1:], rows, "arithmetic with noise")
spans = [abs(x - y) for row in noisy[8:-1] for x, y in zip(row[:3], result)]
assert len(spans) == 6 and 0.01 < max(spans) < 0.25 and noisy[8] != noisy[9], noisy
assert all(row[3:] == a[3:] for row in noisy[8:-1]), noisy

# Records: copies of records are found at distance 0; all distances are those of what is shown, and no other record is nearer.
found = folder / "nearest.json"
near = table("nearest", "--output", "copies", "--count", "6", "--neighbours", "3", "--json", str(found))
told = json.loads(found.read_text(encoding="utf-8"))
records = {}
for i, neighbours in enumerate(told["samples"]):
    sample, *others = near[4 * i:4 * i + 4]
    assert neighbours[0]["distance"] == 0 and others[0] == sample, neighbours
    for neighbour, values in zip(neighbours, others, strict=True):
        assert abs(math.dist(sample, values) - neighbour["distance"]) < 1e-6, (sample, values, neighbour)
        records[neighbour["record"]] = values
    assert [n["distance"] for n in neighbours] == sorted(n["distance"] for n in neighbours), neighbours
assert len({neighbours[0]["record"] for neighbours in told["samples"]}) == 6, told
# All 203 records, from another sample's list.
all_near = folder / "all.json"
everything = table("nearest", "--output", "copies", "--count", "1", "--neighbours", "202", "--json", str(all_near))[1:]
numbers = [n["record"] for n in json.loads(all_near.read_text(encoding="utf-8"))["samples"][0]]
values = dict(zip(numbers, everything, strict=True))
assert len(values) == 202 and all(values.get(n, v) == v for n, v in records.items())
for i, neighbours in enumerate(told["samples"]):
    best = sorted(math.dist(near[4 * i], v) for v in values.values())[:3]
    shown = [n["distance"] for n in neighbours]
    assert sum(x - y for x, y in zip(shown, best)) < 1e-6, (shown, best)
for i, distance in enumerate(told["records"]):
    if i in values:
        best = min(math.dist(values[i], v) for n, v in values.items() if n != i)
        assert distance < best + 1e-6, (i, distance, best)
print(f"{len(ways)} ways, {len(rows)} averages, {len(values)} records are as defined")
