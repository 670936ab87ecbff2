"""Translate rows through a folder of CTranslate2: OPUS-MT, quickmt, NLLB, M2M100 or MADLAD."""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from podcast.errors import SetupError
from podcast.files.model_files import check_ctranslate2, check_json
from podcast.language import Language
from podcast.model_errors import loading
from podcast.model_reference import LoadOptions, ModelFolder
from translation.conversation import Candidates
from translation.engines.batch_decoding import BatchDecoder, Decoding, RowTranslator, open_model

logger = logging.getLogger(__name__)

SOURCE_PIECES = ("src.spm.model", "source.spm")
TARGET_PIECES = ("tgt.spm.model", "target.spm")
SHARED_PIECES = (
    *("joint.spm.model", "sentencepiece.bpe.model", "spiece.model", "sentencepiece.model"),
    *("spm.model", "tokenizer.model"),
)
"""SentencePiece files under the names that the families give them."""

OTHERS = ("*.safetensors", "pytorch_model*.bin", "*.gguf", "*.npz", "*.pt")
"""Weights in forms that CTranslate2 does not load."""

LEAST_KNOWN = 0.5
"""Share of the pieces of its SentencePiece file that the vocabulary of a model has at least."""

END = "</s>"
MOST_TOKENS = 400
"""Of a row; a longer one has no answer here and goes on clause by clause. The models know 512."""

