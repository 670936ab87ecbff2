"""Say the ends of sentences in another register, and leave what no rule is sure of. Pure."""

import re
from unicodedata import normalize

from podcast.language import Language
from podcast.register import Register, Rule, register_of

_SENTENCE = re.compile(r"[^.?!。？！…]+(?:[.?!。？！…]+|$)")
_QUOTES = re.compile('["“”「」『』]')
_QUOTED = re.compile('["”」』]')


def in_register(row: str, target: Language, wished: Register) -> str:
    """Return a row with its sentences in a register, each as far as the language has rules.

    What is quoted keeps the register of whom it quotes.

    Args:
        row: As it is published.
        target: Its language.
        wished: The register.
    """

    def reworded(found: re.Match[str]) -> str:
        is_quoted = len(_QUOTES.findall(row[: found.end()])) % 2 or _QUOTED.match(row, found.end())
        return found[0] if is_quoted else _sentence_in(found[0], target, wished)

    return _SENTENCE.sub(reworded, row)


def _sentence_in(sentence: str, target: Language, wished: Register) -> str:
    registers = target.profile.registers
    now = register_of(sentence, registers)
    if now is None or now == wished:
        return sentence
    before = said = normalize("NFD", sentence)
    for rules in registers[now].becomes.get(wished, ()):
        said = _by_rule(said, rules)
    after = normalize("NFC", said)
    became = register_of(after, registers)
    is_there = became == wished or (became and became.is_polite and wished.is_polite)
    return after if is_there and said != before else sentence


def _by_rule(sentence: str, rules: tuple[Rule, ...]) -> str:
    """Apply the first rule that fits; a sentence that none fits stays as it is."""
    rule = next((rule for rule in rules if rule[0].search(sentence)), None)
    return rule[0].sub(rule[1], sentence, count=1) if rule else sentence
