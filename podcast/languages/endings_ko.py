"""How Korean says the end of a sentence formally or politely: rules of conjugation, as values.

In the tables finals and vowels stand alone, so that ㅂ니다 is the end of 갑니다 and of 큽니다; "~"
begins a word and "=" leaves it. What conjugates in two ways, as 삽니다 (to buy, to live) or 들어요
(to lift, to hear) do, has no rule and stays. Contractions and irregular stems are those of 한글
맞춤법, sections 15 to 18 and 34 to 38.
"""

from podcast.register import Rule, read_rules

_VOWELS = {chr(0x314F + n): chr(0x1161 + n) for n in range(21)}
_CONSONANTS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FINALS = dict(zip(_CONSONANTS, map(chr, range(0x11A8, 0x11C3)), strict=True))
_STEM_FINALS = "".join(_FINALS[letter] for letter in "ㄱㄲㄵㄶㄷㄺㄻㄼㄾㄿㅀㅁㅂㅄㅅㅈㅊㅌㅍㅎ")
_SIGNS = str.maketrans(
    _VOWELS
    | _FINALS
    | {
        "~": r"(?<![\u1100-\u11ff])",
        "V": r"([\u1161-\u1175])",
        "C": r"([\u11a8-\u11c2])",
        "S": f"([{_STEM_FINALS}])",
    }
)
"""V, C and S: a vowel, a final, and a final of stems that keep it before any ending."""

_END, _SAYS, _ASKS = r"(?=[.!?…]*$)", r"(?=[.!…]*$)", r"(?=[.!…]*\?[?!]*$)"


def _rules(table: str, after: str = _END) -> tuple[Rule, ...]:
    return read_rules(table.translate(_SIGNS), after)


def _said_or_asked(table: str) -> tuple[Rule, ...]:
    """Read a table whose ends in 니다 are in 니까 where somebody asks."""
    return _rules(table, _SAYS) + _rules(table.replace("니다", "니까"), _ASKS)


PLAIN_TO_FORMAL = _rules(
    r"""
    ㅆ다 ㅆ습니다
    S는다 \1습니다
    ㄴ다 ㅂ니다
    ((?:~(?:아|차|나|사)|고양|어린|늙은|젊은)이)다 \1입니다
    (?:높|깊|넓|길|먹|종|놀)이다 =
    (이|아니|하|되|쁘|(?:아|고|슬)프|(?:다|빠|모|이|푸)르|~크)다 \1ㅂ니다
    S다 \1습니다
    ㄹ다 ㅂ니다
    """,
    _SAYS,
) + _rules(
    r"""
    ㅆ(?:는가|나|냐) ㅆ습니까
    S(?:는가|은가|느냐|으냐) \1습니까
    V(?:는가|느냐) \1ㅂ니까
    (이|하|아니)(?:ㄴ가|냐) \1ㅂ니까
    """,
    _ASKS,
)

