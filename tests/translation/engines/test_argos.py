"""Rows in, as many rows out, through the real CTranslate2 and the demo's Argos packages."""

import json
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from podcast.errors import SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from podcast.progress import Report
from translation.conversation import SourceRow, Style
from translation.engines.argos import ArgosTranslator
from translation.engines.argos_packages import find_packages
from translation.engines.batch_decoding import Decoding

pytestmark = pytest.mark.model

PACKAGES = Path(__file__).resolve().parents[3] / "demo" / "models" / "argos"
N_BEST = Decoding(beam_size=4, num_hypotheses=4)
ROWS = ("It has 20 parameters.", "Yeah.", "My name is Tom.", "Yeah.", "And then we")


def ignore(_fraction: float) -> None:
    """Report to nobody."""


def say(
    translator: ArgosTranslator,
    texts: Sequence[str],
    language: Language,
    report: Report = ignore,
) -> tuple[str, ...]:
    answers = translator.translate([*map(SourceRow, texts)], language, Style(), report)
    return tuple(answer.text for answer in answers)


def candidates(
    translator: ArgosTranslator, texts: Sequence[str], language: Language
) -> tuple[tuple[str, ...], ...]:
    found = translator.retry([*map(SourceRow, texts)], language, Style(), ignore)
    return tuple(tuple(answer.text for answer in answers) for answers in found)


def translator(
    folder: Path = PACKAGES, slice_size: int = 512, retry: Decoding = N_BEST
) -> ArgosTranslator:
    return ArgosTranslator(packages=find_packages(folder), again=retry, slice_size=slice_size)


@pytest.mark.parametrize("language", [Language.KO, Language.ZH, Language.JA])
def test_rows_stay_in_order_and_repeats_stay_repeats(language: Language) -> None:
    rows = say(translator(), ROWS, language)

    assert len(rows) == len(ROWS)
    assert all(rows)
    assert rows[1] == rows[3]
    assert len(set(rows)) == len(set(ROWS))


@pytest.mark.parametrize("language", [Language.KO, Language.ZH, Language.JA])
def test_batching_gives_the_text_of_argostranslate_itself(language: Language) -> None:
    assert say(translator(), ROWS, language) == argos_says(ROWS, language)


@pytest.mark.parametrize("language", [Language.KO, Language.ZH, Language.JA])
def test_the_best_candidate_is_the_translation_and_the_others_differ(language: Language) -> None:
    found = candidates(translator(), ROWS, language)

    assert tuple(texts[0] for texts in found) == say(translator(), ROWS, language)
    assert all(len(set(texts)) == len(texts) <= N_BEST.num_hypotheses for texts in found)
    assert max(len(texts) for texts in found) > 1
    assert found[1] == found[3]


@pytest.mark.parametrize("language", [Language.KO, Language.ZH, Language.JA])
def test_the_candidates_are_those_of_argostranslate_itself(language: Language) -> None:
    expected = argos_hypotheses(ROWS, language, N_BEST.num_hypotheses)

    assert candidates(translator(), ROWS, language) == expected


@pytest.mark.parametrize(("slice_size", "calls"), [(512, [4]), (2, [2, 2])])
def test_the_decoder_is_called_once_for_each_slice_of_distinct_rows(
    slice_size: int, calls: list[int]
) -> None:
    subject = translator(slice_size=slice_size)
    expected = say(subject, ROWS, Language.KO)
    ((package, engine),) = subject._loaded.items()  # noqa: SLF001  the decoder is put under count
    counted = CountedDecoder(engine.translator)
    subject._loaded[package] = replace(engine, translator=counted)  # noqa: SLF001  as above

    assert say(subject, ROWS, Language.KO) == expected
    assert counted.calls == calls


class CountedDecoder:
    """Passes rows on to a decoder and notes how many came at a time."""

    def __init__(self, decoder: Any) -> None:
        self.decoder = decoder
        self.calls: list[int] = []

    def translate_batch(self, rows: Sequence[list[str]], **options: Any) -> Any:
        self.calls.append(len(rows))
        return self.decoder.translate_batch(rows, **options)


def test_a_score_is_the_mean_log_probability_of_a_token() -> None:
    subject = translator()
    (answer,) = subject.translate([SourceRow("And then we")], Language.KO, Style(), ignore)
    (engine,) = subject._loaded.values()  # noqa: SLF001  its decoder scores the same words
    model, row = engine.translator, [engine.encode("And then we")]
    ((words,),) = (found.hypotheses for found in model.translate_batch(row, beam_size=4))

    (scored,) = model.score_batch(row, [words])

    assert answer.score == pytest.approx(mean(scored.log_probs), abs=0.001)
    assert answer.score < 0


def test_candidates_of_nothing_are_none() -> None:
    found = candidates(translator(), ("", "Yeah.", " "), Language.KO)

    assert (found[0], found[2]) == ((), ())
    assert found[1]


