"""Translate rows through a server that does what models do wrong, and count whose texts they get.

`python tests/translation/engines/misbehaving_server.py 10000`. Each right answer holds a word that
belongs to its row alone. What the server does is drawn by a seed, for each time that it is asked.
"""

import json
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from audio.web.patience import Patience
from podcast.language import Language
from podcast.transcript import Made, Translation
from translation.conversation import Answer, SourceRow, Style
from translation.engines.chat_client import ChatClient, ChatOptions
from translation.engines.llm import LlmTranslator
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.strategies import retry_failed
from translation.prompting.prompt_profiles import profile_for
from translation.typography.typesetting import TypographyOptions

OWN, COMMON = "갸냐댜랴먀뱌샤쟈챠캬탸퍄햐", "겨녀뎌려며벼셔져쳐켜텨펴혀"
OWN_WORD = re.compile(f"[{OWN}]{{4}}")
ROW = re.compile(r'^"(\d+)": "\[(\w+)\] (.*)",?$', re.MULTILINE)
OBJECT = re.compile(r'\{"1": "\[b2\] (.*)"\}')
PAIR = re.compile(r"^.* => (.*)$", re.MULTILINE)
WORDS = (
    *("carry", "build", "paint", "watch", "count", "follow", "borrow", "measure", "repair", "lamp"),
    *(
        "river",
        "engine",
        "window",
        "garden",
        "letter",
        "ticket",
        "market",
        "bridge",
        "camera",
        "we",
    ),
    *("violin", "kettle", "camera", "quiet", "green", "heavy", "always", "near", "behind"),
)

FINE = frozenset({"right", "half", "English"})
"""Verdicts on a row that may be published."""

Texts = dict[str, str]
Misdeed = Callable[[Texts, str, random.Random], str]
"""Takes the right texts by number, what was asked, and chance; gives what the model says."""


def own_word(n: int) -> str:
    return "".join(random.Random(n).sample(OWN, 4))


def english(n: int) -> str:
    """Return a row that ends in a word of its own; few hold a number, or ask."""
    chance = random.Random(-n - 1)
    words = chance.sample(WORDS, chance.choice((1, 2, 2, 4, 4, 5, 8, 12)))
    number = (str(chance.randrange(3, 90)),) if chance.random() < 0.1 else ()
    mark = "?" if chance.random() < 0.1 else "."
    return " ".join((*words, *number, spelled(n))).capitalize() + mark


def spelled(n: int) -> str:
    """Return a word for a number, of small letters."""
    return "zo" + "".join("aeioubdfgk"[int(digit)] for digit in f"{n:05}")


def korean(text: str, n: int) -> str:
    """Translate a row, word by word."""
    bare = text.rstrip(".?")
    words = [
        word if word.isdigit() else own_word(n) if word.lower() == spelled(n) else common(word)
        for word in bare.split()
    ]
    return " ".join(words) + text[len(bare) :]


