"""Say on the reading page where another language was left out of the transcript."""

from bisect import bisect
from collections.abc import Iterable

from outputs.markup.page_labels import PageLabels
from outputs.markup.timestamps import clock
from outputs.record.record_types import EpisodeRecord
from outputs.site.html import html_text
from podcast.coverage import UnheardSpeech


def gaps_by_line(record: EpisodeRecord) -> dict[int, list[UnheardSpeech]]:
    """Return what is not English, by the place of the line before it; -1 where there is none."""
    starts = [line.start for line in record.lines]
    gaps: dict[int, list[UnheardSpeech]] = {}
    for gap in record.coverage.foreign if record.coverage else ():
        gaps.setdefault(bisect(starts, gap.start) - 1, []).append(gap)
    return gaps


def render_gaps(gaps: Iterable[UnheardSpeech], words: PageLabels) -> str:
    """Lay out what stands where speech was left out, in the language of the page's own words."""
    return "".join(
        f'<p class="gap" lang="{words.tag}">{html_text(_text(gap, words))}</p>' for gap in gaps
    )


def _text(gap: UnheardSpeech, words: PageLabels) -> str:
    name = words.foreign_names.get(gap.language, gap.language)
    return words.foreign.format(language=name, start=clock(gap.start), end=clock(gap.end))
