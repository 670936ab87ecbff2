"""The catalogue, the checks of model files, and the commands, against folders and loopback."""

import io
import json
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli.commands_models import models
from flows.models.model_catalogue import (
    CATALOGUE,
    DEMO_CATALOGUE,
    DIARIZATION_REPO,
    REAL_CATALOGUE,
    WHISPER_REPOS,
    FromHub,
    Kind,
    Places,
    find_diarization,
    find_model,
    find_whisper,
    wanted_models,
)
from flows.models.model_status import ModelStatus, State, fetch, status, try_out
from flows.settings import DEMO_LANGUAGES, DEMO_MODELS
from podcast.errors import NetworkError, SetupError
from speech.diarization.pyannote_files import check_diarization
from speech.hub.hub_snapshots import HubOptions
from speech.transcription.whisper_files import check_whisper
from translation.engines.argos import ArgosFolder
from translation.engines.argos_packages import check_package, find_packages
from translation.engines.translator_factory import find_translator

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def ctranslate2_model(kind: str, version: int = 6) -> bytes:
    """Two variables and an alias, in the layout that CTranslate2 writes."""

    def text(string: str) -> bytes:
        return struct.pack("<H", len(string) + 1) + string.encode() + b"\0"

    weights = bytes(64)
    matrix = text("encoder/weight") + struct.pack("<BIIBI", 2, 4, 4, 0, 64) + weights
    scalar = text("scale") + struct.pack("<BBI", 0, 1, 1) + b"\1"
    head = struct.pack("<I", version) + text(kind) + struct.pack("<II", 3, 2)
    return head + matrix + scalar + struct.pack("<I", 1) + text("tied") + text("encoder/weight")


def lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def zipped(name: str = "data.pkl", body: bytes = b"weights" * 100) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, body)
    return buffer.getvalue()


def whisper_files() -> dict[str, bytes]:
    return {
        "model.bin": ctranslate2_model("WhisperSpec"),
        "config.json": b"{}",
        "tokenizer.json": b"{}",
        "vocabulary.json": b"[]",
    }


def diarization_files() -> dict[str, bytes]:
    config = b"pipeline:\n  params:\n    segmentation: $model/segmentation\n    plda: $model/plda\n"
    return {
        "config.yaml": config,
        "segmentation/pytorch_model.bin": zipped(),
        "plda/plda.npz": zipped("mu.npy"),
    }


def package_files(source: str = "en", target: str = "ko") -> dict[str, bytes]:
    metadata = {"package_version": "1.0", "from_code": source, "to_code": target}
    return {
        "metadata.json": json.dumps(metadata).encode(),
        "sentencepiece.model": b"\x0a",
        "model/model.bin": ctranslate2_model("TransformerSpec"),
        "model/shared_vocabulary.json": b"[]",
    }


def lay_out_snapshot(cache: Path, repo_id: str, files: dict[str, bytes]) -> Path:
    repo = cache / f"models--{repo_id.replace('/', '--')}"
    (repo / "refs").mkdir(parents=True)
    (repo / "refs" / "main").write_text(COMMIT)
    return lay_out(repo / "snapshots" / COMMIT, files)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Places without anything in them, and without a way out."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{closed_port()}")
    return Places(
        demo=tmp_path / "demo",
        hub=HubOptions(endpoint=f"http://127.0.0.1:{closed_port()}", cache=tmp_path / "hub"),
    )


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class TestCatalogue:
    def test_names_are_unique(self) -> None:
        assert len({model.name for model in CATALOGUE}) == len(CATALOGUE)

    def test_the_whisper_names_are_those_of_faster_whisper(self) -> None:
        from faster_whisper.utils import _MODELS  # there is no public list

        assert _MODELS == WHISPER_REPOS

    def test_only_the_diarization_model_is_gated(self) -> None:
        gated = [model for model in CATALOGUE if model.is_gated]

        assert [model.origin for model in gated] == [FromHub(DIARIZATION_REPO)]

    def test_a_machine_needs_one_whisper_and_everything_else(self) -> None:
        on_cpu = {model.name for model in wanted_models("cpu")}
        on_gpu = {model.name for model in wanted_models("cuda")}

        assert on_cpu - on_gpu == {"whisper-small"}
        assert on_gpu - on_cpu == {"whisper-large-v3-turbo"}
        assert len(on_cpu) == len(REAL_CATALOGUE) - 1

    def test_other_sizes_and_hub_ids_have_names_too(self) -> None:
        assert find_model("whisper-medium").origin == FromHub("Systran/faster-whisper-medium")
        assert find_model("somebody/model").kind is Kind.OTHER

    def test_a_name_that_nothing_has_is_answered_with_the_known_ones(self) -> None:
        with pytest.raises(SetupError, match="whisper-small, whisper-large-v3-turbo"):
            find_model("whisper-huge")


