"""Import pyannote.audio without PyTorch's compiler, which nothing here compiles with.

Lightning, on which pyannote builds, imports the whole compiler to ask of a model whether it was
compiled: a third of what importing pyannote costs. No setting of either avoids it.

Python's search for garbage stays out, too: it goes through all that has been imported so far, ten
times before everything is, and finds nothing.
"""

import gc
import importlib
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

logger = logging.getLogger(__name__)

COMPILER = "torch._dynamo"
REBUILT = ("pyannote.audio", "lightning", "torchmetrics")
"""Pure Python, which may be imported twice in a process; what holds native code may not."""


class OptimizedModule:
    """What the compiler makes of a model; of this one there are no instances."""


def import_without_compiler(name: str) -> ModuleType:
    """Import a module that imports Lightning, with an empty compiler in the meantime.

    Afterwards PyTorch finds its own compiler when somebody asks for it. Where it is loaded already,
    or where Lightning wants more of it than it did, this is an ordinary import.
    """
    if name in sys.modules:
        return importlib.import_module(name)  # which waits for a thread that is still importing it
    with _without_search_for_garbage():
        return _imported(name)


def _imported(name: str) -> ModuleType:
    import torch  # noqa: F401  so that nothing of it is imported beside the stand-in

    if COMPILER in sys.modules:
        return importlib.import_module(name)
    known = frozenset(sys.modules)
    try:
        with _stand_in():
            return importlib.import_module(name)
    except (ImportError, AttributeError) as error:
        logger.info("%s is imported with PyTorch's compiler: %s", name, error)
        _forget(known)
        return importlib.import_module(name)


@contextmanager
def _without_search_for_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile, and afterwards never again among what there is by then.

    Half a million objects of these libraries live as long as the process; a search among them
    takes half a second.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


@contextmanager
def _stand_in() -> Iterator[None]:
    compiler = ModuleType(COMPILER)
    compiler.__dict__.update(OptimizedModule=OptimizedModule, disable=_leave_as_it_is)
    sys.modules[COMPILER] = compiler
    try:
        yield
    finally:
        del sys.modules[COMPILER]


def _leave_as_it_is(function: Callable[..., Any], *_: object, **__: object) -> Callable[..., Any]:
    """Keep a function from being compiled, where nothing compiles."""
    return function


def _forget(known: frozenset[str]) -> None:
    """Remove modules that hold a part of the stand-in, or whose package was not imported whole."""
    for module in set(sys.modules) - known:
        if module.startswith(REBUILT):
            del sys.modules[module]
