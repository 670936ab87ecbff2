"""Each model is loaded through its reference; want of memory is told apart from damage."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.models.model_set import DEMO
from podcast.errors import InterlinearError, OutOfMemoryError, SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions, ModelFolder
from translation.conversation import SourceRow, Style

pytestmark = pytest.mark.model

Load = Callable[[], object]


def ignore(_fraction: float) -> None:
    """Report to nobody."""


ROWS = (SourceRow("Yeah."),)


def recognise() -> object:
    return DEMO.recogniser.load(LoadOptions())


def diarize() -> object:
    return DEMO.diarizer.load(LoadOptions())


def translate() -> object:
    return DEMO.translators.usual.load(LoadOptions()).translate(ROWS, Language.KO, Style(), ignore)


@pytest.mark.parametrize(
    ("load", "library"),
    [
        (recognise, "ctranslate2.models.Whisper"),
        (diarize, "torch.load"),
        (translate, "ctranslate2.Translator"),
    ],
)
@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (MemoryError("std::bad_alloc"), OutOfMemoryError),
        (RuntimeError("CUDA failed with error out of memory"), OutOfMemoryError),
        (RuntimeError("[alloc_cpu.cpp:124] can't allocate memory"), OutOfMemoryError),
        (RuntimeError("the file is incomplete"), SetupError),
    ],
)
def test_want_of_memory_is_told_apart_from_damage(
    load: Load,
    library: str,
    raised: Exception,
    told: type[InterlinearError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise raised

    monkeypatch.setattr(library, fail)

    with pytest.raises(told, match="cannot be loaded"):
        load()


def test_a_folder_is_named_by_its_content_also_after_it_has_changed(tmp_path: Path) -> None:
    model, same = tmp_path / "a" / "model", tmp_path / "b" / "model"
    for folder in (model, same):
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(b"1")
    before = ModelFolder(model).identity()

    assert before == ModelFolder(same).identity()
    (model / "weights").unlink()
    (model / "weights").write_bytes(b"2")
    assert ModelFolder(model).identity() != before