def common(word: str) -> str:
    return "".join(random.Random(word.lower()).sample(COMMON, 2 + len(word) // 5))


def number_of(text: str) -> int:
    """Return whose own word a text holds; a part of a row may have none."""
    found = re.search("zo([aeioubdfgk]{5})", text.lower())
    return int("".join(str("aeioubdfgk".index(letter)) for letter in found[1])) if found else -1


def written(texts: Texts) -> str:
    return json.dumps(texts, ensure_ascii=False)


def changed(change: Callable[[list[str], int, random.Random], Sequence[str]]) -> Misdeed:
    """Give the numbers other texts, with the labels that are in them."""

    def misdeed(texts: Texts, _asked: str, chance: random.Random) -> str:
        values = list(change(list(texts.values()), chance.randrange(len(texts)), chance))
        values += values[-1:] * len(texts)
        return written(dict(zip(texts, values, strict=False)))

    return misdeed


def replaced(replacement: Callable[[str, str, random.Random], str]) -> Misdeed:
    """Put something else behind the label of one row."""

    def misdeed(texts: Texts, asked: str, chance: random.Random) -> str:
        number = chance.choice(list(texts))
        label, _, text = texts[number].partition(" ")
        return written(texts | {number: f"{label} {replacement(text, asked, chance)}"})

    return misdeed


def english_of(text: str, asked: str, _chance: random.Random) -> str:
    found = {own_word(number_of(row)): row for _, _, row in ROW.findall(asked)}
    return found[OWN_WORD.findall(text)[0]]


def echo(text: str, asked: str, chance: random.Random) -> str:
    return chance.choice([*PAIR.findall(asked), text])


def without(texts: Texts, _asked: str, chance: random.Random) -> str:
    gone = chance.choice(list(texts))
    return written({number: text for number, text in texts.items() if number != gone})


def running_on(texts: list[str], n: int, _chance: random.Random) -> list[str]:
    """End each text with the first word of the next one, from one on."""
    begins = [*(text[5:].split()[0] for text in texts[1:]), ""]
    return [
        f"{text} {begin}" if at >= n else text
        for at, (text, begin) in enumerate(zip(texts, begins, strict=True))
    ]


ADDITIONS: dict[str, Callable[[str, str, random.Random], str]] = {
    "heading": lambda text, _, chance: chance.choice(("번역: ", "Ann: ", "앤 - ", "[앤] ")) + text,
    "bullet": lambda text, _, chance: chance.choice("-*•①>#") + " " + text,
    "frame": lambda text, _, chance: (
        chance.choice(('"%s', "%s**", "(%s)", "~~%s~~", "<p>%s")) % text
    ),
    "note": lambda text, _, chance: text + chance.choice((" (역주: 인사)", " [lit. hi]", "\n설명")),
    "both": lambda text, asked, chance: f"{english_of(text, asked, chance)} → {text}",
    "romanised": lambda text, *_: f"{text} annyeong",
    "escapes": lambda text, _, chance: text + chance.choice(("\\n", "\\u0000", '\\"')),
    "no text": lambda text, _, chance: text[:2] + chance.choice("\0\ud800\ue000\x1b") + text[2:],
    "unseen": lambda text, _, chance: text[:2] + chance.choice("\u200b\u202e\ufeff\xad") + text[2:],
    "JSON": lambda text, *_: written({"ko": text}),
    "one sentence": lambda *_: f"저는 {'가나다라' * 3} 말입니다.",
    "refusal": lambda *_: "I can't help with that.",
}

MISDEEDS: dict[str, Misdeed] = {
    **{name: replaced(addition) for name, addition in ADDITIONS.items()},
    "runs on": changed(running_on),
    "empty after a merge": changed(
        lambda t, n, _: [
            *t[:n],
            " ".join([t[n], *t[n + 1 : n + 2]]),
            *(x[:4] for x in t[n + 1 : n + 2]),
            *t[n + 2 :],
        ]
    ),
    "comments": lambda texts, *_: written(texts).replace(",", ", // next\n"),
    "tail": lambda texts, *_: f"{written(texts)}\n\nI kept the labels.",
    "twice": lambda texts, *_: written(texts)[:-1] + ", " + written(texts)[1:],
    "string": lambda texts, *_: json.dumps(written(texts)),
    "shell": lambda texts, *_: written({"rows": texts}),
    "merge": changed(lambda t, n, _: [*t[:n], " ".join(t[n : n + 2]), *t[n + 2 :]]),
    "merge, one label": changed(
        lambda t, n, _: [*t[:n], " ".join([t[n], *(x[5:] for x in t[n + 1 : n + 2])]), *t[n + 2 :]]
    ),
    "split": changed(
        lambda t, n, _: [*t[:n], t[n][: len(t[n]) // 2], t[n][len(t[n]) // 2 :], *t[n + 1 :]]
    ),
    "shift up": changed(lambda t, n, _: [*t[:n], *t[n + 1 :]]),
    "shift down": changed(lambda t, n, _: [*t[:n], t[n], *t[n:]]),
    "turn": changed(lambda t, n, _: [*t[n:], *t[:n]]),
    "swap": changed(lambda t, _, chance: chance.sample(t, len(t))),
    "drop": without,
    "extra": lambda texts, *_: written(texts | {"99999": "[b2] 네."}),
    "words for keys": lambda texts, *_: written({f"row {n}": text for n, text in texts.items()}),
    "no labels": lambda texts, *_: written({n: text[5:] for n, text in texts.items()}),
    "echo": replaced(echo),
    "copy": replaced(english_of),
    "empty": replaced(lambda *_: ""),
    "runaway": replaced(lambda text, *_: f"{text} " * 60),
    "other script": replaced(lambda *_: "Это не корейский язык."),
    "other language": replaced(lambda *_: "これは韓国語ではありません。"),
    "thinking": lambda texts, *_: f"<think>First, I look at {written(texts)}",
    "thinking in a row": replaced(lambda text, *_: f"<think>Hm.</think> {text}"),
    "list": lambda texts, *_: json.dumps(list(texts.values())),
    "prose": lambda texts, *_: "Here is the translation:\n" + "\n".join(texts.values()),
    "half": lambda texts, _, chance: written(texts)[: chance.randrange(len(written(texts)))],
}
HARMLESS: dict[str, Misdeed] = {
    "right": lambda texts, *_: written(texts),
    "thought": lambda texts, *_: f"<think>\nWell.\n</think>\n\n{written(texts)}",
    "end of a thought": lambda texts, *_: f"Well.\n</think>\n{written(texts)}",
    "fence": lambda texts, *_: f"```json\n{written(texts)}\n```",
}
FAILURES = ("429", "500", "503", "400", "cut", "drip", "page", "error", "nothing", "limit")
PAGES = {
    "page": (b"<html>Please log in.</html>", b"\xff", b"null", b'{"choices": []}', b'{"data": []}'),
    "error": (b'{"error": {"message": "busy"}}',),
}


class MisbehavingServer(BaseHTTPRequestHandler):
    """Says something right three times in ten."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[Counter[bytes]] = Counter()
    done: ClassVar[Counter[str]] = Counter()
    lock: ClassVar = threading.Lock()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock:
            self.seen[body] += 1
            chance = random.Random(f"{body!r} {self.seen[body]}")
            kinds = ([*HARMLESS] * 7, [*MISDEEDS], [*FAILURES])
            kind = chance.choice(chance.choices(kinds, (3, 6, 1))[0])
            if kind == "drip" and chance.random() < 0.9:
                kind = "cut"  # each drip is waited for
            self.done[kind] += 1
        if kind in FAILURES:
            self._fail(kind, chance)
        else:
            self._say(self._answer(kind, json.loads(body), chance))

    def _answer(self, kind: str, asked: dict[str, Any], chance: random.Random) -> str:
        told = asked["messages"][-1]["content"]
        if "response_format" not in asked:
            return self._plain_answer(kind, told, chance)
        texts = {
            number: f"[{label}] {korean(text, number_of(text))}"
            for number, label, text in ROW.findall(told)
        }
        return (HARMLESS | MISDEEDS)[kind](texts, told, chance)

    def _plain_answer(self, kind: str, told: str, chance: random.Random) -> str:
        """Do with a line what would be done with an object of it, and leave the object out."""
        row = told.splitlines()[-1]
        texts = {"1": f"[b2] {korean(row, number_of(row))}"}
        asked = f'{told}\n"1": "[b2] {row}"'
        return OBJECT.sub(r"\1", (HARMLESS | MISDEEDS)[kind](texts, asked, chance))

    def _say(self, text: str | None, finish: str = "stop") -> None:
        choice = {"message": {"content": text}, "finish_reason": finish}
        self._send(200, json.dumps({"choices": [choice]}).encode())

    def _fail(self, kind: str, chance: random.Random) -> None:
        if kind.isdigit():
            self._send(int(kind), b"{}")
        elif kind in PAGES:
            self._send(200, chance.choice(PAGES[kind]))
        elif kind in {"nothing", "limit"}:
            self._say(None if kind == "nothing" else '{"1": "', "length")
        else:
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{")
            if kind == "drip":
                time.sleep(0.4)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that leave, as they do when it drips."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None: ...


def translate(rows: Sequence[SourceRow], url: str) -> tuple[Translation, ...]:
    """Translate rows as an episode's are."""
    options = ChatOptions(url, "any", patience=Patience(whole=0.3))
    client = ChatClient(options, sleep=lambda _: None)
    translator = LlmTranslator("any", client.ask, profile_for("any"), 4096, concurrency=2)
    style = Style()
    raw = translator.translate(rows, Language.KO, style, lambda _: None)

    def retry(
        failing: tuple[SourceRow, ...], answers: tuple[Answer, ...]
    ) -> tuple[Translation, ...]:
        return retry_failed(failing, answers, Language.KO, style, [translator], lambda _: None)

    return settle_rows(rows, raw, Language.KO, style, TypographyOptions(), retry)


def verdict(n: int, row: Translation) -> str:
    """Say whose text a row has got."""
    words = set(OWN_WORD.findall(row.text))
    if not row.text.strip():
        return "empty"
    if words == {own_word(n)}:
        return "dressed up" if re.search(r"[^가-힣\d\s.?]", row.text) else "right"
    if words:
        return "shifted"
    if row == Translation(english(n), Made.SOURCE, row.checks):
        return "English"
    return "half" if row.text in korean(english(n), n) else "lost"


def main(n_rows: int) -> None:
    """Translate so many rows, and say what became of them; end with an error if any is shifted."""
    server = QuietServer(("127.0.0.1", 0), MisbehavingServer)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    chance = random.Random(0)
    rows = [SourceRow(english(n), chance.choice("AB"), chance.random() * 2) for n in range(n_rows)]
    began = time.monotonic()
    published = translate(rows, f"http://127.0.0.1:{server.server_port}/v1")
    server.shutdown()
    verdicts = [verdict(n, row) for n, row in enumerate(published)]
    found = Counter(verdicts)
    made = Counter(str(row.made) for row in published)
    for told in (found, made, MisbehavingServer.done):
        print(", ".join(f"{name} {count}" for name, count in told.most_common()))  # noqa: T201  a program of its own
    print(f"{n_rows} rows, {time.monotonic() - began:.0f} s")  # noqa: T201  a program of its own
    if len(published) != n_rows or set(found) - FINE:
        bad = [row for row, what in zip(published, verdicts, strict=True) if what not in FINE]
        sys.exit(f"Rows are shifted, lost, empty or dressed up: {bad}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
