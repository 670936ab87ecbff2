"""The flow that turns one recording into one bilingual transcript in several languages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

from prefect import flow, get_run_logger

from audio.address import without_secrets
from flows import tasks
from flows.announcing import announce, announce_failure
from flows.correcting import catch_up
from flows.engines import engines
from flows.folders import episode_folder
from flows.hearing import listen, write_lines
from flows.keeping import sweep_cache
from flows.model_set import ModelSet, find_models, identity
from flows.naming import keep_voices, named_speakers
from flows.parameters import Models, Pages, Speakers, Target, Wording
from flows.private_feed import sound_of, transcript_of
from flows.published import people_by_hand, publish
from flows.retranslation import retranslate
from flows.run_locks import only_run_of
from flows.run_page import progress_on_page, show_result
from flows.settings import settings
from flows.stages import Stage, working
from flows.translating import translate_transcript
from flows.wording import EpisodeWording, load_wording
from outputs.corrections_file import corrections_path, load_corrections
from outputs.reading_page import check_audio
from outputs.record import Heard, build_record
from outputs.recorded import Option, Provenance, Rendering
from podcast.correcting import apply_to_transcript, corrected_title, corrected_translations
from podcast.corrections import Applied, Corrections
from podcast.dates import parse_date
from podcast.episode import Episode
from podcast.errors import BadInputError
from podcast.invariants import check_pairs
from podcast.language import Language, parse_targets
from podcast.transcript import BilingualTranscript, Translation
from speech.diarization import DiarizationOptions
from speech.transcription import TranscriptionOptions
from speech.turns import merge_speakers
from speech.voices import NamingHints
from translation.pairing import GIVEN, pair_lines
from translation.wording import apply_glossary

DISTRIBUTIONS = ("argostranslate", "ctranslate2", "faster-whisper", "interlinear", "pyannote-audio")


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
    languages: list[Target] = ["ko", "zh", "ja"],  # noqa: B006  Prefect copies it for each run
    redo_from: Stage | None = None,
    speakers: Speakers = Speakers(),  # noqa: B008  the form shows the fields of the default
    wording: Wording = Wording(),  # noqa: B008  the same
    models: Models = Models(),  # noqa: B008  the same
    pages: Pages = Pages(),  # noqa: B008  the same
    label: str = "",
    titles: dict[str, str] = {},  # noqa: B006  the same
    guid: str = "",
    published_at: str = "",
    out: Path | None = None,
    transcript: str = "",
    allow_partial: bool = False,
) -> Path:
    """Diarize, transcribe, translate and publish one episode.

    Args:
        audio: Path of a sound or video file on the worker, or its http(s) address.
        show: Name of the podcast, the first line of the page.
        title: Title of the episode in English, the second line of the page.
        languages: Languages to translate into.
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

    Returns:
        The folder of the episode.
    """
    # What is wrong with the order is said before hours of work.
    episode = _checked(
        Episode(show.strip(), title.strip(), label, guid.strip(), parse_date(published_at))
    )
    check_audio(pages.audio)
    rendering = Rendering(pages.interface, pages.order, pages.audio)
    targets = parse_targets(languages)
    counts = DiarizationOptions(
        speakers.exactly, speakers.at_least, speakers.at_most, models.fast_voices
    )
    hints = NamingHints(speakers.names, tuple(speakers.people))
    found = find_models(models)
    ways = _ways(targets, found)
    given = _given_titles(titles)
    folder = episode_folder(out or settings().out, episode.show, episode.title, episode.guid)
    worded = load_wording(wording, folder)
    corrections = load_corrections(corrections_path(folder))
    listening = _listening(found, worded)

    with only_run_of(folder), progress_on_page(targets), working(redo_from) as work:
        sound = sound_of(audio, episode.guid)
        path = tasks.fetch(sound)
        source = without_secrets(sound) if "://" in sound else path.name
        recording = tasks.decode_recording(path, source, allow_partial=allow_partial)
        heard = listen(recording, counts, listening, found, transcript_of(transcript, episode.guid))
        people = people_by_hand(folder, heard.diarization.turns)
        heard = replace(heard, diarization=merge_speakers(heard.diarization, people.merged))
        english = write_lines(heard)
        named = named_speakers((show, *speakers.voices), heard, english, hints, people.names, found)
        names = {speaker.id: speaker.name for speaker in named}
        meant = apply_glossary(english, worded.glossary)
        applied = apply_to_transcript(meant, corrections, names)
        bilinguals = [
            _translate(episode, applied, target, given.get(target, ""), corrections, worded, found)
            for target in targets
        ]
        check_pairs(applied.transcript, bilinguals)

        options = _options(counts, listening, worded, heard)
        provenance = _provenance(found, ways, options)
        record = build_record(episode, heard, named, applied, bilinguals, provenance, rendering)
        keep_voices(heard, found)
        publish(folder, record)
        catch_up(folder, corrections, lambda record, ids: retranslate(record, ids, folder))
        show_result(record, folder, work)
        get_run_logger().info("Published %d lines in %s; %s", len(english.lines), folder, work)
    announce(record, folder)
    sweep_cache()
    return folder


def _checked(episode: Episode) -> Episode:
    for name, text in (("show", episode.show), ("title", episode.title)):
        if len(text.splitlines()) != 1:
            raise BadInputError(f"The {name} must be one line of text, not {text!r}.")
    if len(episode.guid.splitlines()) > 1:
        raise BadInputError(f"The guid must be one line of text, not {episode.guid!r}.")
    return episode


def _given_titles(titles: Mapping[str, str]) -> dict[Language, str]:
    """Read titles given by hand; an empty one leaves the title to the translator."""
    given = {parse_targets([code])[0]: " ".join(text.split()) for code, text in titles.items()}
    return {language: text for language, text in given.items() if text}


def _ways(targets: Sequence[Language], models: ModelSet) -> dict[str, str]:
    """Name the packages into each language; a missing one is found before hours of work."""
    translator = engines().translator(models)
    return {f"translate {target.value}": translator.describe(target) for target in targets}


def _listening(models: ModelSet, wording: EpisodeWording) -> TranscriptionOptions:
    """Tell the recogniser what to expect."""
    return replace(models.listening, hotwords=wording.glossary.hotwords())


def _translate(  # noqa: PLR0913, PLR0917  all that decides what stands in a language's cells
    episode: Episode,
    applied: Applied,
    target: Language,
    given_title: str,
    corrections: Corrections,
    wording: EpisodeWording,
    models: ModelSet,
) -> BilingualTranscript:
    """Translate the title and all lines of one language; what a human wrote stays."""
    lines = applied.transcript.lines
    made = translate_transcript(episode.title, applied.transcript, target, wording, models)
    title = Translation(given_title, GIVEN) if given_title else made[0]
    return pair_lines(
        applied.transcript,
        target,
        corrected_title(title, target, corrections),
        corrected_translations(lines, made[1:], target, applied.used),
    )


def _options(
    counts: DiarizationOptions,
    listening: TranscriptionOptions,
    wording: EpisodeWording,
    heard: Heard,
) -> dict[str, dict[str, Option]]:
    hotwords = ", ".join(listening.hotwords)
    text = {"text": heard.text} if heard.text else {}
    return {
        "diarize": asdict(counts),
        "transcribe": {**asdict(listening), "hotwords": hotwords, **text},
        "translate": wording.described(),
    }


def _provenance(
    models: ModelSet, ways: Mapping[str, str], options: dict[str, dict[str, Option]]
) -> Provenance:
    return Provenance(
        models={
            "diarize": identity(models.diarization),
            "transcribe": identity(models.whisper),
            "translate": identity(models.packages),
            **ways,
        },
        options=options,
        versions={name: version(name) for name in DISTRIBUTIONS},
    )
