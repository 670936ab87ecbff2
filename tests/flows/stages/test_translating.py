"""Each language goes through its translator, and what that fails at through another one."""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from flows.models.language_model import find_language_model
from flows.parameters import LanguageModel, Models
from flows.settings import llm_key
from outputs.linepairs import parse_page
from podcast.model_reference import LoadOptions
from podcast.register import Register
from translation.conversation import Answer, SourceRow, Style
from translation.engines.argos import ArgosFolder
from translation.engines.fake_translator import FakeTranslator
from translation.engines.translator_factory import ENGINES
from translation.glossary.terms import Term

pytestmark = pytest.mark.usefixtures("prefect")

KNOWN = {"A title": "한 제목", "Yeah.": "응."}


@pytest.fixture
def oracle(fakes: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeTranslator:
    """A translator that reads conversations, and knows only some rows."""
    place = ArgosFolder(tmp_path / "oracle")
    monkeypatch.setitem(ENGINES, "oracle", lambda _: place)
    fakes.words[-2:] = [
        replace(word, text=text) for word, text in zip(fakes.words[-2:], ("We", "go."), strict=True)
    ]
    fakes.says = {**fakes.says, "We go.": {"ko": "우리는 가요.", "ja": "行きます。"}}
    reads = FakeTranslator(
        lambda text, _: (Answer(KNOWN.get(text, ""), -0.5, "Ye."),), reads_context=True
    )
    fakes.others[place] = reads
    return reads


class ModelServer(BaseHTTPRequestHandler):
    """Does what is asked of a language model, and knows two rows by heart."""

    knows: ClassVar = {"A title": "한 제목이에요", "We go.": "저희는 이만 갈게요."}
    keys: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self._say({"data": [{"id": "qwen-tests"}]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rows = json.loads(
            re.findall(r"^\{.*?\}$", asked["messages"][-1]["content"], re.MULTILINE | re.DOTALL)[0]
        )
        said = {number: f"{row[:5]}{self.knows.get(row[5:], '')}" for number, row in rows.items()}
        choice = {"message": {"content": json.dumps(said)}, "finish_reason": "stop"}
        self._say({"choices": [choice]})

    def _say(self, answer: dict[str, Any]) -> None:
        self.keys.add(self.headers["Authorization"])
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def contents(folder: Path) -> list[bytes]:
    """Read the files of a folder, and unpack the results of stages among them."""
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return [_unpacked(content) if content[:1] == b"{" else content for content in files]


def _unpacked(content: bytes) -> bytes:
    result = json.loads(content).get("result")
    if not result:
        return content
    return content + b64decode(zlib.decompress(b64decode(result)))


def run(audio: Path, out: Path, *languages: str, **registers: dict[str, str]) -> Any:
    from flows.episode import process_episode
    from flows.parameters import Speakers, Wording

    folder = process_episode(
        audio=str(audio),
        show="Open Ears",
        title="A title",
        languages=list(languages),
        speakers=Speakers(names={"Speaker 1": "Ann"}),
        wording=Wording(registers=registers),
        models=Models(preset="demo", translators={"ko": "oracle"}),
        out=out,
    )
    return json.loads((folder / "episode.json").read_text("utf-8"))


def test_a_language_goes_through_its_own_translator_and_then_through_the_usual_one(
    fakes: Any, oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    record = run(tone, tmp_path / "out", "ko", "ja", ja={"everybody": "polite"})

    *_, last = record["lines"]
    assert record["titles"]["ko"] == {
        "text": "한 제목", "made": "model", "checks": [], "meant": "Ye.", "score": -0.5,
    }  # fmt: skip
    assert last["translations"]["ko"] == {
        "text": "우리는 가요.", "made": "other-engine", "checks": [],
    }  # fmt: skip
    assert last["translations"]["ja"]["made"] == "model"
    assert fakes.calls[-2:] == ["translate ko", "translate ja"]
    made = record["provenance"]
    assert made["options"]["translate ko"]["translator"].startswith("oracle@")
    assert made["models"]["translate ko"] == "en->ko; en->ko"
    assert "translate ja" not in made["options"]


def test_a_conversation_is_given_whole_with_its_speakers_pauses_terms_and_registers(
    oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    show = tmp_path / "out" / "open-ears"
    show.mkdir(parents=True)
    (show / "glossary.toml").write_text('[[term]]\nsource = "Lee"\nko = "리"\n', "utf-8")

    run(tone, tmp_path / "out", "ko", ko={"Ann": "formal"})

    assert oracle.asked[0] == (
        SourceRow("A title"),
        SourceRow("Yeah.", "Ann", 0.0),
        SourceRow("Yeah.", "Speaker 2", 0.6),
        SourceRow("We go.", "Ann", 0.6),
    )
    assert oracle.styles[0] == Style((Term("Lee", "리"),), (("Ann", Register.FORMAL),))


def test_a_conversation_is_kept_until_a_row_or_the_style_changes(
    fakes: Any, oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    run(tone, tmp_path / "out", "ko")
    oracle.asked.clear()

    run(tone, tmp_path / "out", "ko")
    assert oracle.asked == []

    (tmp_path / "out" / "open-ears" / "glossary.toml").write_text(
        '[[term]]\nsource = "Lee"\nko = "리"\n', "utf-8"
    )
    run(tone, tmp_path / "out", "ko")
    assert len(oracle.asked[0]) == 4


def test_a_language_model_translates_over_http_and_its_key_is_written_nowhere(
    fakes: Any,
    serve: Callable[..., str],
    tone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flows.episode import process_episode

    monkeypatch.setenv("INTERLINEAR_LLM_KEY", "sk-never-written")
    server = LanguageModel(url=f"{serve(ModelServer)}/v1", model="qwen-tests")
    reference = find_language_model(server)
    fakes.others[reference] = reference.load(LoadOptions(server_key=llm_key()))
    fakes.turns = fakes.turns[:1]
    fakes.words = [replace(fakes.words[0], text="We"), replace(fakes.words[1], text="go.")]
    fakes.says = {"A title": {"zh": "标题"}, "We go.": {"zh": "我们走。"}}

    folder = process_episode(
        audio=str(tone),
        show="Open Ears",
        title="A title",
        languages=["ko", "zh"],
        models=Models(preset="demo", translators={"ko": "llm"}, llm=server),
        out=tmp_path / "out",
    )

    ko, zh = (parse_page((folder / f"{code}.txt").read_text("utf-8")) for code in ("ko", "zh"))
    assert (ko.header[1], *ko.pairs) == ("한 제목이에요", ("We go.", "저희는 이만 갈게요."))
    assert (zh.header[1], *zh.pairs) == ("标题", ("We go.", "我们走。"))
    record = json.loads((folder / "episode.json").read_text("utf-8"))
    assert record["lines"][0]["translations"]["ko"]["made"] == "model"
    assert record["provenance"]["models"]["translate ko"].startswith("en->ko qwen-tests (qwen ")
    assert reference.identity() in str(record["provenance"]["options"]["translate ko"])
    assert ModelServer.keys == {"Bearer sk-never-written"}
    kept, published = contents(tmp_path / "cache"), contents(folder)
    assert any("저희는 이만 갈게요.".encode() in content for content in kept)
    assert not any(b"sk-never-written" in content for content in (*kept, *published))
