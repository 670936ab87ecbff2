"""What the run's page in Prefect's UI shows: how far it is, and what came of it."""

import base64
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
from prefect import State, get_run_logger
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.objects import FlowRun

from flows.runs.site_urls import address_of
from flows.runs.stage_progress import Progress, listening
from flows.stages.kept_languages import Languages
from flows.stages.run_stage import RunLog
from outputs.markup.escaping import escape_markdown
from outputs.quality.measures import quality_of
from outputs.quality.report import unheard_section
from outputs.quality.timeline_svg import render_timeline
from outputs.record.manifest import MANIFEST_NAME
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language
from podcast.stage import Stage

UPDATE_EVERY = 2.0
"""Seconds. Each update is a request to the server."""
FIRST_PAIRS = 5

WEIGHTS: dict[str, float] = {
    Stage.FETCH: 2.0,
    Stage.DECODE: 3.0,
    Stage.SEGMENT: 35.0,
    Stage.TRANSCRIBE: 40.0,
    Stage.REDECODE: 5.0,
    Stage.DECODE_ALONE: 3.0,
}
"""Parts of the work, roughly as they take time on a CPU; translation and writing take the rest."""
TRANSLATION = 15.0

WHAT_TO_DO = """# {state}

{reason}

Nothing was published by this run, unless its log says so. Finished stages are kept in any case.

- If it may go away by itself, or you have mended it on the machine: **Retry** in the run's menu.
- If something in the form must change: **Copy to new run** in the same menu.
- If neither helps, the last lines of the log say where it stopped.
"""


class Overall:
    """How far the whole run is, 0 to 1, from how far each of its stages is."""

    def __init__(self, targets: Sequence[Language]) -> None:
        each = TRANSLATION / len(targets)
        self._parts = WEIGHTS | {Stage.TRANSLATE.into(target): each for target in targets}
        self._done: dict[str, float] = {}
        self.fraction = 0.0

    def take(self, progress: Progress) -> float:
        """Note how far a stage is, and that what comes before it is done; nothing goes back."""
        stage = progress.stage
        if stage in self._parts:
            before = list(self._parts)[: list(self._parts).index(stage)]
            self._done |= dict.fromkeys(before, 1.0) | self._beside(stage)
            self._done[stage] = max(self._done.get(stage, 0.0), progress.fraction)
            done = sum(self._parts[name] * part for name, part in self._done.items())
            self.fraction = max(self.fraction, done / sum(self._parts.values()))
        return self.fraction

    def _beside(self, stage: str) -> dict[str, float]:
        """Return how far segmentation is that goes on beside a stage, if it has begun."""
        is_beside = stage == Stage.TRANSCRIBE and Stage.SEGMENT in self._done
        return {Stage.SEGMENT: self._done[Stage.SEGMENT]} if is_beside else {}


@contextmanager
def progress_on_page(targets: Sequence[Language]) -> Iterator[None]:
    """Show a bar over the whole episode that moves while the models work."""
    bar = _Bar(targets)
    with listening(bar):
        yield
    bar.move(1.0, "published")


class _Bar:
    """The bar on the run's page: moved at every change of stage, and every few seconds within."""

    def __init__(self, targets: Sequence[Language]) -> None:
        made = create_progress_artifact(progress=0.0, description="Progress: starting")
        self._id = cast("UUID", made)  # it would be awaited in a flow that is a coroutine
        self._overall = Overall(targets)
        self._begun: set[str] = set()
        self._moved = 0.0

    def __call__(self, progress: Progress) -> None:
        """See `Listener`."""
        fraction = self._overall.take(progress)
        doing = f"{progress.stage}, loading its model" if progress.is_loading else progress.stage
        if doing not in self._begun or time.monotonic() - self._moved >= UPDATE_EVERY:
            self._begun.add(doing)
            self.move(fraction, doing)

    def move(self, fraction: float, doing: str) -> None:
        """Move the bar, and say what is being done."""
        self._moved = time.monotonic()
        done = round(100 * fraction, 1)
        try:
            update_progress_artifact(self._id, progress=done, description=f"Progress: {doing}")
        except httpx.HTTPError as error:  # a bar that stands still is no reason to stop the work
            get_run_logger().debug("The progress bar could not be moved: %s", error)


