# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A run in PyTorch, float64: what it stores under the paths of the weights file, its draws and data, its updates and losses."""

import draws
import numpy as np
import torch

JITTER = 3e-7  # What f32 rounds; see README.md.


class Run:
    def __init__(self, seed, batch, noise=None):
        """`noise`: a generator that moves every parameter by JITTER before each step."""
        self.seed, self.batch, self.noise = seed, batch, noise
        self.tensors, self.losses, self.optimizers = {}, {}, {}
        self.moves, self.last = 0, {}

    def param(self, path, shape, init):
        return self._make(path, shape, init, requires_grad=True)

    def state(self, path, shape, init):
        return self._make(path, shape, init, requires_grad=False)

    def _make(self, path, shape, init, requires_grad):
        """`init` is a number, (kind, a, b), or a function from the shape to that."""
        if path not in self.tensors:
            init = init(shape) if callable(init) else init
            values = (np.full(shape, float(init)) if isinstance(init, (int, float)) else
                      draws.first_value(path, shape, self.seed, *init))
            self.tensors[path] = torch.from_numpy(values).requires_grad_(requires_grad)
        return self.tensors[path]

    def parameters(self, network):
        return [tensor for path, tensor in self.tensors.items() if path.startswith(network + ".") and tensor.requires_grad]

    def draw(self, stream, kind, a, b, shape=(), batch=None):
        """A batched draw of this move: one element per sample where `shape` is ()."""
        batch = batch or self.batch
        source = draws.Stream(stream, self.seed, self.moves)
        size = int(np.prod(shape))
        found = getattr(source, kind)(np.arange(size)[None, :], np.arange(batch)[:, None])
        values = a + b * found if kind == "normal" else a + (b - a) * found
        return torch.from_numpy(values).reshape(batch, *shape)

    def classes(self, stream, count, batch=None):
        """A draw from 0, ..., count - 1, or a field of labels as stream "data/DATA.FIELD"."""
        return self.draw(stream, "uniform", 0, count, batch=batch).floor().long()

    def images(self, field, shape, low=-1, high=1, batch=None):
        return self.draw("data/" + field, "uniform", low, high, shape, batch)

    def points(self, data, field, centres, std, count, batch):
        """The next records of a fixed set of points; every move reads it."""
        records = draws.order(data, count, self.seed, self.moves * batch + np.arange(batch))
        return torch.from_numpy(draws.mixture_of(f"{data}.{field}", centres, std, records))

    def fresh_points(self, field, centres, std):
        return torch.from_numpy(draws.mixture(field, centres, std, self.batch, self.seed, self.moves))

    def step(self):
        """The start of a pass through the phase."""
        if self.noise is not None:
            with torch.no_grad():
                for tensor in self.tensors.values():
                    if tensor.requires_grad:
                        tensor.mul_(1 + JITTER * torch.randn(tensor.shape, generator=self.noise))

    def move(self, *updates):
        """One move: updates (player, network, loss, arguments of Adam); all gradients come before the first step."""
        gradients = [torch.autograd.grad(loss, self.parameters(network), retain_graph=True) for _, network, loss, _ in updates]
        for (player, network, loss, arguments), found in zip(updates, gradients):
            parameters = self.parameters(network)
            if player not in self.optimizers:
                self.optimizers[player] = torch.optim.Adam(parameters, **arguments)
            optimizer = self.optimizers[player]
            optimizer.param_groups[0]["lr"] = arguments["lr"]
            for tensor, gradient in zip(parameters, found):
                tensor.grad = gradient
            optimizer.step()
            self.last[player] = loss.item()
        self.moves += 1

    def log(self):
        """The end of a pass: the last loss of each player that moved in it is logged."""
        for player, loss in self.last.items():
            self.losses.setdefault(player, []).append(loss)
        self.last.clear()

    def results(self):
        """Everything that a golden file holds, by name."""
        found = {path: tensor.detach().numpy() for path, tensor in self.tensors.items()}
        for player, losses in self.losses.items():
            found["loss." + player] = np.array(losses)
        return found


def adam(lr, beta1=0.9, beta2=0.999):
    return {"lr": lr, "betas": (float(beta1), float(beta2))}
