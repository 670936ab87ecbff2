"""Chinese, in simplified characters, which the code "zh" leaves open."""

import re

from podcast.languages import profile
from podcast.languages.letters import HAN, HANGUL, KANA
from podcast.languages.line_breaks import NEVER, TIED, BreakRule, LineBreaks
from podcast.languages.units import Unit

_MARKS = {
    ".": "。", ",": "，", "?": "？", "!": "！", "…": "……", ";": "；", ":": "：", "—": "——",
    "–": "——",
}  # fmt: skip

_LINE_BREAKS = LineBreaks(
    (
        BreakRule(NEVER, after=re.compile(r"[的地得了着过吗呢吧啊们]|(?<=[一两几每这那])\w")),
        BreakRule(TIED, before=re.compile("[的最很更太不没都也再把被和与在]$")),
    ),
    phrases="simplified_chinese",
)

_WEB = """\
font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC",
    "Noto Sans CJK SC", sans-serif;"""

_UNITS = {
    Unit.PERCENT: r"%|个?百分点|成(?![功为员本立果])|折",
    Unit.USD: r"美元|美金|美刀|刀|USD",
    Unit.CENT: r"美分",
    Unit.EUR: r"欧元",
    Unit.GBP: r"英镑",
    Unit.JPY: r"日元",
    Unit.KRW: r"韩元",
    Unit.CNY: r"元|人民币",
    Unit.NANOSECOND: r"纳秒",
    Unit.MICROSECOND: r"微秒",
    Unit.MILLISECOND: r"毫秒",
    Unit.HOUR: r"个?半?(?:小时|钟头)",
    Unit.MINUTE: r"分钟?(?![之享别析类布数])",
    Unit.SECOND: r"秒",
    Unit.WEEK: r"个?(?:星期|礼拜)|周(?![年边围末])",
    Unit.MONTH: r"个半?月",
    Unit.CALENDAR_MONTH: r"月",
    Unit.DECADE: r"个十年",
    Unit.CENTURY: r"个?世纪",
    Unit.YEAR: r"周年|年(?![代级龄])|岁",
    Unit.DAY: r"天|日|号",
    Unit.SQUARE_KILOMETRE: r"平方(?:公里|千米)",
    Unit.SQUARE_METRE: r"平方米|平米",
    Unit.SQUARE_MILE: r"平方英里",
    Unit.SQUARE_FOOT: r"平方英尺",
    Unit.ACRE: r"英亩",
    Unit.HECTARE: r"公顷",
    Unit.NANOMETRE: r"纳米",
    Unit.MILLIMETRE: r"毫米",
    Unit.CENTIMETRE: r"厘米|公分",
    Unit.KILOMETRE: r"公里|千米",
    Unit.METRE: r"米(?![粒饭])",
    Unit.MILE: r"英里",
    Unit.FOOT: r"英尺",
    Unit.INCH: r"英寸",
    Unit.YARD: r"码",
    Unit.MILLIGRAM: r"毫克",
    Unit.KILOGRAM: r"公斤|千克",
    Unit.GRAM: r"克(?!拉)",
    Unit.OUNCE: r"盎司",
    Unit.POUND: r"磅",
    Unit.TON: r"吨",
    Unit.MILLILITRE: r"毫升",
    Unit.LITRE: r"升(?!级)",
    Unit.GALLON: r"加仑",
    Unit.WATT: r"瓦特?(?!斯)",
    Unit.KILOWATT: r"千瓦",
    Unit.MEGAWATT: r"兆瓦",
    Unit.GIGAWATT: r"吉瓦",
    Unit.MEGABYTE: r"兆字节",
    Unit.GIGABYTE: r"吉字节",
    Unit.TERABYTE: r"太字节",
    Unit.BYTE: r"个?字节",
    Unit.CELSIUS: r"摄氏度",
    Unit.FAHRENHEIT: r"华氏度",
    Unit.DEGREE: r"度(?![假过])",
}
_LOANS = frozenset({"app", "bug", "demo", "emoji", "email", "logo", "token", "vlog", "vs", "wifi"})
"""Words that dictionaries of Chinese list among those in Latin letters, or that IT says so."""

_NUMBER_WORDS = {"首个": 1, "首次": 1, "首先": 1, "首位": 1, "初次": 1, "单个": 1}
_REDUPLICATES = "..|[一半几]...?|.*地"
"""Kinds of 重叠: words of two characters (讨论讨论), counts (一小步一小步), adverbs in 地."""

_SITE_WORDS = {"原始内容存档于": "archive", "版权所有": "copyright|rights"}
_DECLINES = (
    "抱歉|对不起，我|(?:无法|不能)(?:提供|协助|帮助您|满足|回答|翻译)"
    "|作为(?:一[个名])?(?:AI|人工智能|语言模型)"
)
_HEADINGS = {
    profile.Heading.TRANSLATION: "翻译|(?<!编)译[文为者注]|[中意直]译|^译$",
    profile.Heading.LANGUAGE: "(?:^|[体是为])中文|^(?:汉语|普通话|zh|cn)$",
    profile.Heading.ORIGINAL: "^(?:原文|英[语語文])$",
    profile.Heading.ANSWER: "^(?:回?答|答[案复]|回复)$",
    profile.Heading.SPEAKER: r"^(?:说话[人者]|发言[人者]|讲者|主持人|嘉宾) ?\d*$",
}

CHINESE = profile.LanguageProfile(
    code="zh",
    tag="zh-Hans",
    label="Chinese",
    script=profile.Script(
        own=HAN,
        foreign=HANGUL + KANA,
        han=profile.Han.SIMPLIFIED,
        takes_loans=True,
        loans=_LOANS,
    ),
    punctuation=profile.Punctuation(
        marks=_MARKS,
        is_spaced=False,
        dash="——",
        rows=profile.RowStyle.WIDE,
    ),
    numbers=profile.Numbers(
        units=_UNITS,
        numerals=profile.Numerals.HAN,
        words=_NUMBER_WORDS,
        hour=r"\s?(?:[点點]|[时時](?![间間]))钟?",
        is_shorthand=True,
    ),
    lengths=profile.Lengths(0.13, 0.7),  # published translations of talk: 0.14 to 0.67
    captions=profile.Captions(width=16.0, speed=9.0),
    doubts=profile.Doubts(
        denies="[不没未无非别勿莫否免难休毫避]|拒绝|失败|缺乏|禁止|反对|除了",
        asks="[?？吗呢吧么什谁哪怎几多何否]|不是",
        reduplicates=_REDUPLICATES,
        site_words=_SITE_WORDS,
        declines=_DECLINES,
        headings=_HEADINGS,
    ),
    line_breaks=_LINE_BREAKS,
    fonts=profile.Fonts(
        office="Microsoft YaHei",
        locale="zh-CN",
        video="Noto Sans CJK SC",
        video_size=64.0,
        web=_WEB,
    ),
)
