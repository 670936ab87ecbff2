"""List the lines that a person should look at: where each is, why, and what mends it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from outputs.markup.escaping import escape_markdown, markdown_table
from outputs.markup.timestamps import clock
from outputs.record.quality_types import LineToCheck, Quality, Reason
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.transcript import Fault, Line, Made

WHY_ENGLISH = {
    "words": "some word is likely wrong: {}",
    "fast": "nobody speaks as fast: {}",
    "speaker": "somebody else may say it: {}",
    "glossary": "a term of the glossary stands in it; what was recognised: {}",
}
"""Why the English, or its speaker, is doubtful, as a sentence."""

WHY: Mapping[str, str] = {
    Fault.NUMBER: "missing, or another number: {}",
    Fault.INVENTED: "the English does not say: {}",
    Fault.LOOP: "goes round in circles: {}",
    Fault.NEGATION: "nothing in it says: {}",
    Fault.ENGLISH: "English is left standing: {}",
    Fault.LITERAL: "must stay as it is: {}",
    Fault.TERM: "the glossary wants: {}",
    Fault.NAME: "missing name: {}",
    Fault.QUESTION: "asks nothing, and the English does",
    Fault.SCRIPT: "has letters of another language, or hardly any of its own: {}",
    Fault.COPIED: "is the English once more",
    Fault.LENGTH: "its length cannot be right: {}",
    Fault.EMPTY: "the model gave nothing back",
    "English kept": "English kept, for no translation passed the checks",
    "unsure": "the translator doubts it: {}",
}
"""What a check found, or the translator says itself, as a sentence about a translation."""

OF_THE_GLOSSARY = ("glossary", Fault.NAME, Fault.TERM)
"""What another glossary mends, in all episodes of the show."""

NONE = "–"


def lines_to_check(record: EpisodeRecord, quality: Quality) -> str:
    """Lay out the lines as a table, the most harmful first, with the command that mends each."""
    if not quality.to_check:
        return "None: no stage had a doubt about any line."
    lines = {line.id: line for line in record.lines}
    names = {speaker.id: speaker.name for speaker in record.speakers}
    rows = (
        (
            line_link(line, _language(found, record)),
            escape_markdown(names.get(line.speaker, "")) or NONE,
            escape_markdown(line.text),
            "<br>".join(_translations(found, line)) or NONE,
            "<br>".join(map(escape_markdown, whys(found.reasons))),
            f"`{_command(found)}`",
        )
        for found in quality.to_check
        for line in [lines[found.line]]
    )
    heads = ("Line", "Speaker", "English", "Translation", "Why", "What mends it")
    left_out = quality.n_to_check - len(quality.to_check)
    more = f"\n\nAnd {left_out:,} more that are less serious." if left_out else ""
    return f"{_intro(quality)}\n\n{markdown_table(heads, rows)}{more}"


def line_link(line: Line, code: str) -> str:
    """Say when a line is, linked to it on the page of a language; no link where there is none."""
    place = escape_markdown(f"{clock(line.start)}, {line.id}")
    return f"[{place}]({code}.html#{quote(line.id, safe='')})" if code else place


def whys(reasons: Iterable[Reason]) -> Iterator[str]:
    """Say in sentences why to look at a line: "ko, ja: English is left standing: camel"."""
    details: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        kind, _, detail = reason.says.partition(": ")
        details.setdefault((reason.language, kind), []).append(detail)
    languages: dict[str, list[str]] = {}
    for (language, kind), found in details.items():
        said = _sentence(language, kind, ", ".join(filter(None, found)))
        languages.setdefault(said, []).append(language)
    for said, codes in languages.items():
        yield f"{', '.join(codes)}: {said}" if any(codes) else said


def _sentence(language: str, kind: str, detail: str) -> str:
    known = (WHY if language else WHY_ENGLISH).get(kind)
    if known is None:
        return f"{kind}: {detail}" if detail else kind
    return known.replace("{}", detail)


def _language(found: LineToCheck, record: EpisodeRecord) -> str:
    """Return the language that the first reason of a translation concerns, else the first one."""
    concerned = (reason.language for reason in found.reasons if reason.language)
    return next(concerned, next(iter(record.titles), ""))


def _intro(quality: Quality) -> str:
    text = (
        "The most harmful first. The commands are for the folder of this report, with the right "
        "words in place of “…”; later runs keep them, and English that is changed is translated "
        "again."
    )
    if any(_kind(reason) in OF_THE_GLOSSARY for x in quality.to_check for reason in x.reasons):
        return (
            f"{text} A name or term that is wrong again and again belongs in the glossary of the "
            "show, and the deployment `retranslate` brings it into what is published."
        )
    return text


def _translations(found: LineToCheck, line: RecordedLine) -> Iterator[str]:
    """Show the translations that a reason concerns, all where none does, and no kept English."""
    concerned = [r.language for r in found.reasons if r.language] or line.translations
    for code in dict.fromkeys(concerned):
        row = line.translations[code]
        if row.made != Made.SOURCE:
            yield f"{code}: {escape_markdown(row.text)}"


def _command(found: LineToCheck) -> str:
    options = " ".join(f'--{option} "…"' for option in dict.fromkeys(_options(found.reasons)))
    return f"interlinear correct . {found.line} {options}"


def _options(reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield what is to be given; right English gets another translation by itself."""
    english = {_kind(reason) for reason in reasons if not reason.language}
    if english - {"speaker"}:
        yield "text"
    if "speaker" in english:
        yield "speaker"
    if not english - {"speaker"}:
        yield from (reason.language for reason in reasons if reason.language)


def _kind(reason: Reason) -> str:
    return reason.says.partition(":")[0]