LICENCE = re.compile(r"^licen[cs]e:\s*[\"']?([^\s\"'#]+)", re.MULTILINE | re.IGNORECASE)
FORBIDS = "not for commercial use"
NON_COMMERCIAL = re.compile(r"(?:^|-)nc(?:-|$)|non-?commercial", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Family:
    """Models of several languages, which are told by a token which one is wanted.

    Attributes:
        name: As people call it.
        codes: The token of each language.
        source: The token of English, before a row.
        marks_source: The token of the language stands before the row and not before the answer.
    """

    name: str
    codes: Mapping[Language, str]
    source: str = ""
    marks_source: bool = False


FAMILIES = (
    Family(
        "NLLB",
        {Language.KO: "kor_Hang", Language.ZH: "zho_Hans", Language.JA: "jpn_Jpan"},
        "eng_Latn",
    ),
    Family(
        "M2M100", {Language.KO: "__ko__", Language.ZH: "__zh__", Language.JA: "__ja__"}, "__en__"
    ),
    Family(
        "MADLAD",
        {Language.KO: "<2ko>", Language.ZH: "<2zh>", Language.JA: "<2ja>"},
        marks_source=True,
    ),
    Family(
        "OPUS-MT",
        {Language.KO: ">>kor<<", Language.ZH: ">>cmn_Hans<<", Language.JA: ">>jpn<<"},
        marks_source=True,
    ),
)
PAIR = Family("one language", {})
"""A model from English into one language, which needs no token."""


def refer(place: Path | str | None) -> "Ct2Folder":
    """Choose a folder.

    Raises:
        SetupError: None is named.
    """
    if place is None:
        raise SetupError("ct2 needs the folder of a model: write ct2:FOLDER.")
    return Ct2Folder(Path(place).expanduser().resolve())


@dataclass(frozen=True, slots=True)
class Ct2Folder(ModelFolder):
    """A folder with model.bin, config.json, vocabularies and one or two SentencePiece files."""

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with its files, without loading them."""
        if not self.folder.is_dir():
            return (f"there is no folder {self.folder}",)
        weights = self.folder / "model.bin"
        others = next((path for form in OTHERS for path in self.folder.glob(form)), None)
        if others and not weights.exists():
            return (f"{others} is not converted: ct2-transformers-converter makes model.bin of it",)
        found = tuple(check_ctranslate2(weights, "TransformerSpec"))
        if any("DecoderSpec" in problem for problem in found):
            return (f"{weights} only goes on with a text. Ask it through a server, as llm:MODEL",)
        return (*found, *check_json(self.folder / "config.json"), *self._tokens_missing())

    def _tokens_missing(self) -> Iterator[str]:
        """Say what keeps rows from becoming tokens that the model knows."""
        if not self.pieces():
            yield f"{self.folder} has no SentencePiece file"
        for side, path in zip(("source", "target"), self.pieces(), strict=False):
            known, pieces = self.vocabulary(side), _pieces_in(path)
            if not known:
                yield f"{self.folder} has no vocabulary of its {side}"
            elif len(pieces & known) < LEAST_KNOWN * len(pieces) or not pieces:
                yield f"{path} is no SentencePiece file, or another model's"

    def licence(self) -> str:
        """See `Licensed.licence`: what the model's card names."""
        try:
            found = LICENCE.search((self.folder / "README.md").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        name = found[1] if found else ""
        return f"{name}, {FORBIDS}" if NON_COMMERCIAL.search(name) else name

    def load(self, options: LoadOptions) -> "Ct2Translator":
        """See `ModelReference.load`."""
        if problems := self.problems():
            raise SetupError(
                f"The CTranslate2 model {self.folder} cannot be used: {'; '.join(problems)}. "
                "docs/translators.md says which files it takes, and how they are made."
            )
        if FORBIDS in self.licence():
            logger.warning("%s: its licence is %s", self.folder.name, self.licence())
        return Ct2Translator(folder=self, options=options)

    def vocabulary(self, side: str) -> frozenset[str]:
        """Return the tokens of one side, "source" or "target"; none where they cannot be read."""
        sides = (f"{name}_vocabulary" for name in (side, "shared"))
        path = self._first([f"{name}.{kind}" for name in sides for kind in ("json", "txt")])
        try:
            text = path.read_text(encoding="utf-8") if path else ""
            tokens = json.loads(text) if path and path.suffix == ".json" else text.split("\n")
            return frozenset(token for token in tokens if token and isinstance(token, str))
        except (OSError, ValueError, TypeError):
            return frozenset()

    def pieces(self) -> tuple[Path, ...]:
        """Return the SentencePiece files of source and target, maybe the same; none if missing."""
        shared = self._first(SHARED_PIECES)
        found = [self._first(SOURCE_PIECES) or shared, self._first(TARGET_PIECES) or shared]
        return tuple(path for path in found if path) if all(found) else ()

    def adds_end(self) -> bool:
        """Say whether CTranslate2 marks the end of a row itself."""
        return bool(json.loads((self.folder / "config.json").read_bytes()).get("add_source_eos"))

    def _first(self, names: Sequence[str]) -> Path | None:
        return next((self.folder / name for name in names if (self.folder / name).is_file()), None)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A loaded model.

    Attributes:
        model: CTranslate2's translator.
        source: SentencePiece of English.
        target: SentencePiece of the other languages.
        end: What is to be put after a row.
    """

    model: Any
    source: Any
    target: Any
    end: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Ct2Translator(RowTranslator):
    """An encoder-decoder, loaded when it is first needed.

    Attributes:
        folder: Where it is.
        options: What it is loaded on.
    """

    folder: Ct2Folder
    options: LoadOptions = LoadOptions()  # noqa: RUF009  it is frozen
    _opened: _Opened | None = None
    _decoders: dict[Language, BatchDecoder] = field(default_factory=dict)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        family, code = self._family(target)
        return f"{self.folder.folder.name} ({family.name}{f', {code}' if code else ''})"

    def _decode(
        self, texts: Sequence[str], target: Language, decoding: Decoding
    ) -> list[Candidates]:
        if target not in self._decoders:
            self._decoders[target] = self._decoder(target)
        decoder = self._decoders[target]
        fits = [text for text in texts if len(decoder.encode(text)) <= MOST_TOKENS]
        found = decoder.candidates(fits, decoding, self.max_batch_tokens)
        known = dict(zip(fits, found, strict=True))
        return [known.get(text, ()) for text in texts]

    def _decoder(self, target: Language) -> BatchDecoder:
        family, code = self._family(target)
        self._opened = opened = self._opened or _open(self.folder, self.options)
        before = (code,) if family.marks_source else (family.source,) if family.source else ()
        prefix = (code,) if code and not family.marks_source else ()

        def encode(text: str) -> list[str]:
            return [*before, *opened.source.encode(text, out_type=str), *opened.end]

        def decode(tokens: list[str]) -> str:
            return str(opened.target.decode([token for token in tokens if token not in prefix]))

        return BatchDecoder(opened.model, encode, decode, prefix)

    def _family(self, target: Language) -> tuple[Family, str]:
        """Return the family and the token that asks for a language; empty where there is one only.

        Raises:
            SetupError: The model does not write that language.
        """
        tokens, script = self.folder.vocabulary("source"), target.profile.script
        families = (family for family in FAMILIES if tokens & set(family.codes.values()))
        family = next(families, PAIR)
        code = family.codes.get(target, "")
        letters = re.compile(f"[{script.needed or script.own}]")
        is_written = any(map(letters.search, self.folder.vocabulary("target")))
        if not is_written or (family.codes and code not in tokens):
            raise SetupError(
                f"The model {self.folder.folder} does not write {target.label}. Name another one "
                f"for it, such as {target.value}=ct2:FOLDER."
            )
        return family, code


def _pieces_in(path: Path) -> frozenset[str]:
    """Return the pieces that a SentencePiece file cuts rows into; none if it is none."""
    from sentencepiece import SentencePieceProcessor

    try:
        pieces = SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError):
        return frozenset()
    return frozenset(map(pieces.id_to_piece, range(pieces.get_piece_size())))


def _open(folder: Ct2Folder, options: LoadOptions) -> _Opened:
    from sentencepiece import SentencePieceProcessor

    with loading(f"The CTranslate2 model {folder.folder}", "Convert or copy it again."):
        source, target = (SentencePieceProcessor(model_file=str(p)) for p in folder.pieces())
        end = () if folder.adds_end() else (END,)
        return _Opened(open_model(folder.folder, options), source, target, end)
