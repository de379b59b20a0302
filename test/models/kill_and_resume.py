# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Kills a run at random instants until it has come to its end, and compares what it leaves with a run that nobody disturbed.

usage: kill_and_resume.py TRAINER|MODEL.gan FOLDER KILLS STEPS [OPTION]...       (`ganc` on the PATH for a model)

With `--on-nan rollback` among the options it is one that also goes back by itself. Every start is the same command with a number of threads of its own. The seed of the instants is fixed, but not the speed of the machine: where
the processes are killed differs from run to run, what they leave must not. A process that ends before it is killed does not count; then the
run begins anew, until there were KILLS.
"""

import json
import pathlib
import random
import shutil
import subprocess
import sys
import time


def command(trainer, folder, steps, options, threads):
    return [trainer, "train", "--steps", str(steps), "--seed", "5", "--threads", str(threads), "--run-dir", str(folder), *options]


def state(folder):
    """Weights, optimizer states, samples, and what was told of each step but for its speed."""
    told = [json.loads(line) for line in (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in told:
        line.pop("images_per_second", None)
    files = [folder / "weights.safetensors", folder / "optimizer.safetensors", *sorted((folder / "samples").iterdir())]
    return told, {path.name: path.read_bytes() for path in files}


def main(trainer, folder, kills, steps, *options):
    folder, kills = pathlib.Path(folder), int(kills)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if trainer.endswith(".gan"):
        subprocess.run(["ganc", "build", trainer, "-o", folder / "trainer"], check=True)
        trainer = folder / "trainer"
    whole, run = folder / "whole", folder / "run"
    start = time.monotonic()
    subprocess.run(command(trainer, whole, steps, options, 1), check=True, capture_output=True)
    seconds = time.monotonic() - start
    expected = state(whole)
    chance = random.Random(7)
    killed = resumed = ends = 0
    while killed < kills or ends == 0:
        answer = subprocess.Popen(command(trainer, run, steps, options, chance.choice((1, 2, 3))), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
        patience = chance.uniform(0, 0.7 * seconds) if killed < kills else None
        try:
            said = answer.communicate(timeout=patience)[1]
        except subprocess.TimeoutExpired:
            answer.kill()
            said = answer.communicate()[1]
        resumed += "goes on after step" in said
        if answer.returncode != 0:
            assert answer.returncode == -9, f"exit status {answer.returncode}: {said}"
            killed += 1
            continue
        found = state(run)
        assert found[0] == expected[0], "the metrics differ"
        assert found[1].keys() == expected[1].keys(), (found[1].keys(), expected[1].keys())
        assert all(found[1][name] == content for name, content in expected[1].items()), "weights, optimizer states or samples differ"
        ends += 1
        shutil.rmtree(run)
    print(f"{killed} kills, {resumed} times gone on, {ends} runs as if undisturbed")
    assert resumed > killed / 10, f"{resumed} of {killed} runs went on from a checkpoint"


main(*sys.argv[1:])
