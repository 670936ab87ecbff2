"""Let CTranslate2 use a CPU's widest instructions.

By itself it stops at AVX2, since some older processors slow down while they use AVX-512. Below it
MKL and oneDNN use AVX-512 all the same, so that such a processor slows down in any case.
"""

import os
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
NEEDED = frozenset({"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"})
"""What CTranslate2's code for AVX-512 asks for; forced on a CPU without, it refuses to start."""


def use_widest_instructions() -> None:
    """Ask for AVX-512 where the CPU has it and nobody has asked for something else.

    CTranslate2 looks at it once, when the first model of a process is loaded.
    """
    if _flags() >= NEEDED:
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")


def _flags() -> frozenset[str]:
    """Return what the CPU can do; nothing where Linux does not say."""
    if not CPUINFO.is_file():
        return frozenset()
    with CPUINFO.open(encoding="utf-8", errors="replace") as lines:
        flags = (line.split(":", 1)[1] for line in lines if line.startswith("flags"))
        return frozenset(next(flags, "").split())
