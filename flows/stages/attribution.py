"""From what was recognised to lines: whose words they are, who says them, where they are cut."""

from collections.abc import Mapping
from dataclasses import replace

from prefect import get_run_logger

from audio.web.address import without_secrets
from flows.feeds.private_feed import transcript_of
from flows.stages import tasks
from flows.stages.request import EpisodeRequest
from podcast.errors import InterlinearError
from podcast.invariants import check_transcript
from podcast.language import SOURCE
from podcast.recognition import Recognition
from podcast.transcript import Transcript
from speech.lines.boundaries import snap_boundaries
from speech.lines.line_building import build_transcript
from speech.lines.speakers import assign_speakers
from speech.lines.turns import merge_speakers, numbers_of
from speech.publisher.publisher_alignment import Mismatch, take_published
from speech.publisher.publisher_speakers import names_in, speakers_of, with_labels


def take_published_words(recognition: Recognition, request: EpisodeRequest) -> Recognition:
    """Take the publisher's words; where that does not go, say why and stay with the recognised."""
    transcript = transcript_of(request.transcript, request.episode.guid)
    if not transcript:
        return recognition
    shown = without_secrets(transcript) if "://" in transcript else transcript
    try:
        taken = take_published(recognition.segments, tasks.fetch_transcript(transcript))
    except InterlinearError as error:
        taken = Mismatch(str(error))
    if isinstance(taken, Mismatch):
        origin = f"as recognised, not as in {shown}: {taken.reason}"
        get_run_logger().warning("The words are %s", origin)
        return replace(recognition, text=origin)
    get_run_logger().info("The words are those of %s; %.0f%% recognised", shown, 100 * taken.share)
    return replace(
        recognition,
        segments=taken.segments,
        labels=taken.labels,
        dropped=(*recognition.dropped, *taken.dropped),
        text=f"of {shown}",
    )


def attribute_words(recognition: Recognition) -> Recognition:
    """Give every word its speaker, and number the speakers in the order of their first lines."""
    words = [word for segment in recognition.segments for word in segment.words]
    spoken = assign_speakers(words, recognition.diarization.turns)
    meant = speakers_of(spoken, recognition.labels)
    spoken = snap_boundaries(with_labels(spoken, recognition.labels, meant))
    numbers = numbers_of(recognition.diarization, (word.speaker for word in spoken))
    named = replace(recognition, words=spoken, written_names=names_in(meant))
    return named.with_speakers(numbers)


def merge_people(recognition: Recognition, merged: Mapping[str, str]) -> Recognition:
    """Make one of two speakers whom a human has found to be one person: id -> id that stays."""
    diarization = merge_speakers(recognition.diarization, merged)
    return replace(recognition, diarization=diarization).with_speakers(merged)


def build_lines(recognition: Recognition) -> Transcript:
    """Cut the words into lines of one speaker, and check the promises."""
    words, duration = recognition.words, recognition.recording.duration
    overlaps = recognition.diarization.overlaps
    foreign = recognition.coverage.foreign if recognition.coverage else ()
    transcript = build_transcript(SOURCE, words, duration, overlaps, foreign)
    check_transcript(transcript, words, duration)
    dropped = (*recognition.dropped, *transcript.dropped)
    return replace(transcript, dropped=tuple(sorted(dropped, key=lambda d: d.word.start)))
