"""Train one translation network, the same way at every run."""

import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import nn
from torch.nn import functional

from demo.training.translation.batches import Batch
from demo.training.translation.model import Shape, TranslationNet

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """Everything that decides what a training run yields.

    Attributes:
        steps: Optimiser steps.
        warm_up: Steps until the learning rate is at its peak.
        adamw_rate: Peak learning rate of embeddings, norms and biases.
        muon_rate: Peak learning rate of the layers' matrices.
        seed: Seed of the weights.
        shape: Sizes of the network.
    """

    steps: int = 1200
    warm_up: int = 100
    adamw_rate: float = 3e-3
    muon_rate: float = 1e-2
    seed: int = 0
    shape: Shape = field(default_factory=Shape)


def train(n_pieces: int, batches: Iterator[Batch], options: TrainingOptions) -> TranslationNet:
    """Train a network for ``n_pieces`` pieces from scratch and return it ready for use."""
    torch.manual_seed(options.seed)
    net = TranslationNet(n_pieces, options.shape)
    optimizers = _build_optimizers(net, options)
    net.train()
    started = time.process_time()
    for step in range(1, options.steps + 1):
        _set_rate(optimizers, _schedule(step, options))
        loss = _update(net, next(batches), optimizers)
        if step % 100 == 0:
            spent = time.process_time() - started
            logger.info("step %d of %d: loss %.3f, %.0f CPU s", step, options.steps, loss, spent)
    return net.eval()


def _build_optimizers(
    net: TranslationNet, options: TrainingOptions
) -> tuple[torch.optim.Optimizer, ...]:
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in net.named_parameters():
        is_matrix = parameter.dim() == 2 and "embedding" not in name
        (matrices if is_matrix else others).append(parameter)
    return (
        torch.optim.Muon(matrices, lr=options.muon_rate, weight_decay=0.01),
        torch.optim.AdamW(others, lr=options.adamw_rate, betas=(0.9, 0.98), weight_decay=0.01),
    )


def _schedule(step: int, options: TrainingOptions) -> float:
    """Return the part of the peak learning rate: a linear rise, then half a cosine to zero."""
    if step < options.warm_up:
        return step / options.warm_up
    progress = (step - options.warm_up) / (options.steps - options.warm_up)
    return 0.5 + 0.5 * math.cos(math.pi * progress)


def _set_rate(optimizers: Sequence[torch.optim.Optimizer], share: float) -> None:
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group.setdefault("peak", group["lr"]) * share


def _update(
    net: TranslationNet, batch: Batch, optimizers: Sequence[torch.optim.Optimizer]
) -> float:
    """Take one step and return the loss.

    Labels are not smoothed: smoothing gives the end of the sentence some probability everywhere,
    and a beam of four stops searching once four such stumps have ended. It cost 5 of 100
    sentences that were right without a beam.
    """
    logits = net(batch.source, batch.target)
    loss = functional.cross_entropy(
        logits.flatten(0, 1),
        batch.following.flatten(),
        ignore_index=net.padding,
    )
    net.zero_grad()
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
    return loss.item()
