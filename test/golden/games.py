# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The games of which there is a golden file NAME.safetensors: two steps with batch 4, at width 8. play_NAME.py plays one in PyTorch,
make_games.py writes the files, check_game.py compares."""

from dataclasses import dataclass

STEPS, BATCH = 2, 4


@dataclass(frozen=True)
class Game:
    """A model at a small size, and the seed of its run (README.md says how seeds are chosen)."""

    model: str
    seed: int
    settings: dict
    script: str = ""  # play_SCRIPT.py, if not play_NAME.py.

    def words(self):
        """The settings for the command line."""
        return [word for name, value in (self.settings | {"batch": BATCH}).items() for word in ("--set", f"{name}={value}")]


GAMES = {
    "wgan_gp": Game("wgan_gp", 0, {"width": 8, "latent": 8, "critic_steps": 2}),
    "r1": Game("gan_mlp", 0, {"width": 8, "latent": 8, "gamma": 10}),
    "dragan": Game("dragan", 7, {"net": "infogan", "width": 2, "latent": 8}),
    "pacgan": Game("pacgan", 0, {"width": 8, "units": 8, "pieces": 3, "std": 0.5}),
    "sngan_cnn": Game("sngan_cnn", 5, {"width": 8, "latent": 8, "std": 0.2}),
    "unrolled_1": Game("unrolled", 0, {"k": 1, "width": 8, "latent": 8}, "unrolled"),
    "unrolled_3": Game("unrolled", 0, {"k": 3, "width": 8, "latent": 8}, "unrolled"),
    "projection": Game("sngan", 0, {"g": 8, "d": 8, "latent": 8, "classes": 3, "d_steps": 2, "steps": 4}),
    "sagan": Game("sagan", 0, {"size": 16, "attend": 8, "width": 8, "latent": 8, "classes": 3}),
    "rahinge": Game("relativistic", 0, {"loss": "rahinge", "width": 8, "latent": 8}),
}
