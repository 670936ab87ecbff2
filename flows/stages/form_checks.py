"""What can be known of a run before a model or a server is started, and is said all at once."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from audio.files.source import check_source, read_file
from audio.transcripts.transcript_file import parse_transcript
from flows.feeds.private_feed import is_private_reference
from flows.models.model_set import find_models
from flows.models.translators import describe_translators
from flows.parameters import RunForm
from flows.published.folders import episode_folder
from flows.settings import settings
from flows.stages.translation_style import load_wording
from outputs.editing.corrections_file import corrections_path, load_corrections
from outputs.site.reading_page import check_audio
from podcast.dates import parse_date
from podcast.errors import BadInputError, InterlinearError, SetupError, StorageError
from podcast.language import parse_targets
from podcast.names import parse_name
from speech.diarization.diarizer import DiarizationOptions

Check = Callable[[RunForm], object]

UNWRITABLE = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML, and so a DOCX, cannot hold: control characters, and bytes that are no UTF-8."""


def check_fields(form: RunForm) -> None:
    """Look at all that a run is asked for but its models; a field that is empty is passed over.

    Raises:
        BadInputError: Something in the form cannot be used.
        StorageError: Nothing can be written where it is to be published.
    """
    _check(form, FIELDS)


def check_form(form: RunForm) -> None:
    """Look at all that a run is asked for.

    Raises:
        BadInputError: Something in the form cannot be used.
        StorageError: Nothing can be written where it is to be published.
        SetupError: Nothing is wrong but a model that is not on this machine, or not whole.
    """
    _check(form, (*FIELDS, _check_models))


def _check(form: RunForm, checks: Iterable[Check]) -> None:
    errors = [error for check in checks if (error := _failure(check, form))]
    if errors:
        raise type(errors[0])("\n".join(dict.fromkeys(map(str, errors))))


def _failure(check: Check, form: RunForm) -> InterlinearError | None:
    try:
        check(form)
    except InterlinearError as error:
        return error
    return None


def _check_sound(form: RunForm) -> None:
    if "://" in form.audio:
        _check_address(form.audio)
    elif form.audio and not is_private_reference(form.audio):
        check_source(Path(form.audio).expanduser(), form.audio)


def _check_address(url: str) -> None:
    from audio.web.client import check_address  # a run of a file loads no client
    from flows.feeds.polite_http import web_options

    check_address(url, web_options())


def _check_texts(form: RunForm) -> None:
    named = {"show": form.show, "title": form.title, "guid": form.guid, "label": form.label}
    by_language = {f"title in {code}": title for code, title in form.titles.items()}
    by_speaker = {f"name of {id_}": name for id_, name in form.speakers.names.items()}
    for what, text in (named | by_language | by_speaker).items():
        _check_text(what, text.strip())


def _check_text(what: str, text: str) -> None:
    if len(text.splitlines()) > 1:
        raise BadInputError(f"The {what} must be one line of text, not {text!r}.")
    if found := UNWRITABLE.search(text):
        raise BadInputError(
            f"The {what} {text!r} holds {found[0]!r}, which is no text. Type it anew."
        )


def _check_date(form: RunForm) -> None:
    parse_date(form.published_at)


def _check_languages(form: RunForm) -> None:
    targets = parse_targets(form.languages)
    for (language,) in (parse_targets([code]) for code in form.titles):
        if language not in targets:
            raise BadInputError(
                f"A title in {language.label} is given, and the episode is not to be translated "
                f"into {language.value}. Name that language, too, or leave the title out."
            )


def _check_speakers(form: RunForm) -> None:
    counts = form.speakers
    DiarizationOptions(counts.exactly, counts.at_least, counts.at_most)
    for name in counts.names.values():
        parse_name(name)


def _check_page(form: RunForm) -> None:
    check_audio(form.pages.audio)


def _check_wording(form: RunForm) -> None:
    load_wording(form.wording, _folder(form))


def _check_corrections(form: RunForm) -> None:
    load_corrections(corrections_path(_folder(form)))


def _check_transcript(form: RunForm) -> None:
    if "://" in form.transcript:
        _check_address(form.transcript)
    elif form.transcript and not is_private_reference(form.transcript):
        path = Path(form.transcript).expanduser()
        parse_transcript(read_file(path, form.transcript), form.transcript)


def _check_out(form: RunForm) -> None:
    """Try to write where the episode's folder will be made, and leave nothing there."""
    folder = _folder(form)
    place = next(place for place in (folder, *folder.parents) if place.exists())
    if not place.is_dir():
        raise BadInputError(f"{place} is a file, and episodes need a folder. Name another one.")
    try:
        TemporaryDirectory(prefix=".interlinear-", dir=place).cleanup()
    except OSError as error:
        raise StorageError(
            f"{place} cannot be written: {error.strerror}. Make it writable, or choose another "
            "folder."
        ) from error


def _check_models(form: RunForm) -> None:
    models = find_models(form.models)
    problems = (*models.recogniser.problems(), *models.diarizer.problems())
    if problems:
        raise SetupError(f"A model cannot be used: {'; '.join(problems)}. Get it again.")
    for target in parse_targets(form.languages):
        describe_translators(models.translators, target)


def _folder(form: RunForm) -> Path:
    _check_texts(form)
    return episode_folder(
        form.out or settings().out, form.show.strip(), form.title.strip(), form.guid.strip()
    ).absolute()


FIELDS: tuple[Check, ...] = (
    *(_check_sound, _check_texts, _check_date, _check_languages, _check_speakers, _check_page),
    *(_check_wording, _check_corrections, _check_transcript, _check_out),
)
