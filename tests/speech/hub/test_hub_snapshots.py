"""The real hub client against a loopback server that speaks just enough of the hub's API."""

import errno
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from podcast.errors import InterlinearError, NetworkError, SetupError, StorageError
from speech.hub import hub_errors
from speech.hub.hub_snapshots import (
    HubOptions,
    cache_folder,
    check_space,
    download_snapshot,
    find_snapshot,
    has_token,
)

REPO = "pyannote/speaker-diarization-community-1"
LICENCE = f"https://huggingface.co/{REPO}"
TOKEN = "hf_secretsecretsecret"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.yaml": b"pipeline: {}\n",
    "segmentation/pytorch_model.bin": bytes(range(256)) * 400,
    "README.md": b"# not for a program\n",
}


@dataclass
class Hub:
    """What the server holds, how it behaves, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    refuses: dict[str, tuple[int, str]] = field(default_factory=dict)
    shortens: set[str] = field(default_factory=set)
    breaks_once: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    announces: int | None = None
    endpoint: str = ""

    def paths(self, method: str) -> list[str]:
        return [path for verb, path in self.asked if verb == method]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        self.hub.asked.append((self.command, path))
        self.hub.headers.append({name.lower(): value for name, value in self.headers.items()})
        for part, (status, code) in self.hub.refuses.items():
            if part in path:
                return self._send(status, b"{}", {"X-Error-Code": code} if code else {}, with_body)
        if path in {f"/api/models/{REPO}", f"/api/models/{REPO}/revision/main"}:
            return self._send(200, self._info(), {}, with_body)
        if path == f"/api/models/{REPO}/tree/{COMMIT}":
            return self._send(200, self._tree(), {}, with_body)
        name = path.removeprefix(f"/{REPO}/resolve/{COMMIT}/")
        if name in self.hub.files:
            return self._send_file(name, with_body)
        code = "RevisionNotFound" if "/revision/" in path else "RepoNotFound"
        return self._send(404, b"{}", {"X-Error-Code": code}, with_body)

    def _info(self) -> bytes:
        sizes = {n: self.hub.announces or len(b) for n, b in self.hub.files.items()}
        siblings = [{"rfilename": name, "size": size} for name, size in sizes.items()]
        return json.dumps({"id": REPO, "sha": COMMIT, "siblings": siblings}).encode()

    def _tree(self) -> bytes:
        entries = [
            {"type": "file", "path": name, "size": len(body), "oid": _digest(body)}
            for name, body in self.hub.files.items()
        ]
        return json.dumps(entries).encode()

    def _send_file(self, name: str, with_body: bool) -> None:
        body = self.hub.files[name]
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{_digest(body)}"'}
        if with_body and name in self.hub.shortens:
            return self._send(200, body[: len(body) // 2], headers, with_body)
        if with_body and name in self.hub.breaks_once:
            self.hub.breaks_once.discard(name)
            return self._break_off(body, headers)
        first = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-")
        if not int(first):
            return self._send(200, body, headers, with_body)
        headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
        return self._send(206, body[int(first) :], headers, with_body)

    def _break_off(self, body: bytes, headers: dict[str, str]) -> None:
        self._head(200, len(body), headers)
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _send(self, status: int, body: bytes, headers: dict[str, str], with_body: bool) -> None:
        self._head(status, len(body), headers)
        if with_body:
            self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def _digest(body: bytes) -> str:
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_token_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_OIDC_RESOURCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "no-token"))


@pytest.fixture
def options(hub: Hub, tmp_path: Path) -> HubOptions:
    return HubOptions(endpoint=hub.endpoint, cache=tmp_path / "cache")


def _ignore(_done: int, _wanted: int) -> None:
    pass


def _refusal(options: HubOptions, token: str | None = None) -> InterlinearError:
    with pytest.raises(InterlinearError) as caught:
        download_snapshot(REPO, token, _ignore, options=options)
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value)
    return caught.value


def test_a_download_holds_the_files_that_a_program_reads_and_no_others(
    options: HubOptions,
) -> None:
    folder = download_snapshot(REPO, None, _ignore, options=options)

    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    assert found == {name: body for name, body in FILES.items() if name != "README.md"}


def test_a_downloaded_model_is_found_without_asking_the_hub(hub: Hub, options: HubOptions) -> None:
    folder = download_snapshot(REPO, None, _ignore, options=options)
    hub.asked.clear()

    assert find_snapshot(REPO, options=options) == folder
    assert hub.asked == []


def test_a_download_asks_for_the_model_then_its_tree_then_each_file(
    hub: Hub, options: HubOptions
) -> None:
    download_snapshot(REPO, None, _ignore, options=options)

    files = [f"/{REPO}/resolve/{COMMIT}/{name}" for name in FILES if name != "README.md"]
    assert sorted(hub.paths("HEAD")) == sorted(files)
    gets = hub.paths("GET")
    assert gets[:3] == [
        f"/api/models/{REPO}",
        f"/api/models/{REPO}/revision/main",
        f"/api/models/{REPO}/tree/{COMMIT}",
    ]
    assert sorted(gets[3:]) == sorted(files)


def test_the_token_travels_in_the_authorization_header(hub: Hub, options: HubOptions) -> None:
    download_snapshot(REPO, TOKEN, _ignore, options=options)

    assert {headers.get("authorization") for headers in hub.headers} == {f"Bearer {TOKEN}"}


def test_without_a_token_no_authorization_is_sent(hub: Hub, options: HubOptions) -> None:
    download_snapshot(REPO, None, _ignore, options=options)

    assert not any("authorization" in headers for headers in hub.headers)


def test_the_token_of_the_environment_is_used(
    hub: Hub, options: HubOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", f" {TOKEN}\n")

    download_snapshot(REPO, None, _ignore, options=options)

    assert {headers.get("authorization") for headers in hub.headers} == {f"Bearer {TOKEN}"}


def test_what_the_machine_runs_is_not_told_to_the_hub(
    hub: Hub, options: HubOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY", False)

    download_snapshot(REPO, None, _ignore, options=options)

    agents = " ".join(headers["user-agent"] for headers in hub.headers)
    assert "torch" not in agents
    assert "agent/" not in agents


def test_progress_runs_from_nothing_to_the_bytes_wanted(options: HubOptions) -> None:
    reports: list[tuple[int, int]] = []

    download_snapshot(
        REPO, None, lambda done, wanted: reports.append((done, wanted)), options=options
    )

    wanted = sum(len(body) for name, body in FILES.items() if name != "README.md")
    assert reports[0] == (0, wanted)
    assert reports[-1] == (wanted, wanted)
    assert reports == sorted(reports)


def test_a_broken_connection_goes_on_from_where_it_stopped(
    hub: Hub, options: HubOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The client keeps whole chunks of 10 MB; this file is small.
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1024)
    name = "segmentation/pytorch_model.bin"
    hub.breaks_once.add(name)

    folder = download_snapshot(REPO, None, _ignore, options=options)

    ranges = [headers["range"] for headers in hub.headers if "range" in headers]
    assert (folder / name).read_bytes() == FILES[name]
    assert ranges == [f"bytes={len(FILES[name]) // 2}-"]


def test_half_a_file_is_an_error_and_no_model(hub: Hub, options: HubOptions) -> None:
    hub.shortens.add("segmentation/pytorch_model.bin")

    error = _refusal(options)

    assert isinstance(error, NetworkError)
    assert "did not arrive whole" in str(error)
    assert find_snapshot(REPO, options=options) is None


def test_the_next_call_fetches_only_what_is_missing(hub: Hub, options: HubOptions) -> None:
    name = "segmentation/pytorch_model.bin"
    hub.shortens.add(name)
    _refusal(options)
    hub.shortens.clear()
    hub.asked.clear()
    reports: list[tuple[int, int]] = []

    folder = download_snapshot(REPO, None, lambda *report: reports.append(report), options=options)

    assert (folder / name).read_bytes() == FILES[name]
    assert [path for path in hub.paths("GET") if "/resolve/" in path] == [
        f"/{REPO}/resolve/{COMMIT}/{name}"
    ]
    assert reports[-1] == (len(FILES[name]), len(FILES[name]))


def test_a_copied_cache_with_a_cut_file_is_no_model(options: HubOptions) -> None:
    folder = download_snapshot(REPO, None, _ignore, options=options)
    (folder / "segmentation/pytorch_model.bin").resolve().write_bytes(b"cut")

    assert find_snapshot(REPO, options=options) is None


def test_a_download_mends_a_cache_with_a_cut_file(options: HubOptions) -> None:
    name = "segmentation/pytorch_model.bin"
    folder = download_snapshot(REPO, None, _ignore, options)
    (folder / name).resolve().write_bytes(b"cut")

    download_snapshot(REPO, None, _ignore, options)

    assert find_snapshot(REPO, options) == folder
    assert (folder / name).read_bytes() == FILES[name]


def test_a_copied_cache_with_a_dangling_link_is_no_model(options: HubOptions) -> None:
    folder = download_snapshot(REPO, None, _ignore, options=options)
    (folder / "config.yaml").resolve().unlink()

    assert find_snapshot(REPO, options=options) is None


def test_a_model_that_was_never_fetched_is_not_found(options: HubOptions) -> None:
    assert find_snapshot(REPO, options=options) is None


def test_a_gated_model_without_token_names_the_licence_page_and_the_variable(
    hub: Hub, options: HubOptions
) -> None:
    hub.refuses["/resolve/"] = (401, "GatedRepo")

    error = _refusal(options)

    assert isinstance(error, SetupError)
    assert "no hub token is set" in str(error)
    assert LICENCE in str(error)
    assert "HF_TOKEN" in str(error)


def test_a_licence_that_is_not_accepted_is_named(hub: Hub, options: HubOptions) -> None:
    hub.refuses["/resolve/"] = (403, "GatedRepo")

    error = _refusal(options, TOKEN)

    assert isinstance(error, SetupError)
    assert "licence is not accepted" in str(error)
    assert LICENCE in str(error)


def test_a_token_without_the_right_is_told_so(hub: Hub, options: HubOptions) -> None:
    hub.refuses["/resolve/"] = (403, "")

    error = _refusal(options, TOKEN)

    assert isinstance(error, SetupError)
    assert "lacks the right to read gated models" in str(error)


@pytest.mark.parametrize("code", ["", "RepoNotFound"])
def test_a_token_that_the_hub_does_not_know_is_told_so(
    hub: Hub, options: HubOptions, code: str
) -> None:
    hub.refuses["/api/"] = (401, code)

    error = _refusal(options, TOKEN)

    assert isinstance(error, SetupError)
    assert "does not accept the token" in str(error)
    assert "HF_TOKEN" in str(error)


@pytest.mark.parametrize("token", ["hf_secretsecretsecret\nx", "hf_secretsecretsecret ä"])
def test_a_token_that_cannot_be_sent_is_never_quoted(
    hub: Hub, options: HubOptions, token: str
) -> None:
    error = _refusal(options, token)

    assert isinstance(error, SetupError)
    assert hub.asked == []


@pytest.mark.parametrize("status", [401, 404])
def test_a_model_that_the_hub_does_not_show_is_named(
    hub: Hub, options: HubOptions, status: int
) -> None:
    hub.refuses["/api/"] = (status, "RepoNotFound")

    error = _refusal(options)

    assert isinstance(error, SetupError)
    assert f"shows no model {REPO}" in str(error)


def test_a_revision_that_the_hub_does_not_have_is_told_so(hub: Hub, options: HubOptions) -> None:
    with pytest.raises(SetupError, match="not the revision asked for"):
        download_snapshot(REPO, None, _ignore, replace(options, revision="v9"))

    assert hub.paths("GET") == [f"/api/models/{REPO}/revision/v9"]


def test_a_name_that_is_no_model_name_is_told_so(options: HubOptions) -> None:
    with pytest.raises(SetupError, match="must read owner/name"):
        download_snapshot("a/b/c", None, _ignore, options=options)


def test_a_hub_in_trouble_is_worth_another_try(hub: Hub, options: HubOptions) -> None:
    hub.refuses["/api/"] = (503, "")

    error = _refusal(options)

    assert isinstance(error, NetworkError)
    assert "status 503" in str(error)


def test_no_network_says_where_to_and_how_to_do_without(tmp_path: Path) -> None:
    endpoint = f"http://127.0.0.1:{_closed_port()}"

    error = _refusal(HubOptions(endpoint=endpoint, cache=tmp_path))

    assert isinstance(error, NetworkError)
    assert f"no connection to {endpoint}" in str(error)
    assert "copy the model's folder" in str(error)


def test_offline_mode_names_its_variable(
    options: HubOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    error = _refusal(options)

    assert isinstance(error, SetupError)
    assert "HF_HUB_OFFLINE" in str(error)


def test_a_disk_without_room_stops_the_download_before_it_starts(
    hub: Hub, options: HubOptions
) -> None:
    hub.announces = 1 << 60

    error = _refusal(options)

    assert isinstance(error, StorageError)
    assert "HF_HOME" in str(error)
    assert hub.paths("HEAD") == []


def test_room_is_looked_for_on_the_disk_of_a_folder_yet_to_be_made(tmp_path: Path) -> None:
    check_space(tmp_path / "not" / "yet", 1, "a model")

    with pytest.raises(StorageError, match="too full for a model"):
        check_space(tmp_path / "not" / "yet", 1 << 60, "a model")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied", "/cache/blob"),
    ],
)
def test_a_disk_that_takes_no_more_is_a_storage_error(error: OSError) -> None:
    explained = hub_errors.explain(error, REPO, "http://hub", has_token=False)

    assert isinstance(explained, StorageError)
    assert str(error.strerror) in str(explained)


def test_a_firewall_that_forbids_the_connection_is_no_storage_error() -> None:
    error = PermissionError(errno.EPERM, "Operation not permitted")

    explained = hub_errors.explain(error, REPO, "http://hub", has_token=False)

    assert isinstance(explained, NetworkError)


@pytest.mark.parametrize("error", [RuntimeError("storage servers"), ConnectionError("reset")])
def test_a_failure_of_the_storage_servers_is_a_network_error(error: Exception) -> None:
    explained = hub_errors.explain(error, REPO, "http://hub", has_token=False)

    assert isinstance(explained, NetworkError)
    assert type(error).__name__ in str(explained)


def test_a_cache_that_cannot_be_written_is_a_storage_error(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    error = _refusal(HubOptions(endpoint=hub.endpoint, cache=tmp_path / "file"))

    assert isinstance(error, StorageError)


def test_a_token_is_seen_in_the_environment_or_after_a_login(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not has_token()

    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert has_token()

    monkeypatch.delenv("HF_TOKEN")
    (tmp_path / "no-token").write_text(TOKEN)
    assert has_token()


def test_the_endpoint_and_the_cache_of_the_environment_are_honoured(
    hub: Hub, tmp_path: Path
) -> None:
    script = (
        "from speech.hub.hub_snapshots import download_snapshot\n"
        f"print(download_snapshot({REPO!r}, None, lambda done, wanted: None))\n"
    )
    environment = {**os.environ, "HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / "home")}

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(hub_errors.__file__).parents[2],
    )

    assert Path(done.stdout.strip()).is_relative_to(tmp_path / "home")
    assert hub.paths("HEAD")


def test_the_cache_folder_can_be_told(tmp_path: Path) -> None:
    assert cache_folder(HubOptions(cache=tmp_path)) == tmp_path


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
