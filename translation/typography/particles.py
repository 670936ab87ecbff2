"""Give Korean particles the form that the sound before them wants: "Gemma를", "LLM을". Pure.

Translation models choose the particle by chance after a Latin word or a number, write both forms
("을(를)"), or leave a space before it. What follows a Korean word is left alone: nobody can tell
there whether "가을" ends in a particle.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from translation.typography.characters import HANGUL, LATIN
from translation.typography.korean_sounds import Ending, Endings, endings


@dataclass(frozen=True, slots=True)
class ParticlePair:
    """The two forms of a particle.

    Attributes:
        closed: After a consonant.
        opened: After a vowel.
        is_like_open_after_rieul: ㄹ counts as a vowel: "서울로".
        is_closed_form_free: The longer form may stand after a vowel too: "Gemma이고".
    """

    closed: str
    opened: str
    is_like_open_after_rieul: bool = False
    is_closed_form_free: bool = False

    def fits(self, form: str, ending: Ending) -> bool:
        """Say whether a form may stand after an ending."""
        return form == self.after(ending) or (self.is_closed_form_free and form == self.closed)

    def after(self, ending: Ending) -> str:
        """Return the form after an ending."""
        if ending is Ending.RIEUL:
            return self.opened if self.is_like_open_after_rieul else self.closed
        return self.closed if ending is Ending.CLOSED else self.opened


OBJECT = ParticlePair("을", "를")
SUBJECT = ParticlePair("이", "가")
TOPIC = ParticlePair("은", "는")
WITH = ParticlePair("과", "와")
TOWARDS = ParticlePair("으로", "로", is_like_open_after_rieul=True)
OR = ParticlePair("이나", "나")
POLITE = ParticlePair("이에요", "예요")

_ENDED = rf"(?![{HANGUL}{LATIN}\d])"
_AFTERWARDS = rf"(?:요)?{_ENDED}"  # "Gemma를요"
_POINTS = r"는|도|의|만|서|써|서는|서의|써의|부터|까지"

# What a particle looks like: the pair, what may follow it. The longest come first.
_SHAPES: tuple[tuple[ParticlePair, str], ...] = (
    (POLITE, _ENDED),
    (ParticlePair("이었", "였"), ""),
    (ParticlePair("이잖", "잖", is_closed_form_free=True), ""),
    (ParticlePair("이거든", "거든", is_closed_form_free=True), ""),
    (ParticlePair("이니까", "니까", is_closed_form_free=True), ""),
    (ParticlePair("이지만", "지만", is_closed_form_free=True), ""),
    (ParticlePair("이네요", "네요", is_closed_form_free=True), ""),
    (ParticlePair("이죠", "죠", is_closed_form_free=True), ""),
    (ParticlePair("이라", "라"), "(?=고|는|서|면|도|며)"),
    (ParticlePair("이란", "란"), _ENDED),
    (ParticlePair("이랑", "랑"), rf"(?:은|는|도|만)?{_AFTERWARDS}"),
    (ParticlePair("이든", "든"), rf"(?:지)?{_ENDED}"),
    (ParticlePair("이고", "고", is_closed_form_free=True), _AFTERWARDS),
    (ParticlePair("이며", "며", is_closed_form_free=True), _ENDED),
    (OR, _AFTERWARDS),
    (ParticlePair("이야", "야"), r"(?=[.?!])"),
    (TOWARDS, rf"(?:{_POINTS})?{_AFTERWARDS}"),
    (WITH, rf"(?:는|도|의|만)?{_AFTERWARDS}"),
    (OBJECT, _AFTERWARDS),
    (SUBJECT, _AFTERWARDS),
    (TOPIC, _AFTERWARDS),
)

_CALL = ParticlePair("아", "야")


def _doubled(pair: ParticlePair) -> Iterator[str]:
    """Return how a particle is written by who leaves the choice to the reader: 을(를), (을)를."""
    for one, other in ((pair.closed, pair.opened), (pair.opened, pair.closed)):
        yield from (f"{one}({other})", f"{one}/{other}", f"({one}){other}")
    if rest := pair.closed.removesuffix(pair.opened):
        yield from (f"({rest}){pair.opened}", f"{rest}({pair.opened})")


_PAIRS = (*(pair for pair, _ in _SHAPES), _CALL)
_DOUBLES = {
    **{double: pair for pair in _PAIRS for double in _doubled(pair)},
    "(이)에요": POLITE,
    "(이)예요": POLITE,
    "(이)였": ParticlePair("이었", "였"),
    "이예요": POLITE,  # a common misspelling of either
}
_DOUBLE = re.compile("|".join(map(re.escape, sorted(_DOUBLES, key=len, reverse=True))))
_SINGLE = tuple(
    (pair, re.compile(f"(?P<form>{pair.closed}|{pair.opened})(?:{following})"))
    for pair, following in _SHAPES
)

# A particle is looked for behind these. Quotes and brackets end words too: "모델(LLM)을".
_SPOKEN = rf"[{LATIN}\d%‰℃°+#&]['\"’”»」』)\]]*"
_ENDS = rf"{LATIN}\d%‰℃°+#&'\"’”»」』)\]"
_BOUNDARY = re.compile(rf"(?<=[{_ENDS}])(?=[{HANGUL}])")
# Not "이예요", which shows no sign of doubt: "고양이예요" is right.
_BEHIND = re.compile(rf"(?<=[{HANGUL}{_ENDS}])(?: (?=\())?(?!이예요)(?P<double>{_DOUBLE.pattern})")
# Particles that stand apart by mistake. Not "이" (this), "나" (I), "보다" (see), which are words,
# nor "가" (go) and "와" (wow) where a sentence ends.
_APART = re.compile(
    rf"(?P<word>{_SPOKEN}) +(?P<particle>"
    rf"(?:를|을|은|는|(?:으?로|과)(?:{_POINTS})?|와(?:는|도|의)|의|에|에서|에게|까지|부터|도|만|처럼|밖에|조차|마저"
    rf"|에는|에도|에서는|에서도|이?라고|이?라는|이라서|이랑|이에요|이예요|예요|입니다|입니까|였어요|였습니다"
    rf"|이었어요|이었습니다)요?{_ENDED}|[가와](?= ))"
)


def fix_particles(text: str) -> str:
    """Correct the particles after Latin words, numbers and symbols, and those in two forms."""
    text = _APART.sub(_joined, text)
    text = _BEHIND.sub(lambda found: _of_double(text[: found.start()], found["double"]), text)
    pieces = _BOUNDARY.split(text)
    fixed = pieces[0]
    for piece in pieces[1:]:
        fixed += refit(fixed, piece)
    return fixed


def particle(word: str, pair: ParticlePair) -> str:
    """Return the form of a particle that a word wants; after a sound nobody knows, the open one."""
    return pair.after((endings(word) or (Ending.OPEN,))[0])


def refit(word: str, rest: str) -> str:
    """Return what follows a word, its particle in the form that the word wants.

    For a word that has been put in the place of another: `refit("Gemma", "을 써요")` is "를 써요".
    A text that begins with no particle comes back as it is.

    Args:
        word: The word, or the text up to its end.
        rest: What follows, without a space between them.
    """
    if double := _DOUBLE.match(rest):
        return _of_double(word, double[0]) + rest[double.end() :]
    known = endings(word)
    for pair, pattern in _SINGLE:
        if known and (found := pattern.match(rest)):
            return _fitting(pair, found["form"], known) + rest[found.end("form") :]
    return rest


def _of_double(word: str, double: str) -> str:
    return particle(word, _DOUBLES[double])


def _fitting(pair: ParticlePair, form: str, known: Endings) -> str:
    """Keep a form that is right for one way of saying the word; "R" is 아르 and 알."""
    if any(pair.fits(form, ending) for ending in known):
        return form
    return pair.after(known[0])


def _joined(apart: re.Match[str]) -> str:
    return apart["word"] + apart["particle"]
