"""Write TTML, the IMSC 1.1 text profile of it: for broadcasters, archives and video platforms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from outputs.captions.cues import cues_in, pair_cues_in
from outputs.linepairs import timestamp
from outputs.markup.escaping import xml_line
from outputs.markup.pair_order import span_of
from outputs.record.record_types import EpisodeRecord
from podcast.language import SOURCE, Language

IMSC_TEXT = "http://www.w3.org/ns/ttml/profile/imsc1.1/text"

_TTML = "http://www.w3.org/ns/ttml"
_MS = 1000


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The rows of one language, on the screen from start to end (in milliseconds)."""

    start: int
    end: int
    speaker: str
    language: Language
    rows: tuple[str, ...]


def render_ttml(record: EpisodeRecord, language: Language) -> str:
    """Write the cues of one language.

    Raises:
        BadInputError: The record does not hold that language.
    """
    paragraphs = [
        _Paragraph(*span_of(cue, _MS), cue.speaker, language, cue.rows)
        for cue in cues_in(record, language)
    ]
    title = record.title if language is SOURCE else record.titles[language.value].text
    return _document(title, language, paragraphs)


def render_pair_ttml(record: EpisodeRecord, target: Language) -> str:
    """Write English and one other language, each card as two paragraphs at the same time.

    Paragraphs of one region that show at the same time stand one below the other in the order
    of the document, so that English comes first.

    Raises:
        BadInputError: The record does not hold that language.
    """
    paragraphs = [
        _Paragraph(*span_of(cue, _MS), cue.speaker, language, rows)
        for cue in pair_cues_in(record, target)
        for language, rows in ((SOURCE, cue.source), (target, cue.target))
    ]
    return _document(record.title, SOURCE, paragraphs)


def _document(title: str, language: Language, paragraphs: Sequence[_Paragraph]) -> str:
    names = dict.fromkeys(p.speaker for p in paragraphs if p.speaker)
    agents = {name: f"speaker{number}" for number, name in enumerate(names, start=1)}
    root = ET.Element(
        "tt",
        {
            "xmlns": _TTML,
            "xmlns:ttm": f"{_TTML}#metadata",
            "xmlns:ttp": f"{_TTML}#parameter",
            "xmlns:tts": f"{_TTML}#styling",
            "xml:lang": language.tag,
            "ttp:timeBase": "media",
            "ttp:contentProfiles": IMSC_TEXT,
        },
    )
    _add_head(root, title, agents)
    division = ET.SubElement(ET.SubElement(root, "body"), "div", {"region": "bottom"})
    division.extend(_paragraphs(paragraphs, agents))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _add_head(root: ET.Element, title: str, agents: Mapping[str, str]) -> None:
    """Say who speaks, and show two rows or four at the bottom of the picture."""
    head = ET.SubElement(root, "head")
    metadata = ET.SubElement(head, "metadata")
    ET.SubElement(metadata, "ttm:title").text = xml_line(title)
    for name, agent in agents.items():
        person = ET.SubElement(metadata, "ttm:agent", {"xml:id": agent, "type": "person"})
        ET.SubElement(person, "ttm:name", {"type": "full"}).text = xml_line(name)
    style = {"tts:fontFamily": "proportionalSansSerif", "tts:textAlign": "center"}
    colours = {"tts:color": "#FFFFFF", "tts:backgroundColor": "#000000C0"}
    ET.SubElement(ET.SubElement(head, "styling"), "style", {"xml:id": "text", **style, **colours})
    box = {"tts:origin": "10% 50%", "tts:extent": "80% 40%", "tts:displayAlign": "after"}
    region = {"xml:id": "bottom", **box, "tts:showBackground": "whenActive"}
    ET.SubElement(ET.SubElement(head, "layout"), "region", region)


def _paragraphs(
    paragraphs: Sequence[_Paragraph], agents: Mapping[str, str]
) -> Iterator[ET.Element]:
    for paragraph in paragraphs:
        element = ET.Element(
            "p",
            {
                "begin": timestamp(paragraph.start / _MS),
                "end": timestamp(paragraph.end / _MS),
                "xml:lang": paragraph.language.tag,
                "style": "text",
            },
        )
        if paragraph.speaker:
            element.set("ttm:agent", agents[paragraph.speaker])
        first, *others = paragraph.rows
        element.text = xml_line(first)
        for row in others:
            ET.SubElement(element, "br").tail = xml_line(row)
        yield element
