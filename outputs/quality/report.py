"""Write the quality report of an episode: Markdown with what a person should know and look at."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from outputs.markup.escaping import escape_markdown, markdown_table
from outputs.markup.timestamps import clock
from outputs.quality.lines_to_check import line_link, lines_to_check
from outputs.quality.measures import SURE_SPEAKER, quality_of
from outputs.quality.register_switches import RegisterSwitch, register_switches
from outputs.record.episode_record import origin_of_words
from outputs.record.quality_types import CaptionSpeed, LanguageQuality, Quality, SpeakerShare
from outputs.record.record_types import EpisodeRecord
from podcast.coverage import Coverage, UnheardSpeech
from podcast.language import Language
from podcast.timeline import overlap
from podcast.transcript import Fault, Flag, Made

MADE_BY: Mapping[str, str] = {
    Made.GIVEN: "given by hand",
    Made.CORRECTED: "corrected by hand",
    Made.TABLE: "fixed phrase",
    Made.MODEL: "model, first try",
    Made.RETRIED: "model, tried again",
    Made.STAND_INS: "model, with stand-ins for terms",
    Made.CLAUSES: "model, clause by clause",
    Made.OTHER_ENGINE: "another translator",
    Made.SOURCE: "English kept",
}
"""Ways in which a translation is made, the most trusted first, in words."""

CHECKS: Mapping[str, str] = {
    Fault.NUMBER: "a number is missing or wrong",
    Fault.INVENTED: "something is said that the English does not say",
    Fault.LOOP: "the text goes round in circles",
    Fault.NEGATION: "a negation may be lost",
    Fault.ENGLISH: "English is left standing",
    Fault.LITERAL: "code or an address is not as it was",
    Fault.TERM: "a term of the glossary is missing",
    Fault.NAME: "a name is missing",
    Fault.QUESTION: "a question may be none any more",
    Fault.SCRIPT: "letters are not those of the language",
    Fault.COPIED: "the English came back",
    Fault.LENGTH: "too much or too little is said",
    Fault.EMPTY: "the model gave nothing back",
}

FLAGS: Mapping[str, str] = {
    Flag.OVERLAP: "are spoken over by somebody else",
    Flag.FOREIGN: "stand beside another language",
    Flag.INTERRUPTED: "break off because another speaker takes over",
    Flag.GLOSSARY: "have a term of the glossary in place of what was recognised",
    Flag.CORRECTED: "were put right by hand",
}

NONE = "–"

MAX_SWITCHES = 20
"""Rows of each language in the list of switches; the figure counts all."""

BRIEF_VOICE = 1.0
"""Seconds. Whoever says less in all may be another speaker's voice."""


def render_report(record: EpisodeRecord) -> str:
    """Write the report of an episode."""
    quality = quality_of(record)
    made = {code: language.rungs for code, language in quality.languages.items()}
    failed = {code: language.failed for code, language in quality.languages.items()}
    sections = [
        _head(record, quality),
        _section("Lines to look at", lines_to_check(record, quality)),
        _speakers(quality),
        _by_language("Where the translations come from", "Made by", made, MADE_BY),
        _by_language("What the checks found", "Rows in which", failed, CHECKS),
        _titles(record),
        _registers(record),
        _counts("Words that are in no line", ("Reason", "Words"), quality.dropped),
        _counts("Flags", ("Lines that", "Lines"), _worded(quality.flags, FLAGS)),
        _unused(record),
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


def _registers(record: EpisodeRecord) -> str:
    """List where a speaker is polite in one row and not in the next; nothing where nobody is."""
    found = {code: register_switches(record.lines, code) for code in record.titles}
    names = {speaker.id: speaker.name for speaker in record.speakers}
    table = markdown_table(
        ("Language", "Line", "Speaker", "From", "To", "Row"),
        (
            _switch(code, switch, names.get(switch.line.speaker, ""))
            for code, switches in found.items()
            for switch in switches[:MAX_SWITCHES]
        ),
    )
    counts = "; ".join(f"{_label(code)}: {len(all_):,}" for code, all_ in found.items() if all_)
    text = f"Within a turn, speakers change between polite and plain speech. {counts}."
    return _section("Switches of register", f"{text}\n\n{table}") if counts else ""


def _switch(code: str, switch: RegisterSwitch, name: str) -> Sequence[str]:
    return (
        _label(code),
        line_link(switch.line, code),
        escape_markdown(name) or NONE,
        switch.before.value,
        switch.after.value,
        escape_markdown(switch.line.translations[code].text),
    )


def _counts(title: str, heads: tuple[str, str], counts: Mapping[str, int]) -> str:
    rows = ((escape_markdown(name), f"{count:,}") for name, count in counts.items())
    return _section(title, markdown_table(heads, rows, "lr")) if counts else ""


def _captions(quality: Quality) -> str:
    """Say how fast the captions are, for each language in the file where most are too fast."""
    by_language: dict[str, list[CaptionSpeed]] = {}
    for speed in quality.captions:
        by_language.setdefault(speed.language, []).append(speed)
    rows = (_speed(code, max(speeds, key=_too_fast)) for code, speeds in by_language.items())
    heads = ("Language", "Over the limit", "Fastest", "Limit", "In")
    text = (
        "Characters a second, where most cues are over the limit, which is that of film subtitles. "
        "Nothing is shortened for it, and nothing is to be done."
    )
    table = markdown_table(heads, rows, "lrrrl")
    return _section("How fast the captions are to be read", f"{text}\n\n{table}")


def _too_fast(speed: CaptionSpeed) -> float:
    return speed.over_limit / max(1, speed.cues)


def _speed(code: str, speed: CaptionSpeed) -> Sequence[str]:
    over = f"{speed.over_limit:,} of {speed.cues:,}"
    return _label(code), over, f"{speed.worst:.1f}", f"{speed.limit:g}", speed.files[0]


def _worded(counts: Mapping[str, int], words: Mapping[str, str]) -> dict[str, int]:
    return {words.get(key, key): count for key, count in counts.items()}


def _unused(record: EpisodeRecord) -> str:
    rows = "\n".join(f"- {escape_markdown(says)}" for says in record.unused_corrections)
    return _section("Corrections that found no line", rows) if rows else ""


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def _label(code: str) -> str:
    return Language(code).label
