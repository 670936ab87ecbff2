"""Write the pairs of an episode as a Word document (DOCX), for editors and readers on paper."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from outputs.markup.escaping import xml_line
from outputs.markup.timestamps import clock
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import SOURCE, Language
from podcast.transcript import LinePair

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

# A zip cannot tell an earlier time; it stands for "not known", so that the same work gives
# the same bytes.
NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


_MAX_PROPERTY = 255
_UNREAD = ("thumbnail", "stylesWithEffects")
"""Parts of the library's template: a picture of an empty page, and styles for Word 2010 alone."""


def render_word_document(record: EpisodeRecord, target: Language) -> bytes:
    """Write a document with both titles and, for every pair, who and when, English, translation.

    Styles carry fonts and languages, so that an editor changes them all at once, and keep the
    three paragraphs of a pair on one page.

    Raises:
        BadInputError: The record does not hold that language.
    """
    from docx import Document

    transcript = transcript_in(record, target)
    document = Document(BytesIO(_template()))
    _describe(document, record, target)
    end = document.element.body.sectPr
    heading, subheading, *of_pair = (_empty(style) for style in _styles(document, target))
    _add(end, heading, xml_line(record.title))
    _add(end, subheading, xml_line(transcript.title.text))
    for pair in transcript.pairs:
        for empty, text in zip(of_pair, _texts(pair), strict=True):
            _add(end, empty, text)
    return _without_times(_saved(document))


@cache
def _template() -> bytes:
    """Return the library's template without what these documents do not use.

    That is nine tenths of it, and was most of the time of each document. The styles of tables are
    Word's own; it offers them all the same.
    """
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    document = Document()
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_UNREAD):
                del owner.rels[key]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and not style.element.default:
            style.delete()
    return _saved(document)


def _saved(document: "Document") -> bytes:
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _texts(pair: LinePair) -> tuple[str, str, str]:
    line = pair.source
    head = f"{line.speaker} · {clock(line.start)}" if line.speaker else clock(line.start)
    return xml_line(head), xml_line(line.text), xml_line(pair.target.text)


def _empty(style: "ParagraphStyle") -> Any:
    """Return a paragraph of a style, its text still to come.

    `Document.add_paragraph` looks for the end of the body every time: a minute for 10,000 pairs.
    The setters of its paragraphs look for the right place among what is there, and here nothing is.
    """
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    paragraph: Any = OxmlElement("w:p")
    paragraph.append(OxmlElement("w:pPr"))
    paragraph[0].append(OxmlElement("w:pStyle", {qn("w:val"): style.style_id}))
    paragraph.append(OxmlElement("w:r"))
    paragraph[1].append(OxmlElement("w:t"))
    return paragraph


def _add(end: Any, empty: Any, text: str) -> None:
    """Add a paragraph before the end of the body."""
    paragraph = deepcopy(empty)
    paragraph[1][0].text = text
    end.addprevious(paragraph)


def _describe(document: "Document", record: EpisodeRecord, target: Language) -> None:
    """Fill in the properties, in place of those of the library's template."""
    properties = document.core_properties
    properties.title = xml_line(record.title)[:_MAX_PROPERTY]
    properties.author = properties.last_modified_by = xml_line(record.show)[:_MAX_PROPERTY]
    properties.comments = ""
    properties.language = target.tag
    properties.revision = 1
    properties.created = properties.modified = NO_TIME


def _styles(document: "Document", target: Language) -> "Iterator[ParagraphStyle]":
    """Give the styles of title, title in translation, speaker, English and translation."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name in ("Title", "Subtitle"):
        yield _lettered(document.styles[name], target)
    for name, size, is_last in (("Speaker", 9, False), ("Source", 11, False), ("Target", 11, True)):
        style = document.styles.add_style(f"Pair {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.keep_with_next = not is_last
        style.paragraph_format.keep_together = True
        style.paragraph_format.space_after = Pt(10 if is_last else 0)
        if name == "Speaker":
            style.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
        yield _lettered(style, target)


def _lettered(style: "ParagraphStyle", target: Language) -> "ParagraphStyle":
    """Set the fonts and the languages of a style, for Latin and for East Asian letters."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    latin, east_asian = SOURCE.profile.fonts, target.profile.fonts
    style.font.name = latin.office
    letters = style.element.get_or_add_rPr()
    fonts = letters.rFonts
    fonts.set(qn("w:eastAsia"), east_asian.office)
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)  # it would win over the font itself
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), latin.locale)
    language.set(qn("w:eastAsia"), east_asian.locale)
    letters.append(language)
    return style


def _without_times(package: bytes) -> bytes:
    """Pack a document again, its parts in the same order, without the time of day."""
    packed = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, NO_TIME.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # whatever the machine
            target.writestr(part, source.read(name))
    return packed.getvalue()