def test_what_may_not_repeat_does_not() -> None:
    row = ("We use old phones for old phones.",)
    once = Decoding(no_repeat_ngram_size=1)

    (free,) = say(translator(), row, Language.KO)
    ((blocked, *_),) = candidates(translator(retry=once), row, Language.KO)

    assert (free.count("휴대폰"), blocked.count("휴대폰")) == (2, 1)


def argos_says(rows: Sequence[str], language: Language) -> tuple[str, ...]:
    """Translate row by row through argostranslate's own classes."""
    return tuple(texts[0] for texts in argos_hypotheses(rows, language, 1))


def argos_hypotheses(
    rows: Sequence[str], language: Language, count: int
) -> tuple[tuple[str, ...], ...]:
    """Take so many hypotheses from argostranslate's own classes, equal ones once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that it imports on the way
        from argostranslate.package import Package
        from argostranslate.translate import Language as ArgosLanguage
        from argostranslate.translate import PackageTranslation

    (path,) = (p.path for p in find_packages(PACKAGES) if p.target == language.value)
    source, target = ArgosLanguage("en", "English"), ArgosLanguage(language.value, language.label)
    translation = PackageTranslation(source, target, Package(path))
    translation.sentencizer = OneSentence()
    found = (translation.hypotheses(row, count) for row in rows)
    return tuple(tuple(dict.fromkeys(one.value for one in texts)) for texts in found)


class OneSentence:
    """Takes each row as the sentence that it is; the library's own splitter is a download."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


@pytest.mark.parametrize("threads", [1, 3])
def test_each_core_has_batches_of_its_own_and_the_text_is_the_same(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    import ctranslate2

    made: list[Any] = []
    load = ctranslate2.Translator
    monkeypatch.setattr(
        "ctranslate2.Translator", lambda *a, **named: made.append(load(*a, **named)) or made[-1]
    )
    found = ArgosTranslator(
        packages=find_packages(PACKAGES), options=LoadOptions(threads=threads), max_batch_tokens=16
    )

    rows = say(found, ROWS, Language.KO)

    assert [decoder.num_translators for decoder in made] == [threads]
    assert rows == say(translator(), ROWS, Language.KO)


@pytest.mark.parametrize("slice_size", [1, 2, 512])
def test_progress_ends_at_one_and_never_falls(slice_size: int) -> None:
    seen: list[float] = []

    say(translator(slice_size=slice_size), ROWS, Language.KO, seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_no_rows_are_no_rows() -> None:
    assert say(translator(), (), Language.KO) == ()


def test_an_empty_row_stays_empty_and_the_others_where_they_are() -> None:
    rows = say(translator(), ("", "Yeah.", " "), Language.JA)

    assert (rows[0], rows[2]) == ("", "")
    assert rows[1] == say(translator(), ("Yeah.",), Language.JA)[0]


@pytest.fixture
def pivot_folder(tmp_path: Path) -> Path:
    """Packages en->ko and ko->ja, the second one English to Japanese under another label."""
    names = {path.path: path.target for path in find_packages(PACKAGES)}
    korean = next(path for path, target in names.items() if target == "ko")
    japanese = next(path for path, target in names.items() if target == "ja")
    shutil.copytree(korean, tmp_path / "en_ko")
    shutil.copytree(japanese, tmp_path / "ko_ja")
    metadata = json.loads((japanese / "metadata.json").read_text(encoding="utf-8"))
    relabelled = metadata | {"from_code": "ko", "from_name": "Korean"}
    (tmp_path / "ko_ja" / "metadata.json").write_text(json.dumps(relabelled), encoding="utf-8")
    return tmp_path


def test_without_a_direct_package_rows_go_through_a_neighbour(pivot_folder: Path) -> None:
    pivoting = translator(pivot_folder)

    rows = say(pivoting, ("Yeah.",), Language.JA)

    assert pivoting.describe(Language.JA).startswith("en->ko")
    korean = say(translator(), ("Yeah.",), Language.KO)
    assert rows == say(translator(), korean, Language.JA)


def test_candidates_differ_on_the_last_step_only(pivot_folder: Path) -> None:
    pivoting = translator(pivot_folder)

    found = candidates(pivoting, ("Yeah.",), Language.JA)

    korean = say(translator(), ("Yeah.",), Language.KO)
    assert found == candidates(translator(), korean, Language.JA)


def test_a_language_without_a_way_is_a_setup_error(pivot_folder: Path) -> None:
    with pytest.raises(SetupError, match="en -> zh"):
        say(translator(pivot_folder), ("Yeah.",), Language.ZH)


def test_a_package_with_a_broken_model_is_a_setup_error(pivot_folder: Path) -> None:
    (pivot_folder / "en_ko" / "model" / "model.bin").write_bytes(b"not a model")

    with pytest.raises(SetupError, match="en_ko"):
        say(translator(pivot_folder), ("Yeah.",), Language.KO)
