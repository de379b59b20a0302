# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether ranks train one model together: the same bytes for 1, 2 and 4 of them, and an end within 10 s where one dies.

usage: ranks.py MODEL.gan FOLDER [--steps N] [--shards N] [--device NAME] [--event KIND] [--deaths] [--set NAME=VALUE]...

Builds the model with N shards (4) and plays some steps (6) with as many ranks as divide 4, under Open MPI's mpirun; what is learned and
what is logged must be the same to the bit; with --event an event of this kind is among it. A run of 2 ranks that stops half-way goes on with 4, and must end the same.
With another device than the CPU, its ranks are compared with one rank of the CPU; cuda stands for the fake of test/runtime/device, NCCL's too.
With --deaths one rank of three is killed, and in another run stopped (SIGSTOP), in the middle of a long training: all others must name it and end
within 10 s, with mpirun told to leave them alone. `ganc` is on the PATH.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

ENVIRONMENT = os.environ | {
    "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    # No daemons on other machines, no copies between processes that a container forbids.
    "OMPI_MCA_plm_rsh_agent": "", "OMPI_MCA_btl_vader_single_copy_mechanism": "none", "OMPI_MCA_btl": "self,vader"}
LIMIT = 10


def mpirun(ranks, *words):
    return ["mpirun", "--oversubscribe", "-n", str(ranks), *map(str, words)]


def train(trainer, folder, steps, ranks, *more, device="cpu"):
    """What the run left: the bytes of each file of tensors, and the log without its rates."""
    threads = [] if device == "cuda" else ["--threads", 1]
    command = [trainer, "train", "--data", "random", "--steps", steps, "--seed", 5, "--log-every", 1, "--device", device, *threads,
               "--run-dir", folder, *more]
    command = mpirun(ranks, *command) if ranks > 1 else [str(word) for word in command]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        sys.exit(f"error: {ranks} ranks end with {done.returncode}:\n{done.stderr}")
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    for line in lines:
        line.pop("images_per_second", None)
    left = {path.name: path.read_bytes() for path in folder.glob("*.safetensors")}
    return left | {"metrics.jsonl": lines}


def differences(expected, found, what):
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield f"{what}: {name} differs from what one rank leaves"


def equality_problems(trainer, options):
    counts = [count for count in (1, 2, 4) if options.shards % count == 0]
    expected = train(trainer, options.folder / "1", options.steps, 1, "--new")
    if "weights.safetensors" not in expected or not expected["metrics.jsonl"]:
        yield "one rank leaves nothing"
    if options.event and options.event not in [line.get("event") for line in expected["metrics.jsonl"]]:
        yield f"one rank logs no event '{options.event}'"
    for count in counts[1:]:
        found = train(trainer, options.folder / str(count), options.steps, count, "--new", device=options.device)
        yield from differences(expected, found, f"{count} ranks")
    print(f"{options.steps} steps on {', '.join(map(str, counts))} ranks of {options.device} compared with one of the CPU")
    if options.device != "cpu":
        return
    half = options.folder / "half"
    train(trainer, half, options.steps // 2, 2, "--new")
    yield from differences(expected, train(trainer, half, options.steps, counts[-1]), "a run that goes on")


def ranks_of(trainer):
    """The processes of the trainer by rank."""
    found = {}
    for folder in pathlib.Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and (folder / "exe").resolve() == trainer.resolve():
                text = (folder / "environ").read_bytes().decode(errors="replace")
                found[int(re.search(r"OMPI_COMM_WORLD_RANK=(\d+)", text).group(1))] = int(folder.name)
        except (OSError, AttributeError):
            pass
    return found


def is_there(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def death_problems(trainer, options, victim, number):
    """One of three ranks gets the signal. The others are left to themselves by mpirun, so that it is we who end them."""
    folder, log = options.folder / "death", options.folder / "death.txt"
    shutil.rmtree(folder, ignore_errors=True)
    what = f"rank {victim} after {signal.Signals(number).name}"
    with log.open("w") as file:
        run = subprocess.Popen(
            mpirun(3, "--enable-recovery", trainer, "train", "--data", "random", "--steps", 100000000, "--threads", 1, "--run-dir", folder),
            env=ENVIRONMENT, stdout=file, stderr=file)
    deadline = time.monotonic() + 120
    while "step" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    processes = ranks_of(trainer)
    if sorted(processes) != [0, 1, 2]:
        yield f"{what}: the ranks {sorted(processes)} are there\n{log.read_text()}"
        run.kill()
        return
    os.kill(processes[victim], number)
    start = time.monotonic()
    others = [process for rank, process in processes.items() if rank != victim]
    while any(map(is_there, others)) and time.monotonic() < start + 3 * LIMIT:
        time.sleep(0.05)
    took = time.monotonic() - start
    for process in processes.values():
        if is_there(process):
            os.kill(process, signal.SIGKILL)
    run.wait(timeout=60)
    told = log.read_text()
    named = len(re.findall(rf"error: rank {victim} \(process {processes[victim]} on \S+\)", told))
    print(f"{what}: the others ended after {took:.1f} s, {named} of 2 with its name")
    if took > LIMIT or named != 2:
        yield f"{what}: the others took {took:.1f} s and {named} of 2 named it:\n{told}"


def refusal_problems(trainer, options):
    """Ranks that do not belong together."""
    common = [str(trainer), "train", "--data", "random", "--run-dir", str(options.folder / "refused"), "--new"]
    unequal = mpirun(1, *common, "--steps", 3) + [":", "-n", "2", *common, "--steps", "4"]
    alone = common + ["--steps", "3"]
    for command, environment, sentence in (
            (unequal, {}, "rank 1 has another trainer than rank 0, other data or other options"),
            (alone, {"OMPI_COMM_WORLD_SIZE": "3"}, "3 processes were started, but MPI knows of 1; with srun"),
            (mpirun(3, *alone, "--dry-run"), {}, "a plan is made by one rank"),
            (mpirun(2, *alone), {}, "3 shards, which cannot be spread evenly over 2 ranks")):
        done = subprocess.run(command, env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=300)
        if done.returncode == 0 or sentence not in done.stderr:
            yield f"'{sentence}' is not said, but with status {done.returncode}:\n{done.stderr}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--event")
    parser.add_argument("--deaths", action="store_true")
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    if not shutil.which("mpirun"):
        sys.exit("error: there is no mpirun; Debian's openmpi-bin has it")
    options.folder.mkdir(parents=True, exist_ok=True)
    trainer = options.folder / "trainer"
    settings = [word for setting in options.set for word in ("--set", setting)]
    shards = 3 if options.deaths else options.shards
    target = "cpu" if options.device == "cpu" else "cuda"
    subprocess.run(["ganc", "build", options.model, *settings, f"--shards={shards}", f"--target={target}", "-o", trainer], check=True)
    if options.deaths:
        problems = [problem for victim, number in ((2, signal.SIGKILL), (0, signal.SIGKILL), (1, signal.SIGSTOP))
                    for problem in death_problems(trainer, options, victim, number)]
        problems += refusal_problems(trainer, options)
    else:
        problems = list(equality_problems(trainer, options))
    for problem in problems:
        print("error:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
