"""Lay out a timeline: where times, marks and names go in a picture of a fixed width. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from podcast.timeline import Interval

Spoken = TypeVar("Spoken", bound=Interval)

TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400)
"""Seconds between the labels of the time axis."""

LEAST_TICK = 72.0
"""Units between two labels, so that they never touch."""

MARK_GAP = 11.0
"""Units; marks nearer than this would touch and are one mark."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis.

    Attributes:
        duration: What it shows, in seconds from the start; above 0.
        left: Where it begins in the picture, in units.
        width: Its length in units.
    """

    duration: float
    left: float
    width: float

    @property
    def unit(self) -> float:
        """Seconds that a unit shows."""
        return self.duration / self.width

    def x(self, time: float) -> float:
        """Place a time; times off the axis are put at its ends."""
        return self.left + min(max(time, 0.0), self.duration) / self.unit

    def ticks(self) -> range:
        """Return the times, in whole seconds, that are labelled."""
        fitting = (step for step in TICK_STEPS if step / self.unit >= LEAST_TICK)
        return range(0, int(self.duration) + 1, next(fitting, TICK_STEPS[-1]))

    def marks(
        self, spans: Iterable[Spoken], gap: float = MARK_GAP
    ) -> list[tuple[float, list[Spoken]]]:
        """Return where to put marks for spans, one for all those that are nearer than a gap."""
        placed: list[tuple[float, list[Spoken]]] = []
        for span in sorted(spans, key=lambda span: span.start + span.end):
            x = self.x((span.start + span.end) / 2)
            if placed and x - placed[-1][0] < gap:
                placed[-1][1].append(span)
            else:
                placed.append((x, [span]))
        return placed
