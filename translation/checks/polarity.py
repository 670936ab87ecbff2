"""Tell by its forms whether a translation lost a negation, or made a question a statement. Pure.

Languages deny and ask in many ways, so that what is found here is a doubt and never a verdict: only
rows are looked at in which the English leaves no choice, and any form that may deny will do.
"""

import re

from podcast.language import Language

_NOT = re.compile(r"\b(?:not|never|nothing|nobody|cannot|\w+n't|no one)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"""
    \bnot\ (?:only|just|simply|merely|to\ mention|until|least|yet|bad|long|far|too|exactly|quite
      |even|really)\b | \bif\ not\b | \bor\ not\b
    | \bnothing\ (?:but|more|less)\b | \b(?:do|does|did|is|are|was|were|wo|would|could|should|ca)n't
      \ (?:you|we|they|he|she|it|I|wait|help|stop|until|mind)\b
    | \bwhy\ (?:not|do|don't)\b | \b(?:less|fewer|without|un\w+|in\w+|dis\w+)\b | \?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""With these a row may be turned around: not until he came, won't you, not unlike."""

_DENIES = {
    Language.KO: re.compile(
        r"않|못|없|아니|아닌|아닙|안\s?[가-힣]|말[고라아았]|맙시다|마[세십시]|지\s?마|모르|모른|몰|거부|불[가-힣]"
        r"|비[가-힣]|무[가-힣]|미[가-힣]|싫|절대|전혀|결코|금지|반대|실패|어렵|거절|아무|밖에|잖"
    ),
    Language.ZH: re.compile("[不没未无非别勿莫否免难休毫]|拒绝|失败|缺乏|禁止|绝|反对"),
    Language.JA: re.compile(
        "な[いくかけしきさ]|ません|ませ|[ぬずん]|無|不|非|未|否|まい|違|嫌|禁|失敗|反対|難し|決して|全く"
    ),
}
_ASKS = {
    Language.KO: re.compile(
        r"[?？]|까|니[.!\s]|나요|[가은는]가|가요|죠|지요|는지|을지|ㄹ지|냐|뭐|무엇|무슨|누[구가]|어디|언제|왜|어떻게|어떤|몇|얼마"
    ),
    Language.ZH: re.compile("[?？吗呢吧么什谁哪怎几多何否]|不是"),
    Language.JA: re.compile("[?？かの]|何|誰|どこ|いつ|なぜ|どう|いくつ|でしょ|だろ"),
}
_LAST_ASKS = re.compile(r"(?<!\bOK)(?<!\bokay)(?<!\bright)(?<!\bhuh)\?[\"'”’)\]]*$", re.IGNORECASE)
"""A tag asks for no answer: a translation may leave it out."""


def lost_negation(source: str, text: str, target: Language) -> str:
    """Return the word by which the English denies, where nothing in the translation may do so."""
    denied = _NOT.findall(source)
    if len(denied) != 1 or _OPEN.search(source) or _DENIES[target].search(text):
        return ""
    return str(denied[0])


def lost_question(source: str, text: str, target: Language) -> str:
    """Return "?" where the English asks and nothing in the translation may be a question."""
    asks = _LAST_ASKS.search(source.strip())
    return "?" if asks and not _ASKS[target].search(text) else ""
