"""Rows through folders of CTranslate2: real models, tiny and known by heart."""

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from podcast.errors import SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from tests.translation.engines.tiny_marian import convert, train_pieces
from translation.conversation import SourceRow, Style
from translation.engines.ct2 import Ct2Folder, refer
from translation.engines.translator import Translator

pytestmark = pytest.mark.model

ENGLISH = ("Yes.", "No.", "Hello.")
KOREAN = ("네.", "아니요.", "안녕하세요.")
JAPANESE = ("はい。", "いいえ。", "こんにちは。")


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model into Korean with two vocabularies, as OPUS-MT's and quickmt's have."""
    folder = tmp_path_factory.mktemp("ct2") / "opus-mt-tiny"
    work = folder.parent
    source = train_pieces(ENGLISH, work / "source.spm")
    target = train_pieces(KOREAN, work / "target.spm")
    rows = [
        (source.encode(english, out_type=str), target.encode(korean, out_type=str))
        for english, korean in zip(ENGLISH, KOREAN, strict=True)
    ]
    convert(rows, [_tokens(row[0] for row in rows), _tokens(row[1] for row in rows)], folder, 0)
    for path in (work / "source.spm", work / "target.spm"):
        path.rename(folder / path.name)
    return folder


@pytest.fixture(scope="session")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of two languages with NLLB's tokens and one SentencePiece file."""
    folder = tmp_path_factory.mktemp("ct2") / "nllb-tiny"
    pieces = train_pieces((*ENGLISH, *KOREAN, *JAPANESE), folder.parent / "pieces.model")
    rows = [
        (
            ["eng_Latn", *pieces.encode(english, out_type=str)],
            [code, *pieces.encode(text, out_type=str)],
        )
        for code, texts in (("kor_Hang", KOREAN), ("jpn_Jpan", JAPANESE))
        for english, text in zip(ENGLISH, texts, strict=True)
    ]
    convert(rows, [_tokens(side for row in rows for side in row)], folder, 1)
    (folder.parent / "pieces.model").rename(folder / "sentencepiece.bpe.model")
    return folder


def _tokens(sides: Iterable[Sequence[str]]) -> list[str]:
    return sorted({token for side in sides for token in side})


@pytest.fixture
def copy(pair: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pair, tmp_path / "model"))


def say(
    translator: Translator, texts: Sequence[str], target: Language = Language.KO
) -> tuple[str, ...]:
    rows = [*map(SourceRow, texts)]
    answers = translator.translate(rows, target, Style(), lambda _: None)
    return tuple(answer.text for answer in answers)


def test_a_pair_with_two_vocabularies_says_its_rows_in_order(pair: Path) -> None:
    translator = Ct2Folder(pair).load(LoadOptions())

    assert say(translator, (*ENGLISH, "", "Yes.")) == (*KOREAN, "", "네.")
    assert translator.describe(Language.KO) == "opus-mt-tiny (one language)"


@pytest.mark.parametrize(("target", "texts"), [(Language.KO, KOREAN), (Language.JA, JAPANESE)])
def test_a_model_of_several_languages_is_asked_for_one_by_its_token(
    family: Path, target: Language, texts: tuple[str, ...]
) -> None:
    assert say(Ct2Folder(family).load(LoadOptions()), ENGLISH, target) == texts


def test_other_answers_differ_and_have_scores(pair: Path) -> None:
    translator = Ct2Folder(pair).load(LoadOptions())
    (found,) = translator.retry([SourceRow("Hello.")], Language.KO, Style(), lambda _: None)

    assert found[0].text == "안녕하세요."
    assert len({answer.text for answer in found}) == len(found) > 1
    scores = [answer.score for answer in found if answer.score is not None]
    assert -0.5 < scores[0] <= 0


def test_a_row_too_long_for_the_model_has_no_answer_and_the_others_have(pair: Path) -> None:
    assert say(Ct2Folder(pair).load(LoadOptions()), ("Yes. " * 200, "No.")) == ("", "아니요.")


@pytest.mark.parametrize("target", [Language.JA, Language.ZH])
def test_a_language_that_the_model_does_not_write_is_refused(pair: Path, target: Language) -> None:
    with pytest.raises(SetupError, match=f"opus-mt-tiny does not write {target.label}"):
        Ct2Folder(pair).load(LoadOptions()).describe(target)


