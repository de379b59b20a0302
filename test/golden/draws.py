# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The random numbers of a run in NumPy, written from dialect/RandomOps.td and runtime/data/SYNTHETIC.md, not from their other
implementations: what the golden files prove of the draws rests on that."""

import numpy as np

LOW = np.uint64(0xFFFFFFFF)


def fnv1a64(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def philox(counter, key):
    """Philox 4x32-10 (Salmon et al. 2011) of arrays of counters [4, ...]; 32-bit words in 64-bit arrays."""
    c, k = [np.asarray(word, np.uint64) for word in counter], list(key)
    for _ in range(10):
        a, b = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [b >> np.uint64(32) ^ c[1] ^ np.uint64(k[0]), b & LOW, a >> np.uint64(32) ^ c[3] ^ np.uint64(k[1]), a & LOW]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return c


class Stream:
    """The words of one stream in one move; `element` and `sample` are arrays that broadcast together."""

    def __init__(self, name, seed, move):
        self.key = seed ^ fnv1a64(name)
        self.move = move

    def words(self, element, sample):
        element, sample = np.broadcast_arrays(np.asarray(element, np.uint64), np.asarray(sample, np.uint64))
        move = [np.full(element.shape, half, np.uint64) for half in (self.move % 2**32, self.move >> 32)]
        return philox([element, sample, *move], (self.key % 2**32, self.key >> 32))

    def uniform(self, element, sample):
        return unit(self.words(element, sample)[0])

    def normal(self, element, sample):
        x = self.words(element, sample)
        return np.sqrt(-2 * np.log(unit(x[0]))) * np.cos(2 * np.pi * unit(x[1]))


def unit(word):
    return ((word >> np.uint64(8)).astype(np.float64) + 0.5) * 2.0**-24


def first_value(name, shape, seed, kind, a, b):
    """What storage `name` starts from: normal(mean a, std b), uniform(a, b), counted through the whole tensor, or orthogonal(gain a)."""
    stream = Stream("init/" + name, seed, move=0)
    element = np.arange(np.prod(shape))
    if kind == "orthogonal":
        return a * frame(stream.normal(element, 0), shape[0]).reshape(shape)
    values = a + b * stream.normal(element, 0) if kind == "normal" else a + (b - a) * stream.uniform(element, 0)
    return values.reshape(shape)


def frame(values, rows):
    """`rows` orthonormal rows from normal numbers, or the transpose of as many as there are columns, if these are fewer."""
    columns = len(values) // rows
    least, most = sorted((rows, columns))
    q, r = np.linalg.qr(values.reshape(least, most).T)  # Gram-Schmidt has a positive diagonal, LAPACK any.
    turned = (q * np.sign(np.diag(r))).T
    return turned if rows <= columns else turned.T


def latents(name, batch, size, seed, move):
    return Stream(name, seed, move).normal(np.arange(size)[None, :], np.arange(batch)[:, None])


def random_images(field, batch, shape, seed, move):
    stream = Stream("data/" + field, seed, move)
    values = -1 + 2 * stream.uniform(np.arange(np.prod(shape))[None, :], np.arange(batch)[:, None])
    return values.reshape(batch, *shape)


def mixture(field, centres, std, batch, seed, move):
    """Fresh points around the rows of `centres`."""
    return points(Stream("data/" + field, seed, move), centres, std, np.arange(batch))


def mixture_of(field, centres, std, records):
    """Records of a fixed set of such points, which is that of seed 0 and move 0."""
    return points(Stream("data/" + field, seed=0, move=0), centres, std, records)


def points(stream, centres, std, sample):
    chosen = np.floor(stream.uniform(0, sample) * len(centres)).astype(int)
    noise = stream.normal(1 + np.arange(centres.shape[1])[None, :], sample[:, None])
    return centres[chosen] + std * noise


def order(data, count, seed, positions):
    """The records at some positions of a data with `count` of them, from runtime/data/ORDER.md."""
    key = Stream("order/" + data, seed, move=0).key
    half = 1
    while 4**half < count:
        half += 1
    words, mask = (key % 2**32, key >> 32), np.uint64(2**half - 1)
    epoch, index = np.divmod(np.asarray(positions, np.uint64), np.uint64(count))
    found, walks = index, np.full(index.shape, True)
    while np.any(walks):
        left, right = found >> np.uint64(half), found & mask
        for number in range(8):
            turn = philox([right, np.full(right.shape, number, np.uint64), epoch & LOW, epoch >> np.uint64(32)], words)[0]
            left, right = right, left ^ (turn & mask)
        found = np.where(walks, left << np.uint64(half) | right, found)
        walks = found >= count
    return found
