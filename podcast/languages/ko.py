"""Korean."""

import re

from podcast.languages import profile
from podcast.languages.endings_ko import (
    CASUAL_TO_POLITE,
    FORMAL_TO_POLITE,
    PLAIN_TO_FORMAL,
    POLITE_TO_FORMAL,
)
from podcast.languages.letters import HAN, HANGUL, KANA
from podcast.languages.line_breaks import (
    PHRASE,
    PLAIN,
    POOR,
    TIED,
    BreakRule,
    LineBreaks,
    any_of,
)
from podcast.languages.units import Unit
from podcast.register import Register, SentenceEndings

_MODIFIERS = any_of(
    "이 그 저 한 두 세 네 몇 안 못 더 이런 그런 저런 어떤 모든 각 새 첫 여러 다음 지난 이번"
)
_BOUND = re.compile(
    r"(?:것|거|수|때|줄|적|등|뿐|데|만큼|대로)(?![가-힣]{2})"
    r"|(?:대[해한]|관[해한]|위[해한]|통[해한]|따라|비해|있|없|않|싶|주세)"
)
_CLAUSE = "(?:고|며|면|서|는데|은데|지만|니까|려고|도록)"
_ENDED = "[.?!。！？…⋯,;:、，；：—–-][\"'”’)」』）]*"
_TIED = "(?:의|있는|없는|하는|되는|않는|같은|작은|좋은|많은|높은|낮은|새로운)"
_SYLLABLES, _FINALS = range(ord("가"), ord("힣") + 1), 28
_N, _L, _B, _SS = (
    "".join(chr(code) for code in _SYLLABLES if (code - ord("가")) % _FINALS == final)
    for final in (4, 8, 17, 20)
)
"""Syllables that end in n, l, b and ss."""

_ADNOMINAL = (_N + _L).translate(dict.fromkeys(map(ord, "은는")))
"""Syllables that end in n or l, with which verbs and adjectives describe the next word."""

_LINE_BREAKS = LineBreaks(
    (
        BreakRule(POOR, before=re.compile(f"^{_MODIFIERS}$")),
        BreakRule(POOR, after=_BOUND),
        BreakRule(POOR, before=re.compile(r"^[\0-\x7f]+$"), after=re.compile(r"[\0-\x7f]")),
        BreakRule(PHRASE, before=re.compile(f"{_CLAUSE}$")),
        BreakRule(TIED, before=re.compile(f"{_TIED}$")),
        # The object of a verb that ends here.
        BreakRule(
            TIED,
            before=re.compile("[을를]$"),
            after=re.compile(rf"\S*(?:{_CLAUSE}|{_ENDED})(?!\S)"),
        ),
        BreakRule(PLAIN, before=re.compile("[을를]$")),
        BreakRule(TIED, before=re.compile(f"[{_ADNOMINAL}]$")),
    )
)

_WEB = """\
font-family: system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR",
    "Noto Sans CJK KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;"""

