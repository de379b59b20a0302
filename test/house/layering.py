# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The include table of the house: two vocabularies, four workers, no arrows back. Also banners and include guards."""

import re

import house

MLIR = ("mlir/", "llvm/", "llvm-c/")
# First match wins: folder, what its files may include by a path.
TABLE = (
    ("dialect/", ("dialect/",) + MLIR),
    ("frontend/", ("frontend/", "dialect/") + MLIR),
    ("passes/codegen/", ("passes/", "dialect/", "runtime/format/", "flatbuffers/", "lld/") + MLIR),
    # A stage knows those before it, not the one that makes code.
    *((f"passes/{stage}/", (f"passes/{stage}/", "passes/contraction/", "dialect/") + MLIR)
      for stage in ("contraction", "inline", "autodiff", "simplify", "shard", "fusion", "schedule")),
    ("passes/", ("passes/", "dialect/") + MLIR),
    ("runtime/", ("runtime/", "flatbuffers/", "nlohmann/", "Eigen/", "webp/", "sys/", "linux/", "arpa/", "netinet/")),
)
MAIN_LINES = 120
BANNER = re.compile(r"(//|#) SPDX-FileCopyrightText: .*\n(//|#) SPDX-License-Identifier: .*\n")


def is_main(path, text):
    return path.suffix == ".cpp" and re.search(r"^int main\(", text, re.M)


def allowed_by(path):
    return next((allowed for folder, allowed in TABLE if str(path).startswith(folder)), None)


def problems(path):
    text = house.text(path)
    if not BANNER.match(text):
        yield f"{path}: begins without the two SPDX lines"
    includes = re.findall(r'^#include ["<]([^">]+/[^">]*)[">]', text, re.M)
    if str(path).startswith("test/"):
        pass  # A test may include anything.
    elif is_main(path, text):
        lines = text.count("\n")
        if lines >= MAIN_LINES:
            yield f"{path}: a main file stays under {MAIN_LINES} lines, this has {lines}"
    else:
        for include in includes:
            if not include.startswith(allowed_by(path)):
                yield f"{path}: may not include '{include}'"
    if any(include.startswith("test/") for include in includes) and not str(path).startswith("test/"):
        yield f"{path}: nothing outside test/ includes test/"
    if path.suffix == ".h":
        guard = "GAN_" + re.sub(r"\W", "_", str(path)).upper()
        if f"#ifndef {guard}\n#define {guard}\n" not in text:
            yield f"{path}: needs the include guard {guard}"
        if re.search(r"^using namespace", text, re.M):
            yield f"{path}: a header says no 'using namespace'"


sources = house.files(".cpp", ".h")
house.end([problem for path in sources for problem in problems(path)], done=f"{len(sources)} files keep the table")
