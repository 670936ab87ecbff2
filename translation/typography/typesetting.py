"""Set translated rows as an editor of the language would: spaces, punctuation, particles. Pure.

Only marks, spaces, character widths and Korean particles change, never a word. Setting a row twice
changes nothing more.
"""

from dataclasses import dataclass

from podcast.language import Language
from podcast.languages.profile import RowStyle
from translation.typography.characters import fold_width, has_chinese_or_japanese, has_korean
from translation.typography.particles import fix_particles
from translation.typography.protected_spans import LITERAL, QUOTATION, TITLE
from translation.typography.punctuation import set_marks, set_quotes, to_ascii_marks
from translation.typography.punctuation_ko import fold_korean_marks, set_korean_marks
from translation.typography.spacing import set_spaces

_MAX_ROUNDS = 4  # two marks that meet when something between them goes ask for another round


@dataclass(frozen=True, slots=True)
class TypographyOptions:
    """The house style, for Chinese and Japanese; Korean has one style only.

    Attributes:
        latin_spacing: One space between Latin letters or digits and the other characters.
        full_width: Full-width "，？！：；（）", not the ASCII forms; "。" and "、" stay either way.
    """

    latin_spacing: bool = True
    full_width: bool = True


DEFAULT_STYLE = TypographyOptions()


def typeset(text: str, language: Language, options: TypographyOptions = DEFAULT_STYLE) -> str:
    """Return a translated row in the typography of its language.

    A row without a character of the language, such as English that was kept, stays as it is.

    Args:
        text: One row.
        language: The language of the row; English is only brought to one line.
        options: The house style.

    Returns:
        One line in NFC, empty only where there was nothing to see.
    """
    text = fold_width(text)
    for _ in range(_MAX_ROUNDS):
        before, text = text, _set(text, language, options)
        if text == before:
            break
    return text


def _set(text: str, language: Language, options: TypographyOptions) -> str:
    match language.profile.punctuation.rows:
        case RowStyle.KOREAN if has_korean(text):
            return set_korean_marks(fix_particles(fold_korean_marks(text)))
        case RowStyle.WIDE if has_chinese_or_japanese(text):
            return _set_wide(text, language, options)
        case _:
            return text


def _set_wide(text: str, language: Language, options: TypographyOptions) -> str:
    text, pieces = LITERAL.hide(text)
    text, titles = TITLE.hide(text)
    text, quotations = QUOTATION.hide(set_quotes(text, language))
    text = set_spaces(set_marks(text, language), latin_spacing=options.latin_spacing)
    if not options.full_width:
        text = to_ascii_marks(text)
    text = TITLE.restore(QUOTATION.restore(text, quotations), titles)
    return LITERAL.restore(text, pieces)
