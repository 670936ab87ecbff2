"""Say how the training goes: which windows, which losses and which learning rate at each step."""

import math
from dataclasses import dataclass

SHIFTED_SHARE = 0.5  # of the steps in a phase that shifts

_WARM_UP_STEPS = 100
_LOWEST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a course.

    Attributes:
        until: Share of the course's steps at which the phase ends.
        seconds: Window lengths in seconds; each step draws one.
        has_text: Whether the decoder learns too, or only the encoder from phones and words.
        is_shifted: Whether some steps pretend that the window starts later.
        has_contexts: Whether the decoder is told what went before some windows.
    """

    until: float
    seconds: tuple[int, ...]
    has_text: bool
    is_shifted: bool
    has_contexts: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One descent of the learning rate.

    Attributes:
        steps: How many steps it takes.
        peak_rate: The highest learning rate.
        flat_share: Share of the steps before the descent.
        has_phrases: Whether set phrases are among the lines.
        phases: Its phases in order.
    """

    steps: int
    peak_rate: float
    flat_share: float
    has_phrases: bool
    phases: tuple[Phase, ...]


# Short windows first: they hold fewer words to confuse, and there are more of them in a step.
_LISTENING = Course(
    steps=3300,
    peak_rate=2.2e-3,
    flat_share=0.1,
    has_phrases=False,
    phases=(
        Phase(until=0.12, seconds=(2, 3, 4, 6), has_text=False, is_shifted=True),
        Phase(until=0.20, seconds=(3, 4, 6, 8), has_text=False, is_shifted=True),
        Phase(until=0.55, seconds=(3, 4, 6, 8), has_text=True, is_shifted=True),
        Phase(until=0.70, seconds=(3, 4, 6, 8), has_text=True, is_shifted=False, has_contexts=True),
        Phase(until=1.00, seconds=(4, 6, 8, 8), has_text=True, is_shifted=False, has_contexts=True),
    ),
)
# The distinct sentences teach to listen; what people say again and again comes after.
_CONVERSING = Course(
    steps=1100,
    peak_rate=1.0e-3,
    flat_share=0.0,
    has_phrases=True,
    phases=(
        Phase(until=1.0, seconds=(4, 6, 8, 8), has_text=True, is_shifted=False, has_contexts=True),
    ),
)
_COURSES = (_LISTENING, _CONVERSING)

N_STEPS = sum(course.steps for course in _COURSES)


def course_at(step: int) -> Course:
    """Return the course that a step belongs to."""
    return _located(step)[0]


def phase_at(step: int) -> Phase:
    """Return the phase that a step belongs to."""
    course, step_in_course = _located(step)
    return next(p for p in course.phases if step_in_course < p.until * course.steps)


def learning_rate(step: int) -> float:
    """Return the learning rate: in each course a short rise, a plateau, and a cosine down."""
    course, step_in_course = _located(step)
    rise = min(1.0, (step_in_course + 1) / _WARM_UP_STEPS)
    progress = step_in_course / course.steps
    descent = max(0.0, progress - course.flat_share) / (1 - course.flat_share)
    return course.peak_rate * rise * (_LOWEST_SHARE + 0.5 * (1 + math.cos(math.pi * descent)))


def _located(step: int) -> tuple[Course, int]:
    first = 0
    for course in _COURSES:
        if step < first + course.steps:
            return course, step - first
        first += course.steps
    raise ValueError(f"step {step} is after the last of {N_STEPS}")
