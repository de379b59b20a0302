# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether the simulator computes what a GPU does: every form of the instructions that compute in registers, and of mma.sync, on random
operands, bit by bit.

usage: forms.py BIN [--driver LIBRARY] [--only TEXT] [--vectors N] [--seed N] [--json]

BIN holds gan-sim, whose list of instructions says what there is to compare; what that refuses, as a combination that PTX does not have, and
what the GPU's assembler does not take, is left out and counted. `--only` takes the instructions whose text holds TEXT. An `.approx` or
`.full` operation may differ, as its manual allows: how far is told, in units of the last place, and is no failure. Exit status 1: some form
differs; 77: no GPU.
"""

import argparse
import contextlib
import itertools
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import gpu
import matrix_forms

SETS = {"@int": ".u16|.u32|.u64|.s16|.s32|.s64", "@wide": ".u32|.u64|.s32|.s64", "@bits": ".b16|.b32|.b64",
        "@half": ".f16|.f16x2|.bf16|.bf16x2", "@any": ".b16|.b32|.b64|.u16|.u32|.u64|.s16|.s32|.s64|.f32|.f64",
        "@round": ".rn|.rz|.rm|.rp", "@cvt": ".u8|.u16|.u32|.u64|.s8|.s16|.s32|.s64|.f16|.bf16|.f32|.f64",
        "@cmp": ".eq|.ne|.lt|.le|.gt|.ge|.lo|.ls|.hi|.hs|.equ|.neu|.ltu|.leu|.gtu|.geu|.num|.nan"}
# Bits of a type; the register of 8 bits is one of 16.
BITS = {**{f".{kind}{bits}": bits for kind in "busf" for bits in (8, 16, 32, 64)}, ".bf16": 16, ".f16x2": 32, ".bf16x2": 32,
        ".u16x2": 32, ".s16x2": 32, ".tf32": 32, ".pred": 1}
LANES = 32
PTX_HEAD = ".version 8.0\n.target sm_80\n.address_size 64\n"


def alternatives(group):
    """What may stand in the place of one group of modifiers."""
    optional, found = group.endswith("?"), []
    for word in group.removesuffix("?").split("|"):
        found += SETS[word].split("|") if word in SETS else [word]
    return [""] * optional + found


def spelled(line):
    """Each instruction of a line of `gan-sim --instructions`, with its modifiers and its operands; none where it does more than compute in
    registers."""
    head, _, operands = line.partition("   ")
    opcode, *groups = head.split()
    roles = operands.split()
    known = all(word in SETS or word.startswith(".") for group in groups for word in group.removesuffix("?").split("|"))
    computes = roles and known and roles[0][0] == "d" and all(role[0] in "s" for role in roles[1:])
    if not computes or opcode in ("activemask",) or ".sync" in head or ".cc" in head or opcode in ("addc", "subc", "madc"):
        return
    for modifiers in itertools.product(*map(alternatives, groups)):
        yield opcode, [m for m in modifiers if m], [role for role in roles if not role.endswith("?")]


def width(role, types):
    """Bits of the register of an operand."""
    kind = role[1:]
    if kind in ("u", "p", "q", "h"):
        return {"u": 32, "p": 1, "q": 64, "h": 16}[kind]
    bits = BITS[types[int(kind[-1])]]
    return max(16, 2 * bits if kind.startswith("w") else bits)


def kernel(opcode, modifiers, roles):
    """(PTX, bits of each operand): lane i of the grid computes element i."""
    types = [m for m in modifiers if m in BITS]
    widths = [width(role, types) for role in roles]
    text, names = [], []
    for i, bits in enumerate(widths):
        register = "%p1" if bits == 1 else f"%v{i}"
        names.append(register)
        stored = max(32, bits)
        text += [f"ld.param.u64 %a{i}, [p{i}];", f"mad.wide.u32 %a{i}, %i, {stored // 8}, %a{i};"]
        if i == 0:
            continue
        if bits == 1:
            text += [f"ld.global.u32 %t, [%a{i}];", "setp.ne.u32 %p1, %t, 0;"]
        elif bits == 16:
            text += [f"ld.global.u32 %t, [%a{i}];", f"cvt.u16.u32 {register}, %t;"]
        else:
            text.append(f"ld.global.b{bits} {register}, [%a{i}];")
    result = "%p0" if widths[0] == 1 else names[0]
    text.append(f"{opcode}{''.join(modifiers)} {', '.join([result, *names[1:]])};")
    if widths[0] == 1:
        text += ["selp.u32 %t, 1, 0, %p0;", "st.global.u32 [%a0], %t;"]
    elif widths[0] == 16:
        text += [f"cvt.u32.u16 %t, {result};", "st.global.u32 [%a0], %t;"]
    else:
        text.append(f"st.global.b{widths[0]} [%a0], {result};")
    registers = [f".reg .b{bits} %v{i};" for i, bits in enumerate(widths) if bits > 1]
    lines = [*registers, ".reg .pred %p<2>;", ".reg .b32 %i, %t;", f".reg .b64 %a<{len(widths)}>;", ".reg .b32 %block;",
             "mov.u32 %i, %tid.x;", "mov.u32 %block, %ctaid.x;", f"mad.lo.u32 %i, %block, {LANES}, %i;", *text, "ret;"]
    parameters = ", ".join(f".param .u64 p{i}" for i in range(len(widths)))
    return f".visible .entry k({parameters}) {{\n" + "\n".join(lines) + "\n}\n", widths


def number(draw, bits, kind):
    """The bits of an operand: half of them anything, half such that results are ordinary."""
    if bits == 1:
        return draw.getrandbits(1)
    if draw.random() < 0.5:
        return draw.getrandbits(bits)
    if kind == "f" and bits == 32:
        return struct.unpack("<I", struct.pack("<f", draw.choice((-1, 1)) * 2.0 ** draw.uniform(-12, 12)))[0]
    if kind == "f" and bits == 64:
        return struct.unpack("<Q", struct.pack("<d", draw.choice((-1, 1)) * 2.0 ** draw.uniform(-40, 40)))[0]
    return draw.getrandbits(draw.randint(1, min(bits, 16)))


def operands(draw, widths, modifiers, vectors):
    kind = "f" if any(m in (".f32", ".f64") for m in modifiers) else "b"
    return [b"".join(number(draw, bits, kind).to_bytes(max(4, bits // 8), "little") for _ in range(vectors)) for bits in widths[1:]]


def npy(words, bits):
    """A file of NumPy's format, of unsigned integers."""
    head = f"{{'descr': '<u{bits // 8}', 'fortran_order': False, 'shape': ({len(words) * 8 // bits},), }}"
    head = head.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head.encode() + words


