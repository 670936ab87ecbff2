"""Choose how Whisper runs on a device: in which numbers, and how many windows at once."""

import os
from collections.abc import Collection

COMPUTE_TYPES = {
    "cpu": ("int8", "float32"),
    "cuda": ("int8_float16", "float16", "int8", "float32"),
}
"""Of CTranslate2, the best first; each device supports the last."""

MOST_WINDOWS = {"cpu": 8, "cuda": 16}
"""For each core of a CPU, and on a GPU. More gain nothing on a CPU (docs/benchmarks.md); on a GPU
that has not been measured."""

MOST_WORKERS = 8
"""Parts of a batch at the same time on a CPU; more cores share them. Ten minutes are some 24
windows."""

WINDOW_MEMORY = {"cpu": 2 * 10**9, "cuda": 5 * 10**8}
"""Bytes of memory for each window. The largest Whisper takes half of it: 32 layers of decoder keep
two times 1,500 vectors of 1,280 numbers, and what five hypotheses have said so far."""


def compute_type_for(device: str, supported: Collection[str]) -> str:
    """Return the numbers to compute in.

    Args:
        device: "cpu" or "cuda".
        supported: What `ctranslate2.get_supported_compute_types` says of it.
    """
    return next(name for name in COMPUTE_TYPES[device] if name in supported)


def windows_at_once(device: str, memory: int, cores: int = 1) -> int:
    """Return how many windows to decode together: a power of two, or the most that gain.

    Args:
        device: "cpu" or "cuda".
        memory: Bytes: all of the machine, or what is free on the GPU.
        cores: Of a CPU, that each take a part of them.
    """
    fitting = max(1, memory // WINDOW_MEMORY[device])
    most = MOST_WINDOWS[device] * (min(cores, MOST_WORKERS) if device == "cpu" else 1)
    return int(min(most, 1 << (fitting.bit_length() - 1)))


def memory_of(device: str) -> int:
    """Return the memory that `windows_at_once` asks for, with the model loaded."""
    if device == "cuda":
        import torch

        free, _ = torch.cuda.mem_get_info()
        return int(free)
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
