# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares tables of samples: by how much they differ at most. usage: same_samples.py A.csv B.csv"""

import csv
import sys

tables = []
for path in sys.argv[1:3]:
    with open(path) as file:
        tables.append([[float(x) for x in row] for row in list(csv.reader(file))[1:]])
a, b = tables
assert len(a) == len(b) and len(a[0]) == len(b[0]), (len(a), len(b))
far = max(abs(x - y) for one, other in zip(a, b) for x, y in zip(one, other))
print(f"{len(a)} samples, {'alike' if far <= 1e-5 else 'others'}")
