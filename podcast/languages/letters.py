"""Letters that several languages share, as what stands between the brackets of a pattern."""

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〇"
KANA = r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d"
