"""Japanese."""

import re

from podcast.languages import profile
from podcast.languages.endings_ja import PLAIN_TO_POLITE
from podcast.languages.letters import HAN, HANGUL, KANA
from podcast.languages.line_breaks import PHRASE, POOR, TIED, BreakRule, LineBreaks
from podcast.languages.units import Unit
from podcast.register import Register, SentenceEndings

_MARKS = {
    ".": "。", ",": "、", "?": "？", "!": "！", "…": "……", ";": "。", ":": "：", "—": "――",
    "–": "――",
}  # fmt: skip

_BOUND = re.compile(
    r"(?:つい[てた]|よ[りっ]て|とって|対[しす]|関[しす]|おい[てた]|い[るたまな]|ください|くださ|くれ|ほし|もら"
    r"|こと|もの|ため|とき|よう|ので|しま|おき|みた|です|ます|ない)"
)
_NOUN = re.compile(r"[A-Za-z0-9\u3005\u30a1-\u30fa\u4e00-\u9fff]")
_LINE_BREAKS = LineBreaks(
    (
        BreakRule(POOR, after=_BOUND),
        BreakRule(TIED, before=re.compile("[のなを]$")),
        # Adjectives and verbs, which describe the noun that follows.
        BreakRule(TIED, before=re.compile("[いたるうくすつぬむぶぐ]$"), after=_NOUN),
        BreakRule(PHRASE, before=re.compile("[はも]$")),
    ),
    phrases="japanese",
)

_WEB = """\
font-family: system-ui, -apple-system, "Hiragino Sans", "Yu Gothic UI", "Meiryo",
    "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
  line-break: strict;"""

_UNITS = {
    Unit.PERCENT: r"%|パーセント|割",
    Unit.USD: r"米?ドル|USD",
    Unit.CENT: r"セント",
    Unit.EUR: r"ユーロ",
    Unit.JPY: r"円",
    Unit.KRW: r"ウォン",
    Unit.CNY: r"人民元|元",
    Unit.NANOSECOND: r"ナノ秒",
    Unit.MICROSECOND: r"マイクロ秒",
    Unit.MILLISECOND: r"ミリ秒",
    Unit.HOUR: r"時間",
    Unit.MINUTE: r"分(?![のか野類析散割配岐])",
    Unit.SECOND: r"秒",
    Unit.WEEK: r"週",
    Unit.MONTH: r"[ヶか箇カケヵ]月",
    Unit.CALENDAR_MONTH: r"月",
    Unit.CENTURY: r"世紀",
    Unit.YEAR: r"周年|年(?![代生齢])|歳|才",
    Unit.DAY: r"日(?!本)",
    Unit.SQUARE_KILOMETRE: r"平方キロ(?:メートル)?",
    Unit.SQUARE_METRE: r"平方メートル|平米",
    Unit.SQUARE_MILE: r"平方マイル",
    Unit.SQUARE_FOOT: r"平方フィート",
    Unit.ACRE: r"エーカー",
    Unit.HECTARE: r"ヘクタール",
    Unit.NANOMETRE: r"ナノメートル",
    Unit.MILLIMETRE: r"ミリメートル|ミリ(?![ァ-ヺ秒])",
    Unit.CENTIMETRE: r"センチ(?:メートル)?",
    Unit.KILOMETRE: r"キロメートル",
    Unit.METRE: r"メートル",
    Unit.MILE: r"マイル",
    Unit.YARD: r"ヤード",
    Unit.FOOT: r"フィート|フット",
    Unit.INCH: r"インチ",
    Unit.MILLIGRAM: r"ミリグラム",
    Unit.KILOGRAM: r"キログラム",
    Unit.KILO: r"キロ(?![ァ-ヺ])",
    Unit.GRAM: r"グラム",
    Unit.OUNCE: r"オンス",
    Unit.POUND: r"ポンド",
    Unit.TON: r"トン",
    Unit.MILLILITRE: r"ミリリットル",
    Unit.LITRE: r"リットル",
    Unit.GALLON: r"ガロン",
    Unit.WATT: r"ワット",
    Unit.KILOWATT: r"キロワット",
    Unit.MEGAWATT: r"メガワット",
    Unit.GIGAWATT: r"ギガワット",
    Unit.KILOBYTE: r"キロバイト",
    Unit.MEGABYTE: r"メガバイト",
    Unit.GIGABYTE: r"ギガバイト|ギガ(?![ァ-ヺ])",
    Unit.TERABYTE: r"テラバイト|テラ(?![ァ-ヺ])",
    Unit.PETABYTE: r"ペタバイト",
    Unit.BYTE: r"バイト",
    Unit.DEGREE: r"度(?![目々])",
}
_NUMBER_WORDS = {
    "ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5, "むっつ": 6, "ななつ": 7,
    "やっつ": 8, "ここのつ": 9, "ひとり": 1, "ふたり": 2, "はたち": 20, "最初": 1, "初めて": 1,
    "ワン": 1,
}  # fmt: skip
_PARTICLES = "(?:[かねよわさなのがし]|けれ?ど|から)*"
_VERBS = (
    "(?<!いくら)る|[行書聞歩働動続開着引聴置泣抱描届築浮焼抜解]く|[いゆ]く|[言思使会合買違払笑歌扱従救失問向負]う"
    "|(?:もら|しま|ちが|しよ|だろ)う|[立持待打勝育役保放]つ|[もた]つ|(?<![でまっ])す|[\u4e00-\u9fffえみ][おこごそとのぼもよろ]う(?<!向こう)|(?<=[^ー])[ぐぬぶむ]"
)
_ADJECTIVES = (
    "[しなたいすき]い(?<!みたい)(?<!だい)|[高安長短強弱早速遅近遠古若多深広狭低重軽暗怖痛悪良]い"
)
_REGISTERS = {
    Register.POLITE: SentenceEndings(
        "です・ます体",
        re.compile(
            "(?:で(?:す|した|しょう)|ま(?:す|した|せん|しょう|せ)|[くだ下]さい)" + _PARTICLES + "$"
        ),
    ),
    Register.PLAIN: SentenceEndings(
        "だ・である体",
        re.compile(f"(?:だ|(?<!あな)(?<!ま)た|{_VERBS}|{_ADJECTIVES}|じゃん){_PARTICLES}$"),
        {Register.POLITE: (PLAIN_TO_POLITE,)},
    ),
}
_REDUPLICATES = (
    f"(?!この|その|です|[ァ-ヶー]{{2}}[^リンッー]|[ぁ-ん]{{2}}る)[{KANA}ー]{{,3}}"
    f"|[{KANA}ー]+[とりくに]|[{HAN}][{KANA}]る?|[一二何少毎再数][^はがを]*"
    "|.*(?:[もやと]|ずつ)|繰り?返し|非常に|五分"
)
"""Kinds of 畳語: ideophones (どきどき), stems (生き生き), counts (一つ一つ); "whether or not".

Nouns and verbs of three kana (リスト, かかる) are none.
"""