_UNITS = {
    Unit.PERCENT: r"%|퍼센트|프로(?!그|젝|세|토|덕|필)|퍼(?![가-힣])|할(?![가-힣])",
    Unit.USD: r"미국\s?달러|달러|불(?![가-힣])|USD",
    Unit.CENT: r"센트",
    Unit.EUR: r"유로",
    Unit.JPY: r"엔(?![진드지터비])",
    Unit.KRW: r"원(?![칙인격소동])",
    Unit.CNY: r"위안",
    Unit.NANOSECOND: r"나노\s?초",
    Unit.MICROSECOND: r"마이크로\s?초",
    Unit.MILLISECOND: r"밀리\s?초",
    Unit.SECOND: r"초(?![등중고반])",
    Unit.MINUTE: r"분(?![의기야석위류포])",
    Unit.HOUR: r"시간",
    Unit.WEEK: r"주(?![년요제장된자])",
    Unit.MONTH: r"개월|달(?!러)",
    Unit.CALENDAR_MONTH: r"월",
    Unit.CENTURY: r"세기",
    Unit.YEAR: r"주년|년(?!대)|살|세(?![기대트])",
    Unit.DAY: r"일(?![본반부등])",
    Unit.SQUARE_KILOMETRE: r"(?:제곱|평방)\s?킬로미터",
    Unit.SQUARE_METRE: r"(?:제곱|평방)\s?미터",
    Unit.SQUARE_MILE: r"(?:제곱|평방)\s?마일",
    Unit.SQUARE_FOOT: r"(?:제곱|평방)\s?피트",
    Unit.ACRE: r"에이커",
    Unit.HECTARE: r"헥타르",
    Unit.NANOMETRE: r"나노미터",
    Unit.MILLIMETRE: r"밀리미터|밀리(?!\s?초|[가-힣])",
    Unit.CENTIMETRE: r"센티미터|센티",
    Unit.KILOMETRE: r"킬로미터",
    Unit.METRE: r"미터",
    Unit.MILE: r"마일(?![스리])",
    Unit.YARD: r"야드",
    Unit.FOOT: r"피트|풋",
    Unit.INCH: r"인치",
    Unit.MILLIGRAM: r"밀리그램",
    Unit.KILOGRAM: r"킬로그램",
    Unit.KILO: r"킬로(?![가-힣])",
    Unit.GRAM: r"그램",
    Unit.OUNCE: r"온스",
    Unit.POUND: r"파운드",
    Unit.TON: r"톤",
    Unit.MILLILITRE: r"밀리리터",
    Unit.LITRE: r"리터",
    Unit.GALLON: r"갤런",
    Unit.WATT: r"와트",
    Unit.KILOWATT: r"킬로와트",
    Unit.MEGAWATT: r"메가와트",
    Unit.GIGAWATT: r"기가와트",
    Unit.KILOBYTE: r"킬로바이트",
    Unit.MEGABYTE: r"메가바이트|메가(?![가-힣])",
    Unit.GIGABYTE: r"기가바이트|기가(?![가-힣])",
    Unit.TERABYTE: r"테라바이트|테라(?![가-힣])",
    Unit.PETABYTE: r"페타바이트",
    Unit.BYTE: r"바이트",
    Unit.DEGREE: r"도(?![시로서])",
}
_REGISTERS = {
    Register.FORMAL: SentenceEndings(
        "하십시오체",
        re.compile(f"[{_B}](?:[니디][다까]만?|시[다오])$"),
        {Register.POLITE: (FORMAL_TO_POLITE,)},
    ),
    Register.POLITE: SentenceEndings(
        "해요체",
        re.compile("(?<![필중수개주소])요$|죠$"),
        {Register.FORMAL: (POLITE_TO_FORMAL,)},
    ),
    Register.PLAIN: SentenceEndings(
        "해라체",
        re.compile("(?<!캐나)(?<!바)(?<!소)다$|(?:[는은인던한]가|냐|[해어아보하]라)$"),
        {
            Register.FORMAL: (PLAIN_TO_FORMAL,),
            Register.POLITE: (PLAIN_TO_FORMAL, FORMAL_TO_POLITE),
        },
    ),
    Register.CASUAL: SentenceEndings(
        "해체",
        re.compile(
            rf"(?:[{_SS}][어지네]|[{_L}][까게걸]|[이거뭐니]야|거든|잖아|더라|구나"
            r"|(?<![이오올피방손대통향위관])해|돼|봐|줘|몰라|그래|[좋같많맞알찮]아|[있없싶싫]어"
            r"|[아고]파|[예기]뻐|[나바]빠|[렇하이좋없맞되거알뭐]지|[이하좋]네|[하이렇]군)$"
        ),
        {
            Register.POLITE: (CASUAL_TO_POLITE,),
            Register.FORMAL: (CASUAL_TO_POLITE, POLITE_TO_FORMAL),
        },
    ),
}
_DENIES = (
    r"않|못|없|아니|아닌|아닙|아닐|(?<![가-힣])안(?=\s|[되돼될된됐됩했하])|말(?=[고라아았]|\s?것)"
    r"|맙시다|마(?=[세십시])|지\s?마|모르|모른|모릅|몰|커녕|밖에|잖|거부|거절|싫|금지|반대|실패|어렵|드물"
    r"|부[족정]|불(?=[가명분확필충안편법투만완평행균신능])|비(?=[공정효현합협])|무(?=[관료한효시력의])"
    r"|미(?=[상정완지발숙흡달])|(?:전혀|절대로?|결코)(?=요?[.!?,]|요?$)"
)
"""Adverbs, verbs and prefixes; each may deny once."""