def simulate(tools, folder, ptx, entry, grid, inputs, results):
    """The bytes of the results, (bits, count) each, that come first in the parameters; nothing where gan-sim does not know the instruction."""
    (folder / "k.ptx").write_text(ptx)
    arguments = []
    for i, (bits, count) in enumerate(results):
        arguments += ["--arg", f"out:u{bits}:{count}:{folder}/out{i}.npy"]
    for i, (words, bits) in enumerate(inputs):
        (folder / f"in{i}.npy").write_bytes(npy(words, bits))
        arguments += ["--arg", f"in:{folder}/in{i}.npy"]
    done = subprocess.run([tools / "gan-sim", folder / "k.ptx", "--entry", entry, "--grid", str(grid), "--block", str(LANES), *arguments],
                          capture_output=True, text=True)
    if done.returncode != 0:
        return None
    found = [(folder / f"out{i}.npy").read_bytes() for i in range(len(results))]
    return [data[-bits // 8 * count:] for data, (bits, count) in zip(found, results)]


def measure(device, ptx, entry, grid, inputs, sizes):
    with contextlib.ExitStack() as stack:
        module = stack.enter_context(device.code(ptx))
        outputs = [stack.enter_context(device.memory(bytes(size))) for size in sizes]
        addresses = outputs + [stack.enter_context(device.memory(words)) for words, _ in inputs]
        device.run(module, entry, grid, LANES, addresses)
        return [device.read(address, size) for address, size in zip(outputs, sizes)]


def ordinal(word, bits):
    """Reals of that many bits in order, as integers: their difference counts units of the last place."""
    return word if word < 1 << (bits - 1) else (1 << (bits - 1)) - word


def distance(a, b, bits):
    """(how many elements differ, the largest difference in units of the last place)"""
    step = max(4, bits // 8)
    words = [[int.from_bytes(data[i:i + step], "little") for i in range(0, len(data), step)] for data in (a, b)]
    differing = [(x, y) for x, y in zip(*words) if x != y]
    return len(differing), max((abs(ordinal(x, bits) - ordinal(y, bits)) for x, y in differing), default=0)


def cases(options, listing):
    """(instruction, PTX without its head, inputs, results) of all that is to be compared"""
    for line in listing.splitlines():
        for opcode, modifiers, roles in spelled(line):
            name = opcode + "".join(modifiers)
            if options.only not in name:
                continue
            try:
                text, widths = kernel(opcode, modifiers, roles)
            except (KeyError, IndexError):
                continue  # a type that has no register, or the number of one that is absent
            draw = random.Random(f"{options.seed} {name}")
            stored = [max(32, bits) for bits in widths]
            inputs = list(zip(operands(draw, widths, modifiers, options.vectors), stored[1:]))
            yield name, text, inputs, [(stored[0], options.vectors)], options.vectors // LANES
    for name, text, inputs, results in matrix_forms.cases(random.Random(options.seed), options.vectors // LANES):
        if options.only in name:
            yield name, text, inputs, results, options.vectors // LANES


def compare(options, device):
    head = PTX_HEAD
    listing = subprocess.run([options.bin / "gan-sim", "--instructions"], check=True, capture_output=True, text=True).stdout
    counts = {"equal": 0, "approximate": 0, "different": 0, "not in PTX": 0, "not for this GPU": 0}
    with tempfile.TemporaryDirectory() as folder:
        for name, text, inputs, results, grid in cases(options, listing):
            simulated = simulate(options.bin, pathlib.Path(folder), head + text, "k", grid, inputs, results)
            if simulated is None:
                counts["not in PTX"] += 1
                continue
            try:
                found = measure(device, head + text, "k", grid, inputs, [len(data) for data in simulated])
            except gpu.Failed as error:
                counts["not for this GPU"] += 1
                print(f"{name:40} {str(error).splitlines()[0]}")
                continue
            differing, most = max(distance(a, b, bits) for a, b, (bits, _) in zip(simulated, found, results))
            may = ".approx" in name or ".full" in name
            verdict = "equal" if differing == 0 else "approximate" if may else "different"
            counts[verdict] += 1
            if differing:
                print(f"{name:40} {differing} of {options.vectors} {verdict}, by up to {most} units of the last place")
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--driver", default=gpu.DRIVER)
    parser.add_argument("--only", default="")
    parser.add_argument("--vectors", type=int, default=4096)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.vectors = (options.vectors + LANES - 1) // LANES * LANES
    with gpu.Gpu(options.driver) as device:
        counts = compare(options, device)
        print(json.dumps({"gpu": device.name} | counts) if options.json else
              f"{device.name}: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    sys.exit(1 if counts["different"] else 0)


if __name__ == "__main__":
    gpu.explain("forms.py", main)
