# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Kernels of one mma.sync each: a warp multiplies two matrices that lie in its registers as they come, and adds a third."""

import struct

# Shape, types of d, a, b, c; then 32-bit registers (of 64 bits: f64) of a, b and c.
FORMS = [("m16n8k8", "f32", kind, 2, 1, 4) for kind in ("f16", "bf16")]
FORMS += [("m16n8k16", "f32", kind, 4, 2, 4) for kind in ("f16", "bf16")]
FORMS += [("m16n8k8", "f16", "f16", 2, 1, 2), ("m16n8k16", "f16", "f16", 4, 2, 2)]
FORMS += [("m16n8k4", "f32", "tf32", 2, 1, 4), ("m16n8k8", "f32", "tf32", 4, 2, 4)]
FORMS += [("m8n8k4", "f64", "f64", 1, 1, 2)]
FORMS += [("m16n8k16", "s32", kind, 2, 1, 4) for kind in ("s8", "u8")] + [("m16n8k32", "s32", kind, 4, 2, 4) for kind in ("s8", "u8")]


def real(draw, kind):
    """A number of a wide range: sums that drop digits are what implementations differ in."""
    x = draw.choice((-1, 1)) * 2.0 ** draw.uniform(-10, 3)
    if kind == "f64":
        return struct.pack("<d", x)
    if kind == "f16":
        return struct.pack("<e", x)
    word = struct.unpack("<I", struct.pack("<f", x))[0]
    if kind == "bf16":
        return struct.pack("<H", word >> 16)
    return struct.pack("<I", word & ~0x1fff if kind == "tf32" else word)


def drawn(draw, kind, words, word_bytes):
    size = words * word_bytes
    if kind in ("s8", "u8", "s32"):
        return draw.randbytes(size)
    found = b""
    while len(found) < size:
        found += real(draw, kind)
    return found


def register_list(name, count):
    return "{" + ", ".join(f"%{name}{i}" for i in range(count)) + "}"


def kernel(shape, sum_type, kind, counts):
    """Word j of lane i lies at i * count + j of its buffer; results, then a, b and c."""
    bits, register = (64, "f64") if kind == "f64" else (32, "f32" if sum_type == "f32" else "b32")
    names = ("d", "a", "b", "c")
    text = ["mov.u32 %i, %tid.x;", "mov.u32 %block, %ctaid.x;", "mad.lo.u32 %i, %block, 32, %i;"]
    registers = [".reg .b32 %i, %block;", ".reg .b64 %p<4>;"]
    for i, (name, count) in enumerate(zip(names, counts)):
        is_sum = name in "dc"
        registers.append(f".reg .{register if is_sum or kind == 'f64' else 'b32'} %{name}<{count}>;")
        text += [f"ld.param.u64 %p{i}, [p{i}];", f"mad.wide.u32 %p{i}, %i, {count * bits // 8}, %p{i};"]
        text += [f"ld.global.b{bits} %{name}{j}, [%p{i}+{j * bits // 8}];" for j in range(count) if i > 0]
    operands = ", ".join(register_list(name, count) for name, count in zip(names, counts))
    text.append(f"mma.sync.aligned.{shape}.row.col.{sum_type}.{kind}.{kind}.{sum_type} {operands};")
    text += [f"st.global.b{bits} [%p0+{j * bits // 8}], %d{j};" for j in range(counts[0])]
    parameters = ", ".join(f".param .u64 p{i}" for i in range(4))
    return f".visible .entry k({parameters}) {{\n" + "\n".join([*registers, *text, "ret;"]) + "\n}\n", bits


def cases(draw, warps):
    """(name, PTX without its head, inputs as (bytes, bits of a word), results as (bits, count))"""
    for shape, sum_type, kind, a, b, c in FORMS:
        text, bits = kernel(shape, sum_type, kind, (c, a, b, c))
        lanes = 32 * warps
        inputs = [(drawn(draw, of, count * lanes, bits // 8), bits) for of, count in ((kind, a), (kind, b), (sum_type, c))]
        yield f"mma.sync.{shape}.{sum_type}.{kind}", text, inputs, [(bits, c * lanes)]
