# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plays a game of games.py in the interpreter and in trainers, and compares it with its golden file.

usage: check_game.py NAME FOLDER

Limits: 1e-9 in the interpreter and in compiled f64, 1e-4 in compiled f32 (README.md). FOLDER takes what the runs leave; `ganc` and
`gan-interpret` are on the PATH.
"""

import pathlib
import subprocess
import sys

import compare
import games

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command, **options):
    subprocess.run([str(word) for word in command], check=True, **options)


def interpret(game, model, folder):
    text, weights, metrics = folder / "grad.mlir", folder / "interpreted.safetensors", folder / "interpreted.jsonl"
    with text.open("w") as file:
        run("ganc", "check", model, *game.words(), "--precision=f64", "--emit=grad", stdout=file)
    with metrics.open("w") as file:
        run("gan-interpret", text, "--steps", games.STEPS, "--seed", game.seed, "--data", "random", "-o", weights, stdout=file)
    return weights, metrics


def train(game, model, folder, precision):
    trainer, left = folder / precision, folder / f"{precision}.run"
    run("ganc", "build", model, *game.words(), f"--precision={precision}", "-o", trainer)
    run(trainer, "train", "--data", "random", "--steps", games.STEPS, "--seed", game.seed, "--log-every", 1, "--new",
        "--run-dir", left, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return left / "weights.safetensors", left / "metrics.jsonl"


def main(name, folder):
    game, folder = games.GAMES[name], pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    model, golden = ROOT / "models" / f"{game.model}.gan", ROOT / "test" / "golden" / f"{name}.safetensors"
    bad = 0
    for way, limit, left in (("interpreter", 1e-9, interpret(game, model, folder)), ("f64", 1e-9, train(game, model, folder, "f64")),
                             ("f32", 1e-4, train(game, model, folder, "f32"))):
        print(way, flush=True)
        bad += compare.main(golden, *left, limit)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
