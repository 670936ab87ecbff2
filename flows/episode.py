"""The flow that turns one recording into one bilingual transcript in several languages."""

from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from pydantic import Field

from flows.feeds.private_feed import sound_of
from flows.models.device import overlaps
from flows.parameters import ALL_TARGETS, Models, Pages, RunForm, Speakers, Target, Wording
from flows.published.correcting import catch_up
from flows.published.published_record import people_by_hand, publish, replacing
from flows.retranslation.line_retranslation import retranslate
from flows.runs.cache_eviction import sweep_cache
from flows.runs.cancelled_tasks import cancel_tasks, cancelling_tasks
from flows.runs.concurrency import run_concurrently, run_sequentially
from flows.runs.notifications import announce, announce_failure
from flows.runs.plain_failures import failing_plainly
from flows.runs.run_locks import only_run_of
from flows.runs.stage_progress import stage
from flows.stages.attribution import (
    attribute_words,
    build_lines,
    merge_people,
    take_published_words,
)
from flows.stages.completing import identify_languages
from flows.stages.kept_languages import keep_languages
from flows.stages.naming import identify_speakers, keep_voiceprints
from flows.stages.provenance import provenance_of
from flows.stages.recognising import diarize, redecode, transcribe
from flows.stages.request import check_request
from flows.stages.run_page import progress_on_page, show_failure, show_result
from flows.stages.run_stage import logging_run
from flows.stages.tasks import decode_recording, fetch
from flows.stages.translating import correct, translate
from outputs.record.episode_record import build_record
from podcast.invariants import check_pairs
from podcast.stage import RedoFrom, Stage
from translation.glossary.glossary_correction import apply_glossary


@flow(
    name="process-episode",
    flow_run_name="{show}: {title}",
    persist_result=False,
    on_failure=[show_failure, announce_failure],
    on_crashed=[show_failure, announce_failure],
    on_cancellation=[cancel_tasks],
)
@failing_plainly
@cancelling_tasks
def process_episode(  # noqa: PLR0913, PLR0917  each one is a field of the run form
    audio: str,
    show: str,
    title: str,
    languages: list[Target] = ALL_TARGETS,
    only: bool = False,
    redo_from: RedoFrom | None = None,
    speakers: Speakers = Speakers(),  # noqa: B008  a default of the form
    wording: Wording = Wording(),  # noqa: B008  a default of the form
    models: Models = Models(),  # noqa: B008  a default of the form
    pages: Pages = Pages(),  # noqa: B008  a default of the form
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
            is recognised.
        allow_partial: Take what there is of a recording that breaks off early.
        track: Number of the recording's sound track, from 1; 0 takes the first in English, else the
            default, that is not silent.
        force_english: Take all speech for English, whatever it sounds like.

    Returns:
        The folder of the episode.
    """
    request = check_request(
        RunForm(
            *(audio, show, title, languages, only, redo_from, speakers, wording, models, pages),
            *(label, titles, guid, published_at, out, transcript, allow_partial, track),
            force_english,
        )
    )
    folder, log = request.folder, get_run_logger()
    side_by_side = run_concurrently if overlaps() else run_sequentially
    with only_run_of(folder), progress_on_page(request.targets), logging_run(redo_from) as run_log:
        sound = sound_of(audio, request.episode.guid)
        path = fetch(sound)
        recording = decode_recording(path, sound, allow_partial=allow_partial, track=track)
        diarization, transcription = side_by_side(
            lambda: diarize(recording, request), lambda: transcribe(recording, request)
        )
        foreign = identify_languages(recording, transcription, diarization, request)
        recognition = redecode(recording, transcription, diarization, foreign, request)
        recognition = take_published_words(recognition, request)
        recognition = attribute_words(recognition)
        people = people_by_hand(folder, recognition.diarization.turns)
        recognition = merge_people(recognition, people.merged)
        transcribed = apply_glossary(build_lines(recognition), request.wording.glossary)
        named = identify_speakers(recognition, transcribed, people.names, request)
        english = correct(transcribed, named, request)
        bilinguals = [translate(english, named, target, request) for target in request.targets]
        check_pairs(english.transcript, bilinguals)
        provenance, rendering = provenance_of(request, recognition), request.rendering
        record = build_record(
            *(request.episode, recognition, named, english, bilinguals, provenance, rendering)
        )
        keep_voiceprints(recognition, request.models)
        with replacing(folder), stage(Stage.WRITE, log):
            record, kept = keep_languages(record, request, only=only)
            record = publish(folder, record)
        catch_up(folder, request.corrections, lambda record, ids: retranslate(record, ids, folder))
    log.info("Published %d lines in %s; %s", len(record.lines), folder, run_log)
    log.info("Languages %s", kept)
    show_result(record, folder, run_log, kept)
    announce(record, folder, run_log.times)
    sweep_cache()
    return folder
