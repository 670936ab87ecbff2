"""Choose what models run on, and whether two of them at the same time."""

from functools import cache

from flows.settings import settings


@cache
def device() -> str:
    """Return "cpu" or "cuda": what the settings say, else a GPU where CTranslate2 sees one."""
    if settings().device != "auto":
        return settings().device
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def overlaps() -> bool:
    """Whether to find out who speaks and what is said side by side.

    Models that share a GPU leave it idle in turn, while their CPU code prepares and collects. Those
    that share a CPU need all of it: there one after the other takes less time.
    """
    asked = settings().side_by_side
    return asked == "yes" or (asked == "auto" and device() == "cuda")