def show_result(record: EpisodeRecord, folder: Path, log: RunLog, languages: Languages) -> None:
    """Show the first pairs, figures of quality, who speaks when, and where the files are.

    None has a key: a key would gather what is shown of all runs under one name.
    """
    page = _markdown(record, folder, log, languages)
    create_markdown_artifact(page, description=f"Result: {escape_markdown(record.title)}")
    create_table_artifact(_figures(record), description="Quality")
    create_markdown_artifact(_timeline(record), description="Timeline: who speaks when")


def show_failure(flow: object, flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001  Prefect's
    """Show why a run failed and what to do; Prefect calls this."""
    reason = escape_markdown(state.message or "It did not say why; the log may.")
    page = WHAT_TO_DO.format(state=state.name, reason=reason)
    heading = f"What to do: {reason}"
    artifact = ArtifactCreate(
        type="markdown", description=heading, data=page, flow_run_id=flow_run.id
    )
    with get_client(sync_client=True) as client:
        client.create_artifact(artifact)


def _markdown(record: EpisodeRecord, folder: Path, log: RunLog, languages: Languages) -> str:
    heading = f"# {escape_markdown(record.show)}: {escape_markdown(record.title)}"
    parts = [heading, f"Work {log}.", f"Languages {languages}."]
    unheard = unheard_section(record)
    parts += [unheard] if unheard else []
    for language, title in record.titles.items():
        parts.append(f"## {Language(language).label}: {escape_markdown(title.text)}")
        for line in record.lines[:FIRST_PAIRS]:
            target = line.translations[language].text
            parts.append(f"{escape_markdown(line.text)}  \n{escape_markdown(target)}")
    shown = (f"{language}.{kind}" for language in record.titles for kind in ("html", "txt"))
    files = (_link(folder / name) for name in (*shown, "report.md", MANIFEST_NAME))
    return "\n\n".join([*parts, "## Files", "\n".join(files)]) + "\n"


def _link(path: Path) -> str:
    """Return an item of a list that opens a file, where a site serves it."""
    address = address_of(path)
    return f"- [{path.name}]({address})" if address else f"- `{path}`"


def _timeline(record: EpisodeRecord) -> str:
    """Return the picture in a text: of an image artifact the UI writes out all the bytes, too."""
    picture = base64.b64encode(render_timeline(record).encode()).decode()
    return f"![Who speaks when](data:image/svg+xml;base64,{picture})\n"


def _figures(record: EpisodeRecord) -> list[dict[str, str | int]]:
    quality = quality_of(record)
    rows: list[dict[str, str | int]] = [
        {"what": "lines", "value": quality.lines},
        {"what": "words", "value": quality.words},
        {"what": "speakers", "value": len(quality.speakers)},
        {"what": "speech", "value": f"{quality.speech_share:.0%}"},
        {"what": "speech without words", "value": _share(quality.unheard_share)},
        {"what": "turns without a line", "value": len(quality.turns_without_line)},
        {"what": "speakers without a line", "value": len(quality.speakers_without_line)},
        {"what": "words left out", "value": sum(quality.dropped.values())},
        {"what": "lines to check", "value": len(quality.to_check)},
    ]
    for code, language in quality.languages.items():
        name = Language(code).label
        rows.append({"what": f"{name}: English kept", "value": language.english_kept})
        rows.append({"what": f"{name}: terms missed", "value": language.term_violations})
        rows.append({"what": f"{name}: numbers missed", "value": language.number_violations})
    return rows


def _share(share: float | None) -> str:
    return "unknown" if share is None else f"{share:.1%}"
