# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Libraries of `ganc build --c-api`, called as C would: their samples are those of a trainer, bit by bit, and misuse is told.

usage: library_check.py FOLDER TRAINER     (FOLDER: what library.test leaves there; TRAINER: that of the same model, with a run in FOLDER/run)
"""

import array
import ctypes
import os
import pathlib
import shutil
import subprocess
import sys
import threading


class Tensor(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("element", ctypes.c_int), ("axes", ctypes.c_size_t), ("shape", ctypes.POINTER(ctypes.c_uint64)),
                ("bytes", ctypes.c_size_t), ("low", ctypes.c_double), ("high", ctypes.c_double)]


def load(path):
    library = ctypes.CDLL(str(path))
    library.gan_open.restype = ctypes.c_void_p
    library.gan_open.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint]
    library.gan_output.restype = library.gan_input.restype = ctypes.POINTER(Tensor)
    library.gan_output.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    library.gan_input.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
    library.gan_generate.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_uint64, ctypes.c_uint64,
                                     ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, ctypes.c_size_t]
    library.gan_error.restype = ctypes.c_char_p
    library.gan_close.argtypes = [ctypes.c_void_p]
    library.gan_close.restype = None
    return library


def generate(library, generator, count, seed, inputs=None, output=0):
    room = ctypes.create_string_buffer(count * library.gan_output(generator, output).contents.bytes)
    pointers = (ctypes.c_void_p * len(inputs))(*(ctypes.addressof(each) for each in inputs)) if inputs else None
    status = library.gan_generate(generator, output, count, seed, pointers, room, len(room))
    assert status == 0, library.gan_error()
    return room.raw


def refused(library, status, sentence):
    assert status, f"expected a refusal that says '{sentence}'"
    text = library.gan_error().decode()
    assert sentence in text, f"expected '{sentence}', found '{text}'"


def drawn_by(trainer, folder, count, seed):
    """The same samples as a trainer writes them, in digits that give back the very numbers."""
    path = folder / "samples.csv"
    subprocess.run([trainer, "sample", "--run", folder / "run", "--count", str(count), "--seed", str(seed), "-o", path], check=True,
                   capture_output=True)
    lines = path.read_text().splitlines()[1:]
    return array.array("f", [float(value) for line in lines for value in line.split(",")]).tobytes()


def check_samples(folder, trainer):
    library = load(folder / "libdrawn.so")
    expected = drawn_by(trainer, folder, 37, 5)
    assert (folder / "c.bin").read_bytes() == expected, "the C program draws other samples than the trainer"
    for threads in (0, 1, 3):
        generator = library.gan_open(None, None, threads)
        assert generator, library.gan_error()
        assert generate(library, generator, 37, 5) == expected, f"other samples with {threads} threads"
        assert generate(library, generator, 37, 6) == drawn_by(trainer, folder, 37, 6), "other samples with another seed"
        assert generate(library, generator, 0, 5) == b""
        library.gan_close(generator)
    generator = library.gan_open(os.fsencode(folder / "run/weights.safetensors"), b"cpu", 1)
    assert generate(library, generator, 37, 5) == expected, "other samples with weights from a file"
    # Calls of several threads for one generator, and for their own, do not disturb each other.
    found = {}

    def draw(seed):
        own = library.gan_open(None, None, 1)
        for _ in range(5):
            found.setdefault(seed, set()).update((generate(library, generator, 37, seed), generate(library, own, 37, seed)))
        library.gan_close(own)
    threads = [threading.Thread(target=draw, args=[seed]) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed in range(4):
        assert found[seed] == {drawn_by(trainer, folder, 37, seed)}, f"threads disturb each other with seed {seed}"
    library.gan_close(generator)
    library.gan_close(None)


def check_description(folder):
    library = load(folder / "libdrawn.so")
    generator = library.gan_open(None, None, 1)
    output = library.gan_output(generator, 0).contents
    assert (output.name, output.element, output.shape[:output.axes], output.bytes, output.low, output.high) == \
        (b"samples", 0, [1, 28, 28], 3136, -1, 1), "the output is described otherwise"
    assert not library.gan_output(generator, 1) and not library.gan_input(generator, 0, 0)
    assert not library.gan_output(None, 0) and not library.gan_input(generator, 1, 0)
    library.gan_close(generator)


def check_inputs(folder):
    """An output that looks at data takes them from the caller: samples that fill no whole run come out as in one."""
    library = load(folder / "libtranslation.so")
    generator = library.gan_open(None, None, 1)
    refused(library, not generator, "was built without weights; name a file of them")
    subprocess.run(["ganc", "build", PROGRAMS / "translation.gan", "-o", folder / "translation"], check=True)
    subprocess.run([folder / "translation", "train", "--data", "random", "--steps", "1", "--new", "--run-dir", folder / "translation.run"],
                   check=True, capture_output=True)
    generator = library.gan_open(os.fsencode(folder / "translation.run/weights.safetensors"), None, 1)
    assert generator, library.gan_error()
    names = []
    while library.gan_input(generator, 0, len(names)):
        names.append(library.gan_input(generator, 0, len(names)).contents.name)
    size = library.gan_input(generator, 0, 0).contents.bytes
    values = [array.array("f", [(i * 37 % 101) / 50 - 1 for i in range(3 * size // 4)]) for _ in names]
    rows = [(ctypes.c_char * len(each.tobytes())).from_buffer_copy(each.tobytes()) for each in values]
    whole = generate(library, generator, 3, 1, rows)
    assert len(set(whole[i * len(whole) // 3:(i + 1) * len(whole) // 3] for i in range(3))) == 3, "all samples look at one input"
    room = ctypes.create_string_buffer(len(whole))
    refused(library, library.gan_generate(generator, 0, 3, 1, None, room, len(room)), "the output looks at input 0, '" + names[0].decode())
    library.gan_close(generator)


def check_misuse(folder):
    library = load(folder / "libempty.so")
    refused(library, not library.gan_open(None, None, 1), "was built without weights; name a file of them")
    refused(library, not library.gan_open(b"/nowhere.safetensors", None, 1), "/nowhere.safetensors: cannot be opened")
    weights = os.fsencode(folder / "run/weights.safetensors")
    refused(library, not library.gan_open(weights, b"tpu", 1), "there is no device 'tpu'")
    generator = library.gan_open(weights, None, 1)
    assert generator, library.gan_error()
    room = ctypes.create_string_buffer(6272)
    refused(library, library.gan_generate(generator, 0, 1, 0, None, room, 6272), "1 samples of 3136 bytes do not fill exactly the 6272 bytes given")
    refused(library, library.gan_generate(generator, 0, 2**56, 0, None, room, 6272), "do not fill exactly the 6272 bytes given")
    refused(library, library.gan_generate(generator, 1, 2, 0, None, room, 6272), "there is no output 1, the model has 1")
    refused(library, library.gan_generate(None, 0, 2, 0, None, room, 6272), "expected a generator and room for the samples")
    refused(library, library.gan_generate(generator, 0, 2, 0, None, None, 6272), "expected a generator and room for the samples")
    library.gan_close(generator)


def check_places(folder, trainer):
    """It finds itself under any name, from anywhere, also when it is moved while it is used; what is cut off is told."""
    place = folder / "an odd place (1)"
    place.mkdir()
    shutil.copy(folder / "libdrawn.so", place / "renamed")
    os.chdir(place)
    library = load("./renamed")
    os.chdir("/")
    os.rename(place / "renamed", place / "moved")
    generator = library.gan_open(None, None, 1)
    assert generator, library.gan_error()
    assert generate(library, generator, 37, 5) == drawn_by(trainer, folder, 37, 5)
    os.remove(place / "moved")
    refused(library, not library.gan_open(None, None, 1), "was removed or replaced after it had been loaded")
    assert generate(library, generator, 3, 5) == drawn_by(trainer, folder, 3, 5), "what is open stays open"
    library.gan_close(generator)
    shutil.copy(folder / "libdrawn.so", place / "stripped.so")
    subprocess.run(["llvm-strip", place / "stripped.so"], check=True)
    library = load(place / "stripped.so")
    refused(library, not library.gan_open(None, None, 1), "holds no compiled model")


PROGRAMS = pathlib.Path(__file__).resolve().parents[1] / "programs"
folder, trainer = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
check_samples(folder, trainer)
check_description(folder)
check_inputs(folder)
check_misuse(folder)
check_places(folder, trainer)
