"""Write the quality report of an episode: Markdown with what a person should know and look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from outputs.markup.escaping import escape_markdown, markdown_table
from outputs.markup.timestamps import clock
from outputs.quality.measures import SURE_SPEAKER, quality_of
from outputs.record.episode_record import origin_of_words
from outputs.record.quality_types import LanguageQuality, LineToCheck, Quality, Reason, SpeakerShare
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.coverage import Coverage, UnheardSpeech
from podcast.language import Language
from podcast.timeline import overlap
from podcast.transcript import Made

MADE_BY: Mapping[str, str] = {
    Made.GIVEN: "given by hand",
    Made.CORRECTED: "corrected by hand",
    Made.TABLE: "fixed phrase",
    Made.MODEL: "model, first try",
    Made.RETRIED: "model, tried again",
    Made.STAND_INS: "model, with stand-ins for terms",
    Made.CLAUSES: "model, clause by clause",
    Made.SOURCE: "English kept",
}
"""Ways in which a translation is made, the most trusted first, in words."""

CHECKS = {
    "number": "a number is missing or wrong",
    "invented": "something is said that the English does not say",
    "loop": "the text goes round in circles",
    "negation": "a negation may be lost",
    "english": "English is left standing",
    "literal": "code or an address is not as it was",
    "term": "a term of the glossary is missing",
    "name": "a name is missing",
    "question": "a question may be none any more",
    "script": "letters are not those of the language",
    "copied": "the English came back",
    "length": "too much or too little is said",
    "empty": "the model gave nothing back",
}

WHY = {
    "number": "{} is missing or is another number",
    "invented": "the English does not say: {}",
    "loop": "goes round in circles: {}",
    "negation": "nothing in it says “{}”",
    "english": "English is left standing: {}",
    "literal": "{} must stay as it is",
    "term": "the glossary wants {}",
    "name": "the name {} is missing",
    "question": "asks nothing, and the English does",
    "script": "has letters of another language, or hardly any of its own: {}",
    "copied": "is the English once more",
    "length": "its length cannot be right: {}",
    "empty": "the model gave nothing back",
}
"""What a check found, as a sentence about a translation."""

NONE = "–"

BRIEF_VOICE = 1.0
"""Seconds. Whoever says less in all may be another speaker's voice."""

# Not every reader of Markdown takes a backslash before these, a table least of all before "|".