_REDUPLICATES = (
    ".*(?:씩|[깊높많같길]이|[히게]|[^으]로|리|고|며|번|걸음)|[한두세네몇] .+|하나|둘|셋|하루|정말"
    "|진짜|아주|매우|너무|다시|계속|점점|자꾸|자주|오래|서로|조금|잠깐|어떻게|제발|어서|그만|아니"
    "|안녕|여보세요"
)
"""Adverbs and counts with a space between; what Korean calls 첩어 is written as one word."""

_SITE_WORDS = {
    "사이트맵": "site ?map", "자주 묻는 질문": "FAQ|ask", "이용 후기": "review",
    "쿠키를 사용합니다": "cookie", "코멘트가 없습니다": "comment", "문의하기": "contact|inquir",
}  # fmt: skip
_DECLINES = (
    "죄송(?:하지만|합니다만|스럽지만)|유감스럽게도|도와 ?드릴 수 없|도움을 드릴 수 없"
    "|(?:답변|제공|번역)(?:해 ?드리|드리|하)?[^.]{,3} 수 없|언어 모델(?:로서|이기)"
    "|AI(?: ?어시스턴트|로서)"
)
_HEADINGS = {
    profile.Heading.TRANSLATION: "번역|옮긴이|^(?:[의직]역|역주)$",
    profile.Heading.LANGUAGE: "한국[어말]|한글|국문|^k(?:o|or|r)$",
    profile.Heading.ORIGINAL: "^(?:원문|영[어문])$",
    profile.Heading.ANSWER: "^(?:답변?|대답|정답|응답)$",
    profile.Heading.SPEAKER: r"^(?:화자|발[화언]자|스피커|진행자|사회자|게스트) ?\d*$",
}

KOREAN = profile.LanguageProfile(
    code="ko",
    tag="ko",
    label="Korean",
    script=profile.Script(own=HANGUL, foreign=HAN + KANA, glossed=HAN),
    punctuation=profile.Punctuation(
        marks={"…": "...", ";": ",", "–": "—"},
        rows=profile.RowStyle.KOREAN,
        sentence_end=r"\s\S*(?:요|다|죠|까)$",  # a polite predicate
    ),
    numbers=profile.Numbers(
        units=_UNITS, numerals=profile.Numerals.KOREAN, hour=r"\s?시(?![간작리스즌도장설])"
    ),
    lengths=profile.Lengths(0.20, 1.0),  # published translations of talk: 0.23 to 0.8
    captions=profile.Captions(width=16.0, speed=12.0),
    doubts=profile.Doubts(
        denies=_DENIES,
        asks=(
            r"[?？]|까|니[.!\s]|나요|[가은는]가|가요|죠|지요|는지|을지|ㄹ지|냐|뭐|무엇|무슨"
            "|누[구가]|어디|언제|왜|어떻게|어떤|몇|얼마"
        ),
        reduplicates=_REDUPLICATES,
        site_words=_SITE_WORDS,
        declines=_DECLINES,
        headings=_HEADINGS,
    ),
    registers=_REGISTERS,
    line_breaks=_LINE_BREAKS,
    fonts=profile.Fonts(
        office="Malgun Gothic",
        locale="ko-KR",
        video="Noto Sans CJK KR",
        video_size=64.0,
        web=_WEB,
    ),
)
