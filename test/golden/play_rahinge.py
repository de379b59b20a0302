# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/relativistic.gan with the relativistic average hinge loss in PyTorch; both means pass gradients."""

from layers import dense, fan_uniform, normal
from play_sngan_cnn import features, generator
from run import adam
from torch.nn.functional import relu


INIT = normal(0.02)


def scores(run, x, width):
    """The last layer has neither a bias nor spectral norm."""
    return dense(run, "D.dense.0", features(run, x, width, INIT, fan_uniform), 1, bias=False, init=INIT).flatten()


def ra_hinge(first, second):
    return (relu(1 - (first - second.mean())).mean() + relu(1 + (second - first.mean())).mean()) / 2


def play(run, steps, loss, width, latent):
    opt = adam(2e-4, 0.5)

    def fakes():
        return generator(run, run.draw("z", "normal", 0, 1, (latent,)), width, INIT, fan_uniform)

    def images():
        return run.images("cifar.x", (3, 32, 32))

    for _ in range(steps):
        run.step()
        fake = fakes()
        real_scores = scores(run, images(), width)
        run.move(("discriminator", "D", ra_hinge(real_scores, scores(run, fake, width)), opt))
        fake_scores = scores(run, fakes(), width)
        run.move(("generator", "G", ra_hinge(fake_scores, scores(run, images(), width)), opt))
        run.log()
