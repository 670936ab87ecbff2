"""The flow that turns one recording into one bilingual transcript in several languages."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from pydantic import Field

from audio.web.address import without_secrets
from flows.feeds.private_feed import sound_of, transcript_of
from flows.parameters import ALL_TARGETS, Models, Pages, RunForm, Speakers, Target, Wording
from flows.published.correcting import catch_up
from flows.published.published_record import PeopleByHand, people_by_hand, publish, replacing
from flows.retranslation.line_retranslation import retranslate
from flows.runs.cache_eviction import sweep_cache
from flows.runs.notifications import announce, announce_failure
from flows.runs.run_locks import only_run_of
from flows.stages import tasks
from flows.stages.kept_languages import keep_languages
from flows.stages.naming import keep_voiceprints, named_speakers
from flows.stages.provenance import provenance_of
from flows.stages.recognition import listen, write_lines
from flows.stages.request import EpisodeRequest, check_request
from flows.stages.run_page import progress_on_page, show_result
from flows.stages.run_stage import logging_run
from flows.stages.translating import translate_transcript
from outputs.record.episode_record import Heard, build_record
from outputs.record.record_types import EpisodeRecord
from podcast.editing.corrected_transcript import (
    apply_to_transcript,
    corrected_title,
    corrected_translations,
)
from podcast.editing.corrections import Applied
from podcast.invariants import check_pairs
from podcast.language import Language
from podcast.recording import Recording
from podcast.stage import RedoFrom
from podcast.transcript import BilingualTranscript, Made, Translation
from speech.lines.turns import merge_speakers
from translation.glossary.glossary_correction import apply_glossary
from translation.pairing import pair_lines


@flow(
    name="process-episode",
    flow_run_name="{show}: {title}",
    persist_result=False,
    on_failure=[announce_failure],
    on_crashed=[announce_failure],
)
def process_episode(  # noqa: PLR0913, PLR0917  each one is a field of the run form
    audio: str,
    show: str,
    title: str,
    languages: list[Target] = ALL_TARGETS,
    only: bool = False,
    redo_from: RedoFrom | None = None,
    speakers: Speakers = Speakers(),  # noqa: B008  the form shows the fields of the default
    wording: Wording = Wording(),  # noqa: B008  the same
    models: Models = Models(),  # noqa: B008  the same
    pages: Pages = Pages(),  # noqa: B008  the same
    label: str = "",
    titles: dict[str, str] = {},  # noqa: B006  Prefect copies it for each run
    guid: str = "",
    published_at: str = "",
    out: Path | None = None,
    transcript: str = "",
    allow_partial: bool = False,
    track: Annotated[int, Field(ge=0)] = 0,
    force_english: bool = False,
) -> Path:
    """Diarize, transcribe, translate and publish one episode.

    Args:
        audio: Path of a sound or video file on the worker, or its http(s) address.
        show: Name of the podcast, the first line of the page.
        title: Title of the episode in English, the second line of the page.
        languages: Languages to translate into. Others that the episode is published in stay.
        only: Take away the other languages that the episode is published in.
        redo_from: Do this stage and all after it again although their results are kept; diarize
            does everything again, write makes the files alone. Empty does only what is new.
        speakers: How many people speak and who they are, where that is known.
        wording: The show's terms and the style of its pages.
        models: The models of this run.
        pages: The language of the pages' own words, where they find the recording, and the order of
            captions in two languages.
        label: Text that the page puts directly before the show's name.
        titles: Titles by language code; the others are translated.
        guid: What the show's feed calls the episode. Its folder is named after it and stays where
            it is when the title changes; empty names the folder after the title.
        published_at: Date of the episode, such as 2026-11-25T06:30:00Z.
        out: Folder of all published episodes; empty takes the setting of the machine.
        transcript: Path or address of the publisher's own transcript (WebVTT, SRT, JSON, HTML or
            text), whose words are taken for the English where they fit the sound; empty takes what
            is heard.
        allow_partial: Take what there is of a recording that breaks off early.
        track: Number of the recording's sound track, from 1; 0 takes the first in English, else the
            default, that is not silent.
        force_english: Take all speech for English, whatever it sounds like.

    Returns:
        The folder of the episode.
    """
    order = check_request(
        RunForm(
            *(audio, show, title, languages, only, redo_from, speakers, wording, models, pages),
            *(label, titles, guid, published_at, out, transcript, allow_partial, track),
            force_english,
        )
    )
    folder, guid = order.folder, order.episode.guid
    with only_run_of(folder), progress_on_page(order.targets), logging_run(redo_from) as work:
        recording = _recording(audio, guid, allow_partial=allow_partial, track=track)
        text = transcript_of(transcript, guid)
        heard = listen(
            *(recording, order.counts, order.listening, order.models, text),
            force_english=force_english,
        )
        people = people_by_hand(folder, heard.diarization.turns)
        heard = replace(
            heard,
            diarization=merge_speakers(heard.diarization, people.merged),
            coverage=heard.coverage and heard.coverage.with_merged(people.merged),
        )
        record = _record(order, heard, people)
        keep_voiceprints(heard, order.models)
        with replacing(folder):
            record, became = keep_languages(record, order, only=only)
            record = publish(folder, record)
        catch_up(folder, order.corrections, lambda record, ids: retranslate(record, ids, folder))
        show_result(record, folder, work, became)
        get_run_logger().info("Published %d lines in %s; %s", len(record.lines), folder, work)
        get_run_logger().info("Languages %s", became)
    announce(record, folder)
    sweep_cache()
    return folder


def _recording(audio: str, guid: str, *, allow_partial: bool, track: int) -> Recording:
    """Bring the sound here and decode it."""
    sound = sound_of(audio, guid)
    path = tasks.fetch(sound)
    source = without_secrets(sound) if "://" in sound else path.name
    return tasks.decode_recording(path, source, allow_partial=allow_partial, track=track)


def _record(order: EpisodeRequest, heard: Heard, people: PeopleByHand) -> EpisodeRecord:
    """Say who speaks, what is meant, and that in every language."""
    english = write_lines(heard)
    named = named_speakers(order.shows, heard, english, order.hints, people.names, order.models)
    meant = apply_glossary(english, order.wording.glossary)
    names = {speaker.id: speaker.name for speaker in named}
    applied = apply_to_transcript(meant, order.corrections, names)
    bilinguals = [_translate(order, applied, target) for target in order.targets]
    check_pairs(applied.transcript, bilinguals)
    provenance = provenance_of(order, heard)
    return build_record(
        order.episode, heard, named, applied, bilinguals, provenance, order.rendering
    )


def _translate(order: EpisodeRequest, applied: Applied, target: Language) -> BilingualTranscript:
    """Translate the title and all lines into one language; what a human wrote stays."""
    lines, given = applied.transcript.lines, order.titles.get(target, "")
    made = translate_transcript(
        order.episode.title, applied.transcript, target, order.wording, order.models
    )
    title = Translation(given, Made.GIVEN) if given else made[0]
    return pair_lines(
        applied.transcript,
        target,
        corrected_title(title, target, order.corrections),
        corrected_translations(lines, made[1:], target, applied.used),
    )
