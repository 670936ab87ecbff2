"""Choose the pieces into which a package's sentencepiece model cuts both languages."""

import io
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import sentencepiece

from demo.training import grammar
from demo.training.translation.examples import forms_of

UNKNOWN, START, END = 0, 1, 2
SPACE = "▁"

_MOST_PIECES = 2_000
_ZEROS = ("00", "000")
_WORD = re.compile(rf"{SPACE}?[^\W\d_]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A sentencepiece model shared by the source and the target language.

    Attributes:
        serialized: The model as the bytes of its file.
        pieces: Every piece in the order of its id.
    """

    serialized: bytes
    pieces: tuple[str, ...]
    _processor: Any

    @classmethod
    def from_bytes(cls, serialized: bytes) -> Self:
        """Load a serialized sentencepiece model."""
        processor = sentencepiece.SentencePieceProcessor(model_proto=serialized)
        pieces = tuple(processor.id_to_piece(i) for i in range(processor.get_piece_size()))
        return cls(serialized, pieces, processor)

    def encode(self, text: str) -> list[int]:
        """Cut a text into the ids of its pieces."""
        ids: list[int] = self._processor.encode(text)
        return ids

    def save(self, path: Path) -> None:
        """Write the model file that the package's tokenizer reads."""
        path.write_bytes(self.serialized)


def build_vocabulary(sentences: Sequence[grammar.Sentence], language: str) -> Vocabulary:
    """Make pieces of the English words and of the grammar's words in ``language``.

    Whatever else turns up is spelt in characters: digits above all, so that a number never seen
    in training is still copied digit by digit. Only zeros come in runs, because the translation
    of "7 million" has to get their number right. Statistically learnt pieces served this small
    grammar badly: they glued half of a frequent sentence together and spelt the rare words out.

    The text is taken as it is: sentencepiece's usual normalisation would turn the full-width
    punctuation of Chinese and Japanese into ASCII.
    """
    english = [sentence.en for sentence in sentences]
    translations = [getattr(sentence, language) for sentence in sentences]
    words = _english_words(english) | _target_words(language)
    return train_pieces(itertools.chain(english, translations), [*_ZEROS, *sorted(words)])


def train_pieces(
    texts: Iterable[str], words: Sequence[str], most: int = _MOST_PIECES
) -> Vocabulary:
    """Make pieces of some words and of the characters of some texts.

    Args:
        texts: Whatever else turns up in them is spelt.
        words: Pieces that are always whole.
        most: More pieces than there will be.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="char",
        user_defined_symbols=list(words),
        vocab_size=most,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
    )
    return Vocabulary.from_bytes(model.getvalue())


def _english_words(texts: Iterable[str]) -> set[str]:
    return {SPACE + word for text in texts for word in _WORD.findall(text)}


def _target_words(language: str) -> set[str]:
    """Cut the grammar's forms in one language at slots, spaces, digits and punctuation."""
    entries = itertools.chain.from_iterable(grammar.categories().values())
    forms = {form for entry in entries for form in forms_of(entry, language)}
    if language == "ko":  # the other two are written without spaces
        forms = {SPACE + form.replace(" ", SPACE) for form in forms}
    parts = {part for form in forms for part in grammar.SLOT.sub("\n", form).split("\n")}
    return {word for part in parts for word in _WORD.findall(part) if len(word) > 1}
