"""Fold batch norms into convolutions: one pass over memory less for each, and the same function."""

from collections.abc import Iterable
from itertools import pairwise

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold_batch_norm(network: nn.Module) -> None:
    """Fold each batch norm into the weights of the convolution before it."""
    for parent in list(network.modules()):
        names = [name for name, _ in parent.named_children()]
        for convolution, norm in _neighbours(parent, names):
            first, second = getattr(parent, convolution), getattr(parent, norm, None)
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                setattr(parent, convolution, fuse_conv_bn_eval(first, second))
                setattr(parent, norm, nn.Identity())


def _neighbours(parent: nn.Module, names: list[str]) -> Iterable[tuple[str, str]]:
    """Name what may be a convolution and its norm: neighbours in a sequence, `conv1` and `bn1`."""
    if isinstance(parent, nn.Sequential):
        return pairwise(names)
    return [(name, name.replace("conv", "bn")) for name in names if name.startswith("conv")]
