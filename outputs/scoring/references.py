"""Read references, which say what is right about an episode, in the formats of the speech field.

| format | each line | says |
|---|---|---|
| txt | words | what is said |
| stm | recording channel speaker start end [<label>] words | what is said, by whom and when |
| ctm | recording channel start duration word [confidence] | what is said |
| rttm | SPEAKER recording channel start duration <NA> <NA> speaker ... | who speaks when |
| pairs | English, then its translation (see `outputs.linepairs`) | what is said, and translated |
| srt, vtt | captions (see `audio.transcripts.timed_captions`) | what is said, perhaps by whom |
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from audio.files.source import read_file
from audio.transcripts.text_encoding import decode_text
from audio.transcripts.timed_captions import parse_captions
from audio.transcripts.transcript_cues import is_captions
from outputs.linepairs import parse_page
from outputs.scoring.reference_rows import Layout, read_rows
from podcast.errors import BadInputError
from podcast.language import TARGETS, Language
from podcast.timeline import Span

IGNORED = "ignore_time_segment_in_scoring"
"""In place of the words of an STM line: nobody knows what is said in this stretch."""
NOBODY = "inter_segment_gap"
"""In place of the speaker of an STM line: nobody speaks."""

_ALTERNATIVES = re.compile(r"\{([^{}/]*)/[^{}]*\}")
_TIMES = re.compile(r"\[\d\d:\d\d:\d\d\.\d{3} --> ")

_STM = Layout("recording channel speaker start end words", n_fields=5, n_splits=5)
_CTM = Layout("recording channel start duration word", n_fields=5)
_RTTM = Layout(
    "SPEAKER recording channel start duration <NA> <NA> speaker",
    n_fields=8,
    recording=1,
    kind="SPEAKER",
)


class ReferenceFormat(StrEnum):
    """A format of references, by its usual file name extension."""

    TXT = "txt"
    STM = "stm"
    CTM = "ctm"
    RTTM = "rttm"
    PAIRS = "pairs"
    SRT = "srt"
    VTT = "vtt"


_CAPTIONS = {ReferenceFormat.SRT, ReferenceFormat.VTT}


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person says in one stretch; the text is empty where the reference has none."""

    start: float
    end: float
    speaker: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference says about an episode.

    Attributes:
        name: Of the file.
        format: Of the file.
        text: All that is said, in time order; None where the reference does not say.
        utterances: Who speaks when, in time order; empty where the reference does not say.
        translations: One for each row; empty where the reference has none.
        language: Of the translations.
        ignored: Stretches that nothing may be measured in.
    """

    name: str
    format: ReferenceFormat
    text: str | None = None
    utterances: tuple[Utterance, ...] = ()
    translations: tuple[str, ...] = ()
    language: Language | None = None
    ignored: tuple[Span, ...] = ()


def load_reference(
    path: Path, format_: ReferenceFormat | None = None, language: Language | None = None
) -> Reference:
    """Read a reference from a file.

    Args:
        path: The file.
        format_: Its format; by default that of its name.
        language: Of its translations; by default that of its name, as in `ko.txt`.

    Raises:
        BadInputError: The file cannot be read, or its format cannot be told or is not kept.
    """
    data = read_file(path, str(path))
    language = language or language_of(path.name)
    format_ = format_ or format_of(path.name, language)
    try:
        text = decode_text(data) if format_ in _CAPTIONS else data.decode("utf-8-sig")
    except ValueError as error:
        raise BadInputError(f"{path} is not UTF-8 text. Convert it to UTF-8.") from error
    return parse_reference(text, path.name, format_, language)


def parse_reference(
    text: str, name: str, format_: ReferenceFormat, language: Language | None = None
) -> Reference:
    """Read a reference.

    Args:
        text: The content of the file.
        name: What to call it in an error.
        format_: Its format.
        language: Of its translations, where it has any.

    Raises:
        BadInputError: A line does not follow the format, or there is nothing to compare with.
    """
    reference = _PARSERS[format_](text.replace("\r\n", "\n"), name, language)
    if not (reference.text and reference.text.strip()) and not reference.utterances:
        raise BadInputError(f"{name} holds nothing to compare with as {format_.value}.")
    return reference


def format_of(name: str, language: Language | None) -> ReferenceFormat:
    """Tell the format from a file name; a `.txt` with a target language is a line-pair text.

    Raises:
        BadInputError: The name does not tell.
    """
    extension = Path(name).suffix.lower().removeprefix(".")
    if extension == ReferenceFormat.TXT and language is not None:
        return ReferenceFormat.PAIRS
    try:
        return ReferenceFormat(extension)
    except ValueError:
        formats = ", ".join(ReferenceFormat)
        raise BadInputError(
            f"The name {name!r} does not tell the format of the reference. Say it with --format: "
            f"{formats}."
        ) from None


def language_of(name: str) -> Language | None:
    """Tell the target language from a file name such as `ko.txt` or `page.zh-Hans.txt`."""
    code = Path(name).stem.rpartition(".")[2].lower()
    known = {t.value: t for t in TARGETS} | {t.tag.lower(): t for t in TARGETS}
    return known.get(code)


def _parse_txt(text: str, name: str, _language: Language | None) -> Reference:
    if _TIMES.search(text):
        raise BadInputError(
            f"{name} holds times, so it is no plain text. "
            "Give the page without them, such as ko.txt, or remove them."
        )
    if is_captions(text):
        raise BadInputError(f"{name} holds captions. Read it with --format srt.")
    return Reference(name, ReferenceFormat.TXT, text=text)


def _parse_pairs(text: str, name: str, language: Language | None) -> Reference:
    if language is None:
        raise BadInputError(
            f"The name {name!r} does not tell the language of the translations. Say it with "
            "--language."
        )
    pairs = parse_page(text, name).pairs
    return Reference(
        name,
        ReferenceFormat.PAIRS,
        text="\n".join(english for english, _ in pairs),
        translations=tuple(translation for _, translation in pairs),
        language=language,
    )


def _parse_stm(text: str, name: str, _language: Language | None) -> Reference:
    utterances: list[Utterance] = []
    ignored: list[Span] = []
    for row in read_rows(text, name, _STM):
        start, end = row.time(3), row.time(4)
        if end < start:
            raise row.error("it ends before it starts")
        words = "".join(row.fields[5:])
        if IGNORED in words.lower():
            ignored.append(Span(start, end))
        elif row.fields[2] != NOBODY:
            # Of several ways to write a word, {ok / okay}, the first one counts.
            said = _ALTERNATIVES.sub(r"\1", words)
            utterances.append(Utterance(start, end, row.fields[2], said))
    utterances.sort(key=lambda utterance: utterance.start)
    return Reference(
        name,
        ReferenceFormat.STM,
        text=" ".join(utterance.text for utterance in utterances),
        utterances=tuple(utterances),
        ignored=tuple(ignored),
    )


def _parse_ctm(text: str, name: str, _language: Language | None) -> Reference:
    words = sorted(
        ((row.time(2), row.fields[4]) for row in read_rows(text, name, _CTM)),
        key=lambda word: word[0],
    )
    return Reference(name, ReferenceFormat.CTM, text=" ".join(word for _, word in words))


def _parse_rttm(text: str, name: str, _language: Language | None) -> Reference:
    utterances = []
    for row in read_rows(text, name, _RTTM):
        start, duration = row.time(3), row.time(4)
        if duration:
            utterances.append(Utterance(start, start + duration, row.fields[7]))
    utterances.sort(key=lambda utterance: utterance.start)
    return Reference(name, ReferenceFormat.RTTM, utterances=tuple(utterances))


def _parse_captions(
    text: str, name: str, _language: Language | None, format_: ReferenceFormat
) -> Reference:
    captions = parse_captions(text, name)
    utterances = tuple(Utterance(c.start, c.end, c.speaker, c.text) for c in captions)
    is_named = any(caption.speaker for caption in captions)
    return Reference(
        name,
        format_,
        text=" ".join(caption.text for caption in captions),
        utterances=utterances if is_named else (),
    )


_Parse = Callable[[str, str, Language | None], Reference]

_PARSERS: dict[ReferenceFormat, _Parse] = {
    ReferenceFormat.TXT: _parse_txt,
    ReferenceFormat.STM: _parse_stm,
    ReferenceFormat.CTM: _parse_ctm,
    ReferenceFormat.RTTM: _parse_rttm,
    ReferenceFormat.PAIRS: _parse_pairs,
    ReferenceFormat.SRT: partial(_parse_captions, format_=ReferenceFormat.SRT),
    ReferenceFormat.VTT: partial(_parse_captions, format_=ReferenceFormat.VTT),
}
