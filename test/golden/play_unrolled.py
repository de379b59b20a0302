# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/unrolled.gan in PyTorch: the generator's gradient goes through k steps of Adam of the discriminator, moments and counter included."""

import torch
from layers import dense, orthogonal
from run import adam
from torch.nn.functional import linear, softplus

CENTRES = 2 * torch.stack([torch.cos(torch.arange(8) * torch.pi / 4), torch.sin(torch.arange(8) * torch.pi / 4)], 1).numpy()
BETA1, BETA2, EPS, LR = 0.5, 0.999, 1e-8, 1e-4


def mlp(run, network, x, width, out):
    for i in range(2):
        x = torch.tanh(dense(run, f"{network}.dense.{i}", x, width, init=orthogonal(1.4), bias_init=0))
    return dense(run, f"{network}.dense.2", x, out, init=orthogonal(1.4), bias_init=0)


def scores(parameters, x):
    """The discriminator as a function of its parameters: weights and biases in turn."""
    layers = list(zip(parameters[::2], parameters[1::2]))
    for weight, bias in layers[:-1]:
        x = torch.tanh(linear(x, weight, bias))
    return linear(x, *layers[-1]).flatten()


def value(parameters, x, fake):
    return softplus(-scores(parameters, x)).mean() + softplus(scores(parameters, fake)).mean()


def adam_state(run, parameters):
    """Moments and counter of the discriminator's optimizer; zeros before its first step."""
    stored = run.optimizers["discriminator"].state if "discriminator" in run.optimizers else {}
    moments = [[stored[p][name] if p in stored else torch.zeros_like(p) for p in parameters] for name in ("exp_avg", "exp_avg_sq")]
    return *moments, int(stored[parameters[0]]["step"]) if parameters[0] in stored else 0


def unroll(run, parameters, x, fake, k):
    """The parameters after k steps, as a function of fake."""
    m, v, count = adam_state(run, parameters)
    for _ in range(k):
        count += 1
        g = torch.autograd.grad(value(parameters, x, fake), parameters, create_graph=True)
        m = [BETA1 * a + (1 - BETA1) * b for a, b in zip(m, g)]
        v = [BETA2 * a + (1 - BETA2) * b * b for a, b in zip(v, g)]
        parameters = [p - LR * (a / (1 - BETA1**count)) / (torch.sqrt(b / (1 - BETA2**count)) + EPS)
                      for p, a, b in zip(parameters, m, v)]
    return parameters


def play(run, steps, k, width, latent):
    for _ in range(steps):
        run.step()
        x = run.fresh_points("ring.x", CENTRES, 0.02)
        fake = mlp(run, "G", run.draw("z", "normal", 0, 1, (latent,)), width, 2)
        mlp(run, "D", x, width, 1)  # Makes the parameters.
        parameters = run.parameters("D")
        run.move(("discriminator", "D", value(parameters, x, fake), adam(LR, BETA1)),
                 ("generator", "G", -value(unroll(run, parameters, x, fake, k), x, fake), adam(1e-3, BETA1)))
        run.log()
