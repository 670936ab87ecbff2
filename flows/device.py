"""Choose what models run on."""

from functools import cache

from flows.settings import settings


@cache
def device() -> str:
    """Return "cpu" or "cuda": what the settings say, else a GPU where CTranslate2 sees one."""
    if settings().device != "auto":
        return settings().device
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
