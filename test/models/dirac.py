# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plays models/dirac.gan in f64 and compares its orbits with the known ones, to every printed digit.

usage: dirac.py FOLDER       (`ganc` and `gan-interpret` on the PATH)

theta' = theta - h psi f'(theta psi) and psi' = psi + h (theta f'(theta psi) - gamma psi), from (1, 1) with h = 0.1; moves are simultaneous, or
psi moves first and theta sees it. The table has (theta, psi) after one step and |(theta, psi)| after 100 and 500, computed from these
two lines alone. Each row is played by the interpreter and by a trainer.
"""

import math
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import tensors

MODEL = pathlib.Path(__file__).resolve().parents[2] / "models" / "dirac.gan"
TABLE = (  # payoff, simultaneous, gamma, theta and psi after step 1, norms after steps 100 and 500
    ("wgan", True, 0, "0.900000", "1.100000", "2.325861", "17.016038"),
    ("wgan", False, 0, "0.890000", "1.100000", "1.436353", "1.418573"),
    ("wgan", True, 1, "0.900000", "1.000000", "0.012203", "0.000000"),
    ("wgan", False, 1, "0.900000", "1.000000", "0.006246", "0.000000"),
    ("gan", True, 0, "0.973106", "1.026894", "1.551505", "2.253579"),
    ("gan", False, 0, "0.972922", "1.026894", "1.441317", "1.414272"),
    ("gan", True, 1, "0.973106", "0.926894", "0.037694", "0.000000"),
    ("gan", False, 1, "0.973717", "0.926894", "0.045862", "0.000000"),
)


def run(*command, **options):
    subprocess.run([str(word) for word in command], check=True, **options)


def point(weights):
    stored = tensors.read(weights)
    return stored["G.theta"][1][0], stored["D.psi"][1][0]


def interpreted(folder, settings):
    text, weights = folder / "dirac.mlir", folder / "interpreted.safetensors"
    with text.open("w") as file:
        run("ganc", "check", MODEL, *settings, "--precision=f64", "--emit=grad", stdout=file)

    def play(steps):
        run("gan-interpret", text, "--steps", steps, "-o", weights, stdout=subprocess.DEVNULL)
        return point(weights)

    return play


def trained(folder, settings):
    trainer, left = folder / "dirac", folder / "run"
    run("ganc", "build", MODEL, *settings, "--precision=f64", "-o", trainer)

    def play(steps):
        run(trainer, "train", "--steps", steps, "--new", "--run-dir", left, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        return point(left / "weights.safetensors")

    return play


def found(play):
    digits = "{:.6f}".format
    return (*map(digits, play(1)), *(digits(math.hypot(*play(steps))) for steps in (100, 500)))


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    for payoff, simultaneous, gamma, *expected in TABLE:
        settings = ["--set", f"payoff={payoff}", "--set", f"simultaneous={str(simultaneous).lower()}", "--set", f"gamma={gamma}"]
        for player in (interpreted, trained):
            row = found(player(folder, settings))
            bad += row != tuple(expected)
            print("error:" if row != tuple(expected) else "good:", player.__name__, *settings[1::2], *row)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
