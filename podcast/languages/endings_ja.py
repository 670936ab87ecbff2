"""How Japanese says the end of a plain sentence politely: rules of conjugation, as values.

Only what conjugates in one way: する, verbs in e and る behind a Chinese character, auxiliaries,
the copula, adjectives. Verbs whose class the letters do not show (帰る, 行った) have no rule.
"""

from podcast.register import read_rules

_NOUNS = "((?:K|T|こと|もの|よう|そう|ため|はず|わけ|だけ|ほど|とき|まま|つもり|ところ))"
_ADJECTIVES = "((?:[しなた]い|[よいくす]い|[高安長短強弱早速遅近遠古若多深広狭低重軽暗怖痛悪良]い))"
_SIGNS = str.maketrans(
    {
        "K": "[\u4e00-\u9fff々]",
        "T": "[ァ-ヶー]\u3099?",
        "N": _NOUNS.replace("K", "[\u4e00-\u9fff々]").replace("T", "[ァ-ヶー]\u3099?"),
        "A": _ADJECTIVES,
        "E": "([\u4e00-\u9fff々](?:え|け|げ|せ|ぜ|て|で|ね|べ|め|れ)|こえ|れ)",
    }
)
"""K, T, N, A and E: Chinese character, katakana, noun, adjective, stem of a verb in e."""

_END = "(?=[よね]*[.?!。？！…]*$)"

PLAIN_TO_POLITE = read_rules(
    r"""
    (では|じゃ)なかった \1ありませんでした
    (では|じゃ)ない \1ありません
    であった でした
    である です
    だった でした
    だろう(か?) でしょう\1
    のか のですか
    (て|で)いる \1います
    (て|で)いた \1いました
    (て|で)いない \1いません
    (て|で)いなかった \1いませんでした
    しない しません
    しなかった しませんでした
    する します
    (?<!あ)した しました
    しよう しましょう
    できる できます
    できた できました
    できない できません
    できなかった できませんでした
    なる なります
    なった なりました
    ある あります
    あった ありました
    (も|し)(ら|ま)った \1\2いました
    (思|言)う \1います
    (思|言)った \1いました
    見よう 見ましょう
    (見|来)る \1ます
    (見|来)た \1ました
    Eよう \1ましょう
    Eる \1ます
    Eた \1ました
    (な|し|よ)かった \1かったです
    A \1です
    のだ のです
    なんだ なんです
    んだ =
    Nだ \1です
    """.translate(_SIGNS),
    _END,
)
