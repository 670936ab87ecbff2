"""Tell others that an episode is published, or is not: Prefect's events, and a webhook."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from prefect import get_run_logger
from prefect.events import emit_event
from prefect.logging.loggers import flow_run_logger

from audio.web.address import without_secrets
from flows.models.deployment import deployment_id
from flows.runs.site_urls import address_of
from flows.runs.stage_progress import Log, WorkTimes
from flows.runs.webhook import deliver, insist
from flows.settings import WebhookEvent, settings
from outputs.quality.measures import quality_of
from outputs.quality.unheard import unheard_seconds
from outputs.record.record_types import EpisodeRecord
from podcast.errors import InterlinearError

PUBLISHED = "interlinear.episode.published"
FAILED = "interlinear.episode.failed"
LONGEST_REASON = 1000

_FOLDERS = re.compile(r"(?<![\w/:.])~?/(?:[^\s/'\"]+/)+")
"""Folders before the name of a file; no part of an address."""


def announce(record: EpisodeRecord, folder: Path, times: WorkTimes) -> None:
    """Emit the event, then call the webhook if that is wanted; the episode is published anyway.

    Args:
        record: As it was published.
        folder: Where.
        times: How long this run has worked on each stage.
    """
    news = {
        "show": record.show,
        "title": record.title,
        "guid": record.guid,
        "path": f"{folder.parent.name}/{folder.name}",
        "address": address_of(folder),
        "languages": list(record.titles),
        **_measures(record, times),
    }
    resource = _resource(f"{folder.parent.name}.{folder.name}")
    emit_event(PUBLISHED, resource=resource, payload={**news, "folder": str(folder)})
    told, later = {"event": PUBLISHED, **news}, deployment_id() is not None
    _tell(WebhookEvent.PUBLISHED, told, get_run_logger(), later=later)


def announce_failure(flow: object, flow_run: Any, state: Any) -> None:  # noqa: ARG001  Prefect's
    """Emit the event of a run that failed or crashed, and call the webhook if that is wanted.

    Prefect calls this.
    """
    given = flow_run.parameters
    audio = str(given.get("audio", ""))
    shown = without_secrets(audio) if "://" in audio else audio
    news = {
        "show": given.get("show", ""),
        "title": given.get("title", ""),
        "guid": given.get("guid", ""),
        "audio": shown,
        "flow_run_id": str(flow_run.id),
        "state": state.name,
        "reason": (state.message or "")[:LONGEST_REASON],
    }
    emit_event(FAILED, resource=_resource(str(flow_run.id)), payload=news)
    told = {"event": FAILED, **news, "audio": shown if "://" in audio else Path(audio).name}
    told["reason"] = without_folders(news["reason"], Path(audio).parent)
    later = flow_run.deployment_id is not None
    _tell(WebhookEvent.FAILED, told, flow_run_logger(flow_run), later=later)


def without_folders(text: str, *folders: Path) -> str:
    """Take the folders of this machine out of a text; the names of files stay.

    Args:
        text: For people elsewhere.
        folders: Those that it may name besides the folders of the settings.
    """
    known = settings()
    ours = (known.out, known.cache, known.data, Path.home(), Path.cwd(), *folders)
    for folder in sorted({f"{path.absolute()}/" for path in ours} - {"/"}, key=len, reverse=True):
        text = text.replace(folder, "")
    return _FOLDERS.sub("", text)


def _measures(record: EpisodeRecord, times: WorkTimes) -> dict[str, Any]:
    """Return what a dashboard shows of an episode and of the work on it."""
    quality, duration = quality_of(record), record.recording.duration
    return {
        "lines": len(record.lines),
        "duration": duration,
        "seconds": {stage: round(seconds, 1) for stage, seconds in times.each().items()},
        "real_time_factor": round(times.total() / duration, 3),
        "rows": {code: language.rungs for code, language in quality.languages.items()},
        "unheard_seconds": unheard_seconds(record),
        "lines_to_check": quality.n_to_check,
    }


def _tell(kind: WebhookEvent, news: Mapping[str, Any], log: Log, *, later: bool) -> None:
    """Call the webhook; where a deployment can do it later, do not wait for a receiver."""
    if not settings().webhook or kind not in settings().webhook_events:
        return
    delivery = f"msg_{uuid4().hex}"
    try:
        log.info("%s", deliver(news, delivery) if later else insist(news, delivery))
    except InterlinearError as error:
        log.warning("Not told: %s", error)


def _resource(name: str) -> dict[str, str]:
    return {"prefect.resource.id": f"interlinear.episode.{name}"}