_SITE_WORDS = {
    "お問い合わせ": "contact|inquir|enquir|question|ask|touch|reach", "サイトマップ": "site ?map",
    "続きを読む": "read|more", "プライバシーポリシー": "privacy",
}  # fmt: skip
_DECLINES = (
    "申し訳(?:あり|ござい)|お手伝い(?:は|する(?:こと)?[がは])?でき|(?:お答え|回答|翻訳|提供|対応)(?:は|する(?:こと)?[がは])?でき(?:ません|かねます)"
    "|(?:AI|言語モデル)(?:として|であり|ですので)|AIアシスタント"
)
_HEADINGS = {
    profile.Heading.TRANSLATION: "翻訳|[和直意対語]訳|訳[文注者]|^訳$",
    profile.Heading.LANGUAGE: "日本語|^(?:ja|jp)$",
    profile.Heading.ORIGINAL: "^(?:原文|英[語文])$",
    profile.Heading.ANSWER: "^(?:答え?|回答|返答)$",
    profile.Heading.SPEAKER: r"^(?:話者|発言者|スピーカー|司会者?|ゲスト) ?\d*$",
}

JAPANESE = profile.LanguageProfile(
    code="ja",
    tag="ja",
    label="Japanese",
    script=profile.Script(
        own=HAN + KANA + "ー",
        foreign=HANGUL,
        han=profile.Han.JAPANESE,
        needed=KANA,
        needed_name="kana",
        takes_loans=True,
    ),
    punctuation=profile.Punctuation(
        marks=_MARKS,
        is_spaced=False,
        quotes=("「", "」"),
        inner_quotes=("『", "』"),
        has_single_quotes=False,
        rows=profile.RowStyle.WIDE,
        sentence_end=".(?:です|ます|ました|ません|でした|ください|しょう|[ねよか])$",
    ),
    numbers=profile.Numbers(
        units=_UNITS, numerals=profile.Numerals.HAN, words=_NUMBER_WORDS, hour=r"\s?時(?!間)"
    ),
    lengths=profile.Lengths(0.20, 1.2),
    captions=profile.Captions(width=13.0, speed=4.0),
    doubts=profile.Doubts(
        denies=(
            "な[いくかけしきさ]|ませ|[ぬず]|ざる|まい|しか|無|不|非|未|否|違|嫌|禁|欠|避|拒|失敗|反対|難し"
            "|(?:全然|ぜんぜん|まさか)(?=です|[。！、]|$)"
        ),
        asks=r"[?？か]|の(?=[。」』）\s]|$)|何|誰|どこ|いつ|なぜ|どう|いくつ|でしょ|だろ",
        reduplicates=_REDUPLICATES,
        site_words=_SITE_WORDS,
        declines=_DECLINES,
        headings=_HEADINGS,
    ),
    registers=_REGISTERS,
    line_breaks=_LINE_BREAKS,
    fonts=profile.Fonts(
        office="Yu Gothic",
        locale="ja-JP",
        video="Noto Sans CJK JP",
        video_size=64.0,
        web=_WEB,
    ),
)
