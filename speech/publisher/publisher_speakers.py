"""Bring together who speaks by a publisher's transcript and whom the diarizer found. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from podcast.timeline import SpokenWord

_NOBODY = re.compile(
    r"(?:speaker|spk|voice|person|unknown|host|guest|interviewer|narrator)?[\s_#-]*\d*",
    re.IGNORECASE,
)
"""Labels that name nobody, such as "Speaker 1", but tell one person from another all the same."""


def with_labels(
    spoken: Sequence[SpokenWord], labels: Sequence[str], meant: Mapping[str, str]
) -> tuple[SpokenWord, ...]:
    """Give every word that has a label to the speaker whom the label means.

    Args:
        spoken: Words with the speakers whom the diarizer found.
        labels: For every word who says it by the transcript; empty where it does not tell, and
            altogether where there is no transcript.
        meant: Label -> speaker; see `speakers_of`.
    """
    labelled = zip(spoken, labels or [""] * len(spoken), strict=True)
    return tuple(replace(w, speaker=meant[t], confidence=1.0) if t else w for w, t in labelled)


def speakers_of(spoken: Sequence[SpokenWord], labels: Sequence[str]) -> dict[str, str]:
    """Return whom each label means: the speaker who says most of its words, each speaker once.

    A label that is left over gets a speaker of its own, whom the diarizer took for another.
    """
    shared = Counter((t, w.speaker) for w, t in zip(spoken, labels, strict=False) if t)
    meant: dict[str, str] = {}
    for (label, speaker), _ in shared.most_common():
        if label not in meant and speaker not in meant.values():
            meant[label] = speaker
    free = _free({word.speaker for word in spoken})
    return meant | {
        label: next(free) for label in dict.fromkeys(labels) if label not in {"", *meant}
    }


def names_in(meant: Mapping[str, str]) -> dict[str, str]:
    """Return speaker -> name, of the labels that are names."""
    return {id_: label for label, id_ in meant.items() if not _NOBODY.fullmatch(label)}


def _free(taken: set[str]) -> Iterator[str]:
    return (id_ for n in count(1) if (id_ := f"Speaker {n}") not in taken)