FORMAL_TO_POLITE = _rules(r"십시오 세요") + _rules(
    r"""
    ㅆ습 ㅆ어요
    듣습 들어요
    걷습 걸어요
    깨닫습 깨달아요
    싣습 실어요
    낫습 나아요
    짓습 지어요
    잇습 이어요
    붓습 부어요
    긋습 그어요
    (?:묻|일컫|긷|붇|뵙|여쭙)습 =
    (이|그|저)렇습 \1래요
    어떻습 어때요
    (입|씹|집|접|업)습 \1어요
    (잡|뽑|좁|꼽)습 \1아요
    돕습 도와요
    갖습 가져요
    딛습 디뎌요
    ㅂ습 워요
    (좋|놓|쌓|낳|닿)습 \1아요
    넣습 넣어요
    ㅎ습 =
    ([ㅏㅑㅗ])S습 \1\2아요
    S습 \1어요
    하ㅂ 해요
    되ㅂ 돼요
    아니ㅂ 아니에요
    것이ㅂ 거예요
    ([ㄴㄹ]\s)거ㅂ \1거예요
    (뭐|누구|어디)ㅂ \1예요
    ~(?:속|줄|벌|차|파|매|고|조|절|모)이ㅂ =
    (~(?:엿|돋|선)?보|~(?:쓰|놓|쌓|먹|죽|녹|끓|높|숙|꺾|묶)|(?:붙|섞|아들|어들|깃들))이ㅂ \1여요
    (~(?:움직|망설|기울|속삭|끄덕|반짝|번쩍|출렁|펄럭|서성))이ㅂ \1여요
    C이ㅂ \1이에요
    V이ㅂ \1예요
    (마|모)시ㅂ \1셔요
    시ㅂ 세요
    쓰ㅂ 써요
    크ㅂ 커요
    뜨ㅂ 떠요
    끄ㅂ 꺼요
    (잠|담)그ㅂ \1가요
    (예|기)쁘ㅂ \1뻐요
    (나|바)쁘ㅂ \1빠요
    (아|고)프ㅂ \1파요
    슬프ㅂ 슬퍼요
    따르ㅂ 따라요
    (치|들)르ㅂ \1러요
    (?:이|푸)르ㅂ =
    ([ㅏㅗ])르ㅂ \1ㄹ라요
    V르ㅂ \1ㄹ러요
    (드|느)ㅂ \1ㄹ어요
    (가|(?:만|떠|어|타|끝|러|겨|지|져)나|(?:자|타|놀라|바라|자라|싸))ㅂ \1요
    ~아ㅂ 알아요
    보ㅂ 봐요
    오ㅂ 와요
    노ㅂ 놀아요
    ~도ㅂ 돌아요
    ~우ㅂ 울어요
    (푸|부|구)ㅂ \1ㄹ어요
    ([ᄁᄂᄃᄅᄋᄌᄎ])ㅜㅂ \1ㅝ요
    (?:얘기|이야기|~여기|저기|~거기|소리|우리|자리|머리|다리|가치|위치|정치|아버지)ㅂ =
    ~기ㅂ 길어요
    ([ᄀᄃᄅᄌᄎᄏᄐᄒ])ㅣㅂ \1ㅕ요
    (다|지)니ㅂ \1녀요
    (꾸미|살피)ㅂ \1ㅓ요
    ㅐㅂ ㅐ요
    ~여ㅂ 열어요
    (켜|펴|서)ㅂ \1요
    머ㅂ 멀어요
    ㅟㅂ ㅟ어요
    """,
    "(?:니다|니까)" + _END,
)

POLITE_TO_FORMAL = _rules(r"세요 십니까", _ASKS) + _said_or_asked(
    r"""
    (?:세|까|게|네|거든|잖아|군|데|고|구|라|래|걸|지|대|니까|서|면)요 =
    죠 =
    ㅆ(?:어|나)요 ㅆ습니다
    (없|않|좋|많|같|싶)나요 \1습니다
    (하|되|보|오|주|시)나요 \1ㅂ니다
    (이|하)ㄴ가요 \1ㅂ니다
    S은가요 \1습니다
    [ㄴ](?:가|나)요 =
    아니에요 아닙니다
    거예요 겁니다
    (뭐|누구|어디)예요 \1ㅂ니다
    (?:이에|예)요 입니다
    ~(?:들|걸|물|실)어요 =
    깨달아요 깨닫습니다
    ㄹ(?:아|어)요 ㅂ니다
    S(?:아|어)요 \1습니다
    해요 합니다
    돼요 됩니다
    봐요 봅니다
    (?:도|고)와요 =
    와요 옵니다
    줘요 줍니다
    (가|(?:떠|어|타|러|겨)나|보내|지내|~내)요 \1ㅂ니다
    몰라요 모릅니다
    달라요 다릅니다
    빨라요 빠릅니다
    커요 큽니다
    써요 씁니다
    (나|바)빠요 \1쁩니다
    (예|기)뻐요 \1쁩니다
    (아|고)파요 \1픕니다
    슬퍼요 슬픕니다
    ([ᄀᄂᄅᄌᄎᄒ])ㅕ요 \1ㅣㅂ니다
    (어려|쉬|가까|고마|반가|아름다|무서|추|더|가벼|무거|뜨거|차가)워요 \1ㅂ습니다
    (즐거|두려|귀여|미|스러|로)워요 \1ㅂ습니다
    """
)

CASUAL_TO_POLITE = _rules(
    r"""
    거야 거예요
    뭐야 뭐예요
    아니야 아니에요
    C이야 \1이에요
    야 =
    지 죠
    구나 군요
    더라 더라고요
    (?:어|아|해|돼|봐|줘|라|래|까|게|걸|든|네) \g<0>요
    """
)
