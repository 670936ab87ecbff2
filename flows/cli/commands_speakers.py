"""The commands for people: `speakers list`, `name`, `unname`, `merge`, `voices` and `forget`."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from podcast.names import NamedBy

if TYPE_CHECKING:
    from outputs.record.record_types import EpisodeRecord, RecordedLine, RecordedSpeaker

EPISODE = click.argument("episode", type=click.Path(path_type=Path))

FROM: Mapping[str, str] = {
    NamedBy.HAND: "by hand",
    NamedBy.VOICE: "by voice",
    NamedBy.FEED: "from the feed",
    NamedBy.GUEST: "not known",
    NamedBy.NOBODY: "not named",
}
"""How `RecordedSpeaker.named` is told to a reader."""

SAMPLE_WIDTH = 60


@click.group()
def speakers() -> None:
    """Name the speakers of published episodes, and see whose voices are known.

    EPISODE is the folder of a published episode, or the episode.json in it. A SPEAKER is an id
    such as "Speaker 2", or the name that it has now.
    """


@speakers.command("list")
@EPISODE
def list_speakers(episode: Path) -> None:
    """Show who speaks in EPISODE, for how long, and where to hear them."""
    from flows.cli.terminal_tables import print_table
    from flows.published.published_record import read_published

    record = read_published(episode).record
    print_table(
        ("Speaker", "Name", "Named", "Lines", "Speaks", "Hear at", "Says"),
        [_row(record, speaker) for speaker in record.speakers],
    )


@speakers.command()
@EPISODE
@click.argument("speaker")
@click.argument("new_name", metavar="NAME")
@click.option("--no-enrol", is_flag=True, help="Do not learn the voice for later episodes.")
def name(episode: Path, speaker: str, new_name: str, no_enrol: bool) -> None:
    """Give SPEAKER of EPISODE a NAME, and recognise the voice in the show's later episodes."""
    from flows.published.published_record import editing, publish_again
    from flows.settings import settings
    from flows.voices.enrolment import editing_voiceprints, learn, save_change, unlearn
    from outputs.editing.renaming import find_speaker, name_speaker

    data = settings().data
    with editing(episode) as published, editing_voiceprints(data, published.record.show):
        record = published.record
        id_ = find_speaker(record, speaker).id
        renamed = name_speaker(record, id_, new_name)
        called = next(s.name for s in renamed.speakers if s.id == id_)
        lesson = unlearn(data, record, id_) if no_enrol else learn(data, record, id_, called)
        publish_again(published, renamed)
        save_change(data, lesson)
    click.echo(f"{id_} is {called} now, {_lines(record, id_)}.")
    if lesson.is_learnt:
        click.echo(f"{record.show} knows this voice in episodes to come.")
    elif lesson.reason:
        click.echo(f"The voice was not learnt: {lesson.reason}")


@speakers.command()
@EPISODE
@click.argument("speaker")
def unname(episode: Path, speaker: str) -> None:
    """Take the name of SPEAKER away, and what was learnt of the voice here."""
    from flows.published.published_record import editing, publish_again
    from flows.settings import settings
    from flows.voices.enrolment import editing_voiceprints, save_change, unlearn
    from outputs.editing.renaming import find_speaker, unname_speaker

    data = settings().data
    with editing(episode) as published, editing_voiceprints(data, published.record.show):
        found = find_speaker(published.record, speaker)
        lesson = unlearn(data, published.record, found.id)
        publish_again(published, unname_speaker(published.record, found.id))
        save_change(data, lesson)
    click.echo(f"{found.name} is {found.id} again, {_lines(published.record, found.id)}.")


@speakers.command()
@EPISODE
@click.argument("speaker")
@click.argument("into", metavar="INTO")
def merge(episode: Path, speaker: str, into: str) -> None:
    """Give all lines of SPEAKER to the speaker INTO: one person was taken for two."""
    from flows.published.published_record import editing, publish_again
    from flows.settings import settings
    from flows.voices.enrolment import editing_voiceprints, merge_kept, save_change, unlearn
    from outputs.editing.renaming import find_speaker, merge_speakers

    data = settings().data
    with editing(episode) as published, editing_voiceprints(data, published.record.show):
        record = published.record
        gone, kept = find_speaker(record, speaker), find_speaker(record, into)
        merged = merge_speakers(record, gone.id, kept.id)
        lesson = unlearn(data, record, gone.id)
        publish_again(published, merged)
        merge_kept(data, record, gone.id, kept.id)
        save_change(data, lesson)
    click.echo(f"{gone.id} is {kept.name} now, {_lines(record, gone.id)}.")


@speakers.command()
@click.argument("show")
def voices(show: str) -> None:
    """List whose voices SHOW knows, by the show's name."""
    from flows.cli.terminal_tables import print_table
    from flows.settings import settings
    from flows.voices.voice_files import load_store, show_called, shows_with_voices, store_path
    from speech.voiceprints.voiceprint_store import known_voices, models_in

    show = show_called(settings().data, show)
    store = load_store(settings().data, show)
    if not store.prints:
        click.echo(f"{show} knows nobody's voice. Teach it with `interlinear speakers name`.")
        if others := shows_with_voices(settings().data):
            click.echo(f"Shows that know voices: {'; '.join(others)}.")
        return
    rows = [
        (voice.name, str(voice.episodes), _minutes(voice.seconds), model)
        for model in models_in(store)
        for voice in known_voices(store, model)
    ]
    print_table(("Name", "Episodes", "Speech", "Model"), rows)
    click.echo(f"\nKept in {store_path(settings().data, show)}")


@speakers.command()
@click.argument("person", metavar="NAME")
@click.option("--show", required=True, help="The show's name.")
def forget(person: str, show: str) -> None:
    """Delete what SHOW knows of the voice of NAME. Published pages keep the name."""
    from flows.settings import settings
    from flows.voices.enrolment import editing_voiceprints, forget_person
    from flows.voices.voice_files import show_called

    data = settings().data
    show = show_called(data, show)
    with editing_voiceprints(data, show):
        episodes = forget_person(data, show, person)
    click.echo(f"{show} has forgotten the voice of {person}, learnt from {_count(episodes)}.")


def _row(record: "EpisodeRecord", speaker: "RecordedSpeaker") -> tuple[str, ...]:
    from outputs.linepairs import timestamp
    from speech.voiceprints.episode_voiceprints import speaking_time

    lines = _lines_of(record, speaker.id)
    sample = max(lines, key=lambda line: len(line.text), default=None)
    return (
        speaker.id,
        speaker.name,
        FROM.get(speaker.named, speaker.named),
        str(len(lines)),
        _minutes(speaking_time(record.turns, speaker.id)),
        timestamp(sample.start) if sample else "",
        shorten(sample.text, SAMPLE_WIDTH, placeholder=" ...") if sample else "",
    )


def _lines_of(record: "EpisodeRecord", id_: str) -> "list[RecordedLine]":
    return [line for line in record.lines if line.speaker == id_]


def _lines(record: "EpisodeRecord", id_: str) -> str:
    number = len(_lines_of(record, id_))
    return f"in {number} line{'' if number == 1 else 's'} of {record.title!r}"


def _count(episodes: int) -> str:
    return f"{episodes} episode{'' if episodes == 1 else 's'}"


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
