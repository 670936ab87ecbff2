"""What a run is to do, checked before hours of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prefect import get_run_logger

from flows.models.model_set import ModelSet, find_models
from flows.models.translators import describe_translators, others_missing
from flows.parameters import RunForm
from flows.published.folders import episode_folder
from flows.settings import settings
from flows.stages.form_checks import check_form
from flows.stages.translation_style import EpisodeWording, load_wording
from outputs.editing.corrections_file import corrections_path, load_corrections
from outputs.record.record_types import Rendering
from podcast.dates import parse_date
from podcast.editing.corrections import Corrections
from podcast.errors import BadInputError
from podcast.language import TARGETS, Language, parse_targets
from podcast.recording import Episode
from speech.diarization.diarizer import DiarizationOptions
from speech.transcription.recogniser import TranscriptionOptions
from speech.voiceprints.speaker_identification import NamingHints


@dataclass(frozen=True, slots=True)
class EpisodeRequest:
    """All that decides what becomes of a recording.

    Attributes:
        episode: What it is called.
        folder: Where it is published.
        targets: Languages to translate into.
        titles: Titles by hand.
        counts: How many people speak, where that is known.
        hints: Who they are, where that is known.
        shows: Those whose voices are known; the episode's own comes first.
        transcription: What is known of what is said.
        wording: Terms and typography.
        corrections: What humans have corrected.
        models: The models.
        ways: The models that translate into each language, as they are described.
        rendering: How pages are made.
        transcript: Of the publisher: its path, its address, or the show that announces it; empty
            for none.
        force_english: Take all speech for English, whatever it sounds like.
    """

    episode: Episode
    folder: Path
    targets: tuple[Language, ...]
    titles: Mapping[Language, str]
    counts: DiarizationOptions
    hints: NamingHints
    shows: tuple[str, ...]
    transcription: TranscriptionOptions
    wording: EpisodeWording
    corrections: Corrections
    models: ModelSet
    ways: Mapping[Language, str]
    rendering: Rendering
    transcript: str
    force_english: bool


def check_request(form: RunForm) -> EpisodeRequest:
    """Turn the run form into a request.

    Raises:
        BadInputError: Something in the form cannot be used.
        StorageError: Nothing can be written where it is to be published.
        SetupError: A model is not on this machine.
    """
    check_form(form)
    episode = _episode(form)
    speakers, pages = form.speakers, form.pages
    targets = tuple(sorted(parse_targets(form.languages), key=TARGETS.index))
    folder = episode_folder(form.out or settings().out, episode.show, episode.title, episode.guid)
    models, wording = find_models(form.models), load_wording(form.wording, folder)
    return EpisodeRequest(
        episode=episode,
        folder=folder,
        targets=targets,
        titles=_given_titles(form.titles),
        counts=DiarizationOptions(speakers.exactly, speakers.at_least, speakers.at_most),
        hints=NamingHints(speakers.names, tuple(speakers.people)),
        shows=(episode.show, *speakers.voices),
        transcription=TranscriptionOptions(hotwords=wording.glossary.hotwords()),
        wording=wording,
        corrections=load_corrections(corrections_path(folder)),
        models=models,
        ways=_ways(targets, models),
        rendering=Rendering(pages.interface, pages.order, pages.audio),
        transcript=form.transcript,
        force_english=form.force_english,
    )


def _episode(form: RunForm) -> Episode:
    episode = Episode(
        form.show.strip(),
        form.title.strip(),
        form.label,
        form.guid.strip(),
        parse_date(form.published_at),
    )
    for name, text in (("show", episode.show), ("title", episode.title)):
        if len(text.splitlines()) != 1:
            raise BadInputError(f"The {name} must be one line of text, not {text!r}.")
    return episode


def _given_titles(titles: Mapping[str, str]) -> dict[Language, str]:
    """Read titles given by hand; an empty one leaves the title to the translator."""
    given = {parse_targets([code])[0]: " ".join(text.split()) for code, text in titles.items()}
    return {language: text for language, text in given.items() if text}


def _ways(targets: Sequence[Language], models: ModelSet) -> dict[Language, str]:
    """Name the models into each language; a missing one is found now."""
    for target in targets:
        if missing := others_missing(models.translators, target):
            get_run_logger().warning(
                "Rows in %s that fail keep their English: %s", target.label, missing
            )
    ways = {target: describe_translators(models.translators, target) for target in targets}
    for target, way in ways.items():
        get_run_logger().info("Into %s: %s", target.label, way)
    return ways