class TestFindingFolders:
    def test_a_whisper_is_found_by_size_in_the_cache_of_the_hub(
        self, places: Places, tmp_path: Path
    ) -> None:
        folder = lay_out_snapshot(tmp_path / "hub", WHISPER_REPOS["medium"], whisper_files())

        assert find_whisper("medium", places) == folder

    def test_a_folder_given_by_hand_is_taken_as_it_is(self, places: Places, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()

        assert find_whisper(str(tmp_path / "mine"), places) == tmp_path / "mine"
        assert find_diarization(str(tmp_path / "mine"), places) == tmp_path / "mine"

    def test_the_usual_diarization_is_found_in_the_cache_of_the_hub(
        self, places: Places, tmp_path: Path
    ) -> None:
        folder = lay_out_snapshot(tmp_path / "hub", DIARIZATION_REPO, diarization_files())

        assert find_diarization(None, places) == folder

    def test_a_model_that_is_not_here_says_how_to_get_it(self, places: Places) -> None:
        with pytest.raises(SetupError, match="models download whisper-medium"):
            find_whisper("medium", places)
        with pytest.raises(SetupError, match="models download diarization"):
            find_diarization(None, places)
        with pytest.raises(SetupError, match="models download somebody/else"):
            find_diarization("somebody/else", places)

    @pytest.mark.parametrize("choice", ["huge", "./nowhere", "/no/where", "a/b/c"])
    def test_a_folder_that_is_not_there_is_named(self, places: Places, choice: str) -> None:
        with pytest.raises(SetupError, match=f"no model folder at {choice}"):
            find_whisper(choice, places)

    def test_packages_are_looked_for_where_argostranslate_keeps_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/elsewhere")

        assert find_translator() == ArgosFolder(Path("/elsewhere"))


class TestFiles:
    def test_whole_models_have_no_problems(self, tmp_path: Path) -> None:
        assert check_whisper(lay_out(tmp_path / "w", whisper_files())) == ()
        assert check_diarization(lay_out(tmp_path / "d", diarization_files())) == ()
        assert check_package(lay_out(tmp_path / "p", package_files())) == ()

    def test_the_bundled_models_have_no_problems(self) -> None:
        found = status(DEMO_CATALOGUE, Places())

        assert {s.model.name: s.problems for s in found if s.problems} == {}
        assert all(s.state is State.READY for s in found)

    @pytest.mark.parametrize("lost", list(whisper_files()))
    def test_a_whisper_without_one_of_its_files_is_told(self, tmp_path: Path, lost: str) -> None:
        folder = lay_out(tmp_path, whisper_files())
        (folder / lost).unlink()

        (problem,) = check_whisper(folder)
        assert Path(lost).stem in problem
        assert "missing" in problem

    @pytest.mark.parametrize("kept", [3, 20, 60, -1])
    def test_cut_weights_are_noticed_wherever_they_are_cut(self, tmp_path: Path, kept: int) -> None:
        files = whisper_files()
        files["model.bin"] = files["model.bin"][:kept]

        (problem,) = check_whisper(lay_out(tmp_path, files))
        assert "cut" in problem

    def test_weights_of_another_kind_are_noticed(self, tmp_path: Path) -> None:
        files = whisper_files() | {"model.bin": ctranslate2_model("TransformerSpec")}

        (problem,) = check_whisper(lay_out(tmp_path, files))
        assert "'TransformerSpec' model where a WhisperSpec is needed" in problem

    def test_weights_that_are_a_web_page_are_noticed(self, tmp_path: Path) -> None:
        files = whisper_files() | {"model.bin": b"<html><body>Sign in</body></html>" * 9}

        assert len(check_whisper(lay_out(tmp_path, files))) == 1

    def test_an_old_format_that_lists_no_sizes_is_accepted(self, tmp_path: Path) -> None:
        files = whisper_files() | {"model.bin": ctranslate2_model("WhisperSpec", version=3)}

        assert check_whisper(lay_out(tmp_path, files)) == ()

    def test_a_half_tokenizer_is_noticed(self, tmp_path: Path) -> None:
        (problem,) = check_whisper(lay_out(tmp_path, whisper_files() | {"tokenizer.json": b'{"a'}))

        assert "tokenizer.json is cut" in problem

    @pytest.mark.parametrize(
        ("files", "says"),
        [
            ({"config.yaml": b"\xff"}, "not readable"),
            ({"config.yaml": b"model: {}\n"}, "describes no pipeline"),
            ({"segmentation/pytorch_model.bin": zipped()[:-9]}, "cut or no checkpoint"),
            ({"plda/plda.npz": zipped().replace(b"weights", b"weighed", 1)}, "damaged"),
        ],
    )
    def test_a_pipeline_with_a_bad_file_is_told(
        self, tmp_path: Path, files: dict[str, bytes], says: str
    ) -> None:
        (problem,) = check_diarization(lay_out(tmp_path, diarization_files() | files))

        assert says in problem

    def test_a_pipeline_that_names_a_step_it_does_not_hold_is_told(self, tmp_path: Path) -> None:
        folder = lay_out(tmp_path, diarization_files())
        (folder / "plda" / "plda.npz").unlink()

        (problem,) = check_diarization(folder)
        assert "plda is missing" in problem

    def test_a_package_without_a_vocabulary_is_told(self, tmp_path: Path) -> None:
        folder = lay_out(tmp_path, package_files())
        (folder / "model" / "shared_vocabulary.json").unlink()

        (problem,) = check_package(folder)
        assert "vocabulary" in problem


class TestStatus:
    def test_nothing_is_here_at_first(self, places: Places) -> None:
        assert {s.state for s in status(CATALOGUE, places)} == {State.MISSING}

    def test_models_that_are_here_are_ready(self, places: Places, tmp_path: Path) -> None:
        lay_out_snapshot(tmp_path / "hub", WHISPER_REPOS["small"], whisper_files())
        lay_out_snapshot(tmp_path / "hub", DIARIZATION_REPO, diarization_files())
        lay_out(tmp_path / "packages" / "a", package_files())
        lay_out(tmp_path / "demo" / "whisper", whisper_files())
        lay_out(tmp_path / "demo" / "argos" / "a", package_files(target="ja"))

        ready = {s.model.name for s in status(CATALOGUE, places) if s.state is State.READY}
        assert ready == {
            "whisper-small", "diarization", "argos-en-ko", "demo-whisper", "demo-argos-en-ja",
        }  # fmt: skip

    def test_a_translation_through_another_language_is_ready(
        self, places: Places, tmp_path: Path
    ) -> None:
        lay_out(tmp_path / "packages" / "a", package_files("en", "fr"))
        lay_out(tmp_path / "packages" / "b", package_files("fr", "zh"))

        (found,) = status([find_model("argos-en-zh")], places)
        assert found.state is State.READY

    def test_a_model_with_a_cut_file_is_broken(self, places: Places, tmp_path: Path) -> None:
        files = whisper_files() | {"config.json": b""}
        lay_out(tmp_path / "demo" / "whisper", files)

        (found,) = status([find_model("demo-whisper")], places)
        assert found.state is State.BROKEN

    def test_a_broken_package_is_told_and_not_raised(self, places: Places, tmp_path: Path) -> None:
        (tmp_path / "packages" / "half").mkdir(parents=True)

        (found,) = status([find_model("argos-en-ko")], places)
        assert found.state is State.BROKEN
        assert "half" in found.problems[0]


class TestFetching:
    def test_what_is_here_is_not_fetched_again(self, places: Places, tmp_path: Path) -> None:
        folder = lay_out_snapshot(tmp_path / "hub", WHISPER_REPOS["small"], whisper_files())

        assert fetch(find_model("whisper-small"), None, ignore, places) == folder

    @pytest.mark.parametrize("name", ["whisper-small", "diarization", "argos-en-ko"])
    def test_without_network_nothing_can_be_fetched(self, places: Places, name: str) -> None:
        with pytest.raises(NetworkError, match="no connection"):
            fetch(find_model(name), "hf_token", ignore, places)

    def test_a_bundled_model_cannot_be_fetched(self, places: Places) -> None:
        with pytest.raises(SetupError, match="comes with the program"):
            fetch(find_model("demo-whisper"), None, ignore, places)

    def test_a_model_that_is_not_here_cannot_be_tried_out(self) -> None:
        with pytest.raises(SetupError, match="not on this machine"):
            try_out(ModelStatus(find_model("whisper-small"), None), "cpu")


def ignore(_done: int, _wanted: int) -> None:
    pass


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """The address of a package index that offers en -> ko."""
    site = tmp_path / "site"
    site.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with zipfile.ZipFile(site / "ko.argosmodel", "w") as file:
        for name, body in package_files().items():
            file.writestr(f"translate-en_ko-1_0/{name}", body)
    entry = {"package_version": "1.0", "argos_version": "1.0", "from_code": "en", "to_code": "ko"}
    (site / "index.json").write_text(json.dumps([entry | {"links": [f"{url}/ko.argosmodel"]}]))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield url
    server.shutdown()
    server.server_close()
    thread.join()


class TestCommands:
    @pytest.fixture(autouse=True)
    def somewhere_else(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Keep the commands off this machine's own models, token and network."""
        endpoint = f"http://127.0.0.1:{closed_port()}"
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", endpoint)
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", endpoint)
        monkeypatch.setenv("HF_TOKEN", "hf_secretsecret")

    def _run(self, *arguments: str) -> Result:
        return CliRunner().invoke(models, arguments)

    def test_the_list_is_a_plain_table_when_it_is_piped(self) -> None:
        result = self._run("list")

        head, *rows = result.output.splitlines()
        assert result.exit_code == 0
        assert head.split() == [
            "Model",
            "Does",
            "Take",
            "it",
            "for",
            "Download",
            "Licence",
            "State",
        ]
        assert len(rows) == len(CATALOGUE)
        assert result.output.isascii()
        assert "\x1b" not in result.output

    def test_the_list_shows_what_is_here(self, tmp_path: Path) -> None:
        lay_out(tmp_path / "packages" / "a", package_files())

        (row,) = [r for r in self._run("list").output.splitlines() if r.startswith("argos-en-ko")]
        assert row.endswith("ready")

    def test_a_package_is_downloaded_by_name(
        self, index: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", index)

        result = self._run("download", "argos-en-ko")

        folder = tmp_path / "packages" / "translate-en_ko-1_0"
        assert result.exit_code == 0
        assert result.output == f"argos-en-ko: ready in {folder}\n"
        assert check_package(folder) == ()

    def test_one_failure_does_not_keep_the_others_from_being_fetched(
        self, index: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", index)

        result = self._run("download", "whisper-tiny", "argos-en-ko", "argos-en-ja")

        assert isinstance(result.exception, NetworkError)
        assert "whisper-tiny: failed" in result.output
        assert "argos-en-ko: ready" in result.output
        assert "Error: The Argos package index has no package for en -> ja" in result.output

    def test_the_token_is_never_shown(self) -> None:
        result = self._run("download", "diarization")

        assert result.exception is not None
        assert "hf_secretsecret" not in result.output + str(result.exception)

    def test_an_unknown_name_is_wrong_usage(self) -> None:
        assert self._run("download", "nonsense").exit_code == 2
        assert self._run("check", "nonsense").exit_code == 2

    def test_a_check_of_a_whole_model_is_content(self, tmp_path: Path) -> None:
        lay_out(tmp_path / "packages" / "a", package_files())

        result = self._run("check", "argos-en-ko")

        assert result.exit_code == 0
        assert "ready" in result.output

    def test_a_check_of_a_missing_or_broken_model_leaves_with_5(self, tmp_path: Path) -> None:
        (tmp_path / "packages" / "half").mkdir(parents=True)

        assert self._run("check", "whisper-tiny").exit_code == 5
        broken = self._run("check", "argos-en-ko")
        assert broken.exit_code == 5
        assert "lacks a metadata.json" in broken.output


def test_the_demo_translates_into_the_languages_that_its_packages_do() -> None:
    packages = find_packages(DEMO_MODELS / "argos")

    assert {package.target for package in packages} == set(DEMO_LANGUAGES)