def render_report(record: EpisodeRecord) -> str:
    """Write the report of an episode."""
    quality = quality_of(record)
    made = {code: language.rungs for code, language in quality.languages.items()}
    failed = {code: language.failed for code, language in quality.languages.items()}
    sections = [
        _head(record, quality),
        _speakers(quality),
        _by_language("Where the translations come from", "Made by", made, MADE_BY),
        _by_language("What the checks found", "Rows in which", failed, CHECKS),
        _titles(record),
        _counts("Words that are in no line", ("Reason", "Words"), quality.dropped),
        _counts("Flags", ("Flag", "Lines"), quality.flags),
        _to_check(record, quality),
        _unused(record),
        _uncertain(record, quality),
        _captions(quality),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(record: EpisodeRecord, quality: Quality) -> str:
    """Say what is missing before anything else."""
    title = f"# Quality of {escape_markdown(record.title)}"
    figures = markdown_table(("", ""), _headlines(record, quality))
    if unheard := unheard_section(record):
        return f"{title}\n\n{unheard}\n\n{_section('In figures', figures)}"
    return f"{title}\n\n{figures}"


def unheard_section(record: EpisodeRecord) -> str:
    """List what is spoken and is not in the transcript; nothing where all of it is."""
    quality = quality_of(record)
    names = {speaker.id: speaker.name for speaker in record.speakers}

    def name(speaker: str) -> str:
        return escape_markdown(names.get(speaker, speaker)) or NONE

    unheard = record.coverage.unheard if record.coverage else ()
    rows = [
        *unheard,
        *(
            UnheardSpeech(turn.start, turn.end, turn.speaker, "a turn without a line")
            for turn in quality.turns_without_line
            if not any(overlap(turn, gap) > 0 for gap in unheard)
        ),
    ]
    table = markdown_table(
        ("Time", "Seconds", "Speaker", "Why"),
        (
            (
                clock(gap.start),
                f"{gap.end - gap.start:.1f}",
                name(gap.speaker),
                escape_markdown(gap.reason),
            )
            for gap in sorted(rows, key=lambda gap: gap.start)
        ),
        "lrll",
    )
    silent = ", ".join(map(name, quality.speakers_without_line))
    parts = [table] if rows else []
    parts += [f"Speakers without a line: {silent}."] if silent else []
    return _section("Speech that has no words", "\n\n".join(parts)) if parts else ""


def _headlines(record: EpisodeRecord, quality: Quality) -> Iterator[Sequence[str]]:
    partial = " (the file broke off)" if record.recording.is_partial else ""
    words, speakers = quality.mean_word_probability, quality.mean_speaker_confidence
    yield "Show", escape_markdown(record.show)
    yield "Recording", clock(record.recording.duration) + partial
    yield "Lines", f"{quality.lines:,} with {quality.words:,} words"
    if origin := origin_of_words(record):
        yield "Words", escape_markdown(origin)
    yield "Speakers", f"{len(quality.speakers):,}"
    if record.coverage is not None:
        yield from _covered(record.coverage, quality.unheard_share or 0.0)
    yield "Time with a line", f"{quality.speech_share:.0%}"
    yield (
        "Longest pause",
        f"{clock(quality.longest_gap)}, from {clock(quality.longest_gap_start)}",
    )
    yield "Sure of the words", f"{words:.0%} on average"
    yield (
        "Sure of the speakers",
        f"{speakers:.0%} on average; lines below {SURE_SPEAKER:.0%}: {quality.unsure_speakers:,}",
    )
    for code, language in quality.languages.items():
        yield _label(code), _outcome(language, quality.lines)
    yield "Words in no line", f"{sum(quality.dropped.values()):,}"
    yield "Lines to look at", f"{quality.n_to_check:,}"


def _covered(coverage: Coverage, share: float) -> Iterator[Sequence[str]]:
    yield "Speech without words", f"{share:.1%} of {clock(coverage.speech)}"
    if not coverage.knows_languages:
        yield "Other languages", "not noticed: this recogniser knows English only"


def _outcome(language: LanguageQuality, rows: int) -> str:
    return (
        f"rows translated: {rows - language.english_kept:,} of {rows:,}; "
        f"numbers missed: {language.number_violations:,}; "
        f"terms missed: {language.term_violations:,}"
    )


def _speakers(quality: Quality) -> str:
    heads = ("Speaker", "Lines", "Words", "Time", "Share")
    table = markdown_table(heads, map(_speaker, quality.speakers), "lrrrr")
    brief = [speaker.name for speaker in quality.speakers if 0 < speaker.seconds < BRIEF_VOICE]
    return _section("Speakers", "\n\n".join([table, *map(_is_brief, brief)]))


def _is_brief(name: str) -> str:
    return (
        f"{escape_markdown(name)} says less than {BRIEF_VOICE:.0f} s in all, which may be the "
        "voice of another speaker: `interlinear speakers merge` makes two voices one."
    )


def _speaker(share: SpeakerShare) -> Sequence[str]:
    time = clock(share.seconds)
    name = escape_markdown(share.name)
    return name, f"{share.lines:,}", f"{share.words:,}", time, f"{share.share:.0%}"


def _by_language(
    title: str, head: str, counts: Mapping[str, Mapping[str, int]], words: Mapping[str, str]
) -> str:
    """Show counts of rows, a column for each language, in the order of the words for them."""
    found = set(chain.from_iterable(counts.values()))
    keys = [*(key for key in words if key in found), *sorted(found - words.keys())]
    rows = [
        (escape_markdown(words.get(key, key)), *(f"{of.get(key, 0):,}" for of in counts.values()))
        for key in keys
    ]
    heads = (head, *map(_label, counts))
    return _section(title, markdown_table(heads, rows, "l" + "r" * len(counts))) if rows else ""


def _titles(record: EpisodeRecord) -> str:
    rows = (
        (
            _label(code),
            escape_markdown(title.text),
            MADE_BY.get(title.made, escape_markdown(title.made)),
            escape_markdown("; ".join(title.checks)) or NONE,
        )
        for code, title in record.titles.items()
    )
    return _section(
        "Titles", markdown_table(("Language", "Title", "Made by", "Checks found"), rows)
    )


def _counts(title: str, heads: tuple[str, str], counts: Mapping[str, int]) -> str:
    rows = ((escape_markdown(name), f"{count:,}") for name, count in counts.items())
    return _section(title, markdown_table(heads, rows, "lr")) if counts else ""


def _to_check(record: EpisodeRecord, quality: Quality) -> str:
    if not quality.to_check:
        return _section("Lines to look at", "None: no stage had a doubt about any line.")
    lines, names = _by_id(record)
    rows = (_check_row(found, lines[found.line], names) for found in quality.to_check)
    left_out = quality.n_to_check - len(quality.to_check)
    more = f"\n\nAnd {left_out:,} more that are less serious." if left_out else ""
    heads = ("Time", "Line", "Speaker", "English", "Translation", "Why")
    intro = f"The worst first. {_how_to_mend(quality.to_check)}"
    return _section("Lines to look at", f"{intro}\n\n{markdown_table(heads, rows)}{more}")


def _how_to_mend(found: Iterable[LineToCheck]) -> str:
    """Name the commands that put a line right, with the first line that needs one."""
    line, code = next(((x.line, r.language) for x in found for r in x.reasons), ("", ""))
    change = f'--{code} "…"' if code else '--text "…"'
    return (
        f"`interlinear correct EPISODE {line} {change}` puts a line right, and later runs keep it. "
        "A name or term that comes out wrong again and again belongs in the glossary of the show."
    )


def why(reason: Reason) -> str:
    """Say in a sentence why to look at a line: "ko: English is left standing: camel"."""
    if not reason.language:
        return reason.says
    kind, _, detail = reason.says.partition(": ")
    return f"{reason.language}: {WHY.get(kind, reason.says).replace('{}', detail)}"


def _check_row(found: LineToCheck, line: RecordedLine, names: Mapping[str, str]) -> Sequence[str]:
    """Lay out a line with the translations that a reason concerns; with all where none does."""
    concerned = [r.language for r in found.reasons if r.language] or line.translations
    translations = (
        f"{code}: {escape_markdown(line.translations[code].text)}"
        for code in dict.fromkeys(concerned)
    )
    reasons = (escape_markdown(why(reason)) for reason in found.reasons)
    return (
        clock(line.start),
        line.id,
        names.get(line.speaker, NONE),
        escape_markdown(line.text),
        "<br>".join(translations),
        "<br>".join(reasons),
    )


def _uncertain(record: EpisodeRecord, quality: Quality) -> str:
    lines, names = _by_id(record)
    rows = (
        (
            clock(lines[one.line].start),
            one.line,
            names.get(lines[one.line].speaker, NONE),
            escape_markdown(lines[one.line].text),
            f"{one.probability:.0%}",
        )
        for one in quality.uncertain_lines
    )
    heads = ("Time", "Line", "Speaker", "English", "Sure")
    return _section("Lines with the least certain words", markdown_table(heads, rows, "llllr"))


def _captions(quality: Quality) -> str:
    rows = (
        (
            ", ".join(speed.files),
            _label(speed.language),
            f"{speed.cues:,}",
            f"{speed.over_limit:,}",
            f"{speed.worst:.1f}",
            f"{speed.limit:g}",
        )
        for speed in quality.captions
    )
    heads = ("Files", "Language", "Cues", "Over the limit", "Fastest", "Limit")
    text = (
        "Characters a second. Nothing is shortened for the limit, which is that of film subtitles."
    )
    table = markdown_table(heads, rows, "llrrrr")
    return _section("How fast the captions are to be read", f"{text}\n\n{table}")


def _unused(record: EpisodeRecord) -> str:
    rows = "\n".join(f"- {escape_markdown(says)}" for says in record.unused_corrections)
    return _section("Corrections that found no line", rows) if rows else ""


def _by_id(record: EpisodeRecord) -> tuple[dict[str, RecordedLine], dict[str, str]]:
    names = {speaker.id: escape_markdown(speaker.name) for speaker in record.speakers}
    return {line.id: line for line in record.lines}, names


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def _label(code: str) -> str:
    return Language(code).label
