"""Let a glossary correct what the recogniser misheard, on the page or for translation. Pure."""

from dataclasses import replace

from podcast.transcript import Flag, Line, Transcript
from translation.glossary.show_glossary import Glossary


def apply_glossary(transcript: Transcript, glossary: Glossary) -> Transcript:
    """Return the transcript with every mishearing that the glossary knows put right.

    Where the glossary does not correct the page, the heard words stay on it, and only what is
    translated (`Line.meant`) is the right English.
    """
    return replace(transcript, lines=tuple(_corrected(line, glossary) for line in transcript.lines))


def _corrected(line: Line, glossary: Glossary) -> Line:
    right = glossary.corrected(line.text)
    if right == line.text:
        return line
    if glossary.corrects_page:
        return replace(line, text=right, flags=(*line.flags, Flag.GLOSSARY))
    return replace(line, meant=right)