def test_a_language_that_a_family_has_no_token_for_is_refused(family: Path) -> None:
    with pytest.raises(SetupError, match="does not write Chinese"):
        Ct2Folder(family).load(LoadOptions()).describe(Language.ZH)


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (("__ko__", "__en__"), "M2M100, __ko__"),
        (("<2ko>",), "MADLAD, <2ko>"),
        ((">>kor<<", ">>jpn<<"), "OPUS-MT, >>kor<<"),
        (("kor_Hang", "fra_Latn"), "NLLB, kor_Hang"),
    ],
)
def test_a_family_is_told_by_its_tokens(tokens: tuple[str, ...], said: str, copy: Path) -> None:
    path = copy / "source_vocabulary.json"
    path.write_text(json.dumps([*json.loads(path.read_text()), *tokens]), encoding="utf-8")

    assert said in Ct2Folder(copy).load(LoadOptions()).describe(Language.KO)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("model.bin", "model.bin is missing"),
        ("source.spm", "no SentencePiece file"),
        ("target.spm", "no SentencePiece file"),
        ("target_vocabulary.json", "no vocabulary of its target"),
        ("config.json", "config.json is missing"),
    ],
)
def test_a_folder_that_lacks_a_file_says_which(copy: Path, name: str, says: str) -> None:
    (copy / name).unlink()

    with pytest.raises(SetupError, match=says):
        Ct2Folder(copy).load(LoadOptions())


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "config.json"])
def test_a_cut_file_is_one_error_that_names_the_folder(copy: Path, name: str) -> None:
    whole = (copy / name).read_bytes()
    (copy / name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(SetupError, match=str(copy)):
        say(Ct2Folder(copy).load(LoadOptions()), ("Yes.",))


@pytest.mark.parametrize("name", ["source.spm", "target.spm"])
def test_a_file_that_cuts_rows_otherwise_is_named_before_the_run(copy: Path, name: str) -> None:
    (copy / name).unlink()
    train_pieces(("Ωμέγα ψάρι.", "Θάλασσα ξύλο."), copy / name)

    with pytest.raises(SetupError, match=f"{name} is no SentencePiece file, or another model's"):
        Ct2Folder(copy).load(LoadOptions())


@pytest.mark.parametrize("tokens", [5, {}, [], [1, 2], [None]])
def test_a_vocabulary_that_is_none_is_named(copy: Path, tokens: object) -> None:
    (copy / "source_vocabulary.json").write_text(json.dumps(tokens))

    with pytest.raises(SetupError, match="no vocabulary of its source"):
        Ct2Folder(copy).load(LoadOptions())


@pytest.mark.parametrize(
    "name", ["model.safetensors", "model-00001-of-00002.safetensors", "pytorch_model.bin"]
)
def test_weights_that_are_not_converted_are_named_with_the_program_that_does_it(
    copy: Path, name: str
) -> None:
    (copy / "model.bin").rename(copy / name)

    with pytest.raises(SetupError, match=rf"{name} is not converted: ct2-transformers-converter"):
        Ct2Folder(copy).load(LoadOptions())


def test_a_model_that_only_goes_on_with_a_text_is_sent_to_a_server(copy: Path) -> None:
    weights = (copy / "model.bin").read_bytes()
    kind, other = b"TransformerSpec\0", b"TransformerDecoderSpec\0"
    named = len(kind).to_bytes(2, "little") + kind
    assert named in weights
    (copy / "model.bin").write_bytes(
        weights.replace(named, len(other).to_bytes(2, "little") + other, 1)
    )

    with pytest.raises(SetupError, match="llm:MODEL"):
        Ct2Folder(copy).load(LoadOptions())


@pytest.mark.parametrize(
    ("card", "licence", "warns"),
    [
        ("---\nlicense: cc-by-nc-4.0\n---\n", "cc-by-nc-4.0, not for commercial use", True),
        ("---\nlicense: 'apache-2.0'\n---\n", "apache-2.0", False),
        ("---\nlicense: cc-by-4.0\n---\n", "cc-by-4.0", False),
        ("No card", "", False),
    ],
)
def test_a_licence_that_forbids_commerce_is_said(
    copy: Path, card: str, licence: str, *, warns: bool, caplog: pytest.LogCaptureFixture
) -> None:
    (copy / "README.md").write_text(card, encoding="utf-8")
    folder = Ct2Folder(copy)
    folder.load(LoadOptions())

    assert folder.licence() == licence
    assert ("not for commercial use" in caplog.text) == warns


def test_no_folder_is_refused() -> None:
    with pytest.raises(SetupError, match="ct2:FOLDER"):
        refer(None)
    with pytest.raises(SetupError, match="no folder /nowhere"):
        refer("/nowhere").load(LoadOptions())
