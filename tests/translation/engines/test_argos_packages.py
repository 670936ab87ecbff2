"""Package folders on disk, and installation from a loopback package index."""

import io
import json
import socket
import threading
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from audio.web.client import PUBLIC, WebOptions
from podcast.errors import InterlinearError, NetworkError, SetupError, StorageError
from translation.engines.argos_installation import download_package
from translation.engines.argos_packages import (
    DEFAULT_INDEX,
    ArgosPackage,
    argos_settings,
    find_packages,
    route,
)

TOP = "translate-en_ko-1_1"


def _package_files(
    source: str = "en", target: str = "ko", version: str = "1.1"
) -> dict[str, bytes]:
    metadata = {"package_version": version, "from_code": source, "to_code": target}
    return {
        "metadata.json": json.dumps(metadata).encode(),
        "model/model.bin": bytes(range(256)) * 300,
        "sentencepiece.model": b"\x0a\x01",
    }


def _lay_out(folder: Path, **what: str) -> Path:
    for name, body in _package_files(**what).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def _archive(files: dict[str, bytes], top: str = TOP) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, body in files.items():
            file.writestr(f"{top}/{name}" if top else name, body)
    return buffer.getvalue()


def _zip(*members: tuple[zipfile.ZipInfo | str, bytes], **how: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **how) as file:  # type: ignore[arg-type]  # as zipfile has it
        for name, body in members:
            file.writestr(name, body)
    return buffer.getvalue()


def _whole(**how: int) -> bytes:
    return _zip(*((f"{TOP}/{name}", body) for name, body in _package_files().items()), **how)


def _with(name: str, body: bytes = b"x") -> bytes:
    return _archive(_package_files() | {name: body})


def _encrypted() -> bytes:
    body = bytearray(_whole())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + flags] |= 1
            at = body.find(mark, at + 1)
    return bytes(body)


def _unknown_method() -> bytes:
    body = bytearray(_whole())
    body[body.find(b"PK\x01\x02") + 10] = 97
    return bytes(body)


def _twice() -> bytes:
    files = [(f"{TOP}/{name}", body) for name, body in _package_files().items()]
    with warnings.catch_warnings(action="ignore"):
        return _zip(*files, files[0])


def _bad_sum() -> bytes:
    body = _whole()
    at = body.index(bytes(range(256)))
    return body[:at] + b"\xff" + body[at + 1 :]


BAD_ARCHIVES: dict[str, Callable[[], bytes]] = {
    "encrypted": _encrypted,
    "an unknown method": _unknown_method,
    "bzip2": lambda: _whole(compression=zipfile.ZIP_BZIP2),
    "lzma": lambda: _whole(compression=zipfile.ZIP_LZMA),
    "deep metadata": lambda: _with("metadata.json", b"[" * 100_000),
    "no metadata": lambda: _with("metadata.json", b""),
    "metadata that is no text": lambda: _with("metadata.json", b"\xff"),
    "a long name": lambda: _with("n" * 300),
    "a long path": lambda: _with("/".join("n" * 100 for _ in range(50))),
    "a name with a line break": lambda: _with("a\nb"),
    "a file that is a folder": lambda: _with("metadata.json/more"),
    "a member twice": _twice,
    "a bad sum": _bad_sum,
    "zeros": lambda: _zip((f"{TOP}/model/model.bin", bytes(60 * 2**20)), compression=8),
    "nothing": _zip,
    "two folders": lambda: _zip(("a/metadata.json", b"{}"), ("b/metadata.json", b"{}")),
    "no zip": lambda: b"<html>not a package</html>",
    "cut": lambda: _whole()[:-30],
    "an empty body": lambda: b"",
}


def _package(source: str, target: str, version: str = "1.0") -> ArgosPackage:
    return ArgosPackage(Path(f"{source}-{target}-{version}"), source, target, version)


class TestFinding:
    def test_packages_are_found_by_their_metadata(self, tmp_path: Path) -> None:
        _lay_out(tmp_path / "b", target="ja")
        _lay_out(tmp_path / "a", version="1.10")

        assert find_packages(tmp_path) == (
            ArgosPackage(tmp_path / "a", "en", "ko", "1.10"),
            ArgosPackage(tmp_path / "b", "en", "ja", "1.1"),
        )

    def test_a_folder_that_is_not_there_holds_no_packages(self, tmp_path: Path) -> None:
        assert find_packages(tmp_path / "none") == ()

    def test_files_hidden_folders_and_other_kinds_of_package_are_passed_over(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "translate-en_ko.argosmodel.part").touch()
        (tmp_path / ".argos-scratch").mkdir()
        (tmp_path / "sentences").mkdir()
        (tmp_path / "sentences" / "metadata.json").write_text('{"type": "sbd"}')

        assert find_packages(tmp_path) == ()

    @pytest.mark.parametrize(
        ("lost", "named"),
        [
            ("metadata.json", "metadata.json"),
            ("model/model.bin", "model/model.bin"),
            ("sentencepiece.model", "sentencepiece.model or bpe.model"),
        ],
    )
    def test_a_broken_package_is_named_with_what_it_lacks(
        self, tmp_path: Path, lost: str, named: str
    ) -> None:
        (_lay_out(tmp_path / TOP) / lost).unlink()

        with pytest.raises(SetupError, match=named) as caught:
            find_packages(tmp_path)
        assert str(tmp_path / TOP) in str(caught.value)

    def test_a_bpe_model_is_a_tokenizer_too(self, tmp_path: Path) -> None:
        folder = _lay_out(tmp_path / TOP)
        (folder / "sentencepiece.model").rename(folder / "bpe.model")

        assert len(find_packages(tmp_path)) == 1

    def test_metadata_that_is_no_json_breaks_the_package(self, tmp_path: Path) -> None:
        (_lay_out(tmp_path / TOP) / "metadata.json").write_text("{")

        with pytest.raises(SetupError, match=r"metadata\.json"):
            find_packages(tmp_path)


class TestSettings:
    def test_the_defaults_are_those_of_argostranslate(self) -> None:
        settings = argos_settings({"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/none"})

        assert settings.folder == Path("/data/argos-translate/packages")
        assert settings.index_url == f"{DEFAULT_INDEX}index.json"

    def test_the_environment_wins_over_the_settings_file(self, tmp_path: Path) -> None:
        (tmp_path / "argos-translate").mkdir()
        (tmp_path / "argos-translate" / "settings.json").write_text(
            json.dumps({"ARGOS_PACKAGES_DIR": "/saved", "ARGOS_PACKAGE_INDEX": "http://saved"})
        )

        settings = argos_settings(
            {"XDG_CONFIG_HOME": str(tmp_path), "ARGOS_PACKAGES_DIR": "/variable"}
        )

        assert settings.folder == Path("/variable")
        assert settings.index_url == "http://saved/index.json"


class TestRoute:
    def test_the_direct_package_is_preferred(self) -> None:
        packages = (_package("en", "fr"), _package("fr", "ko"), _package("en", "ko"))

        assert route(packages, "en", "ko") == (packages[2],)

    def test_without_one_the_way_leads_through_another_language(self) -> None:
        packages = (_package("fr", "ko"), _package("en", "fr"))

        assert route(packages, "en", "ko") == (packages[1], packages[0])

    def test_the_shortest_way_is_taken_and_circles_are_not(self) -> None:
        packages = (
            _package("en", "fr"),
            _package("fr", "en"),
            _package("fr", "de"),
            _package("de", "ko"),
            _package("en", "ja"),
            _package("ja", "ko"),
        )

        assert [step.target for step in route(packages, "en", "ko")] == ["ja", "ko"]

    def test_the_newer_of_two_packages_is_taken(self) -> None:
        packages = (_package("en", "ko", "1.9"), _package("en", "ko", "1.10"))

        assert route(packages, "en", "ko") == (packages[1],)

    def test_no_way_says_what_is_there_and_how_to_install(self) -> None:
        with pytest.raises(SetupError, match="models download argos-en-ko") as caught:
            route((_package("en", "ja"),), "en", "ko")
        assert "installed: en->ja" in str(caught.value)


@dataclass
class Site:
    """A loopback package index and what it was asked."""

    entries: object = field(default_factory=list)
    index: bytes | None = None
    body: bytes = b""
    status: int = 200
    cut: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    tag: str = '"1"'
    web: WebOptions = PUBLIC

    @property
    def index_url(self) -> str:
        return f"{self.url}/index.json"

    def offer(self, version: str = "1.1", argos_version: str = "1.9", **more: object) -> None:
        assert isinstance(self.entries, list)
        link = f"{self.url}/{version}.argosmodel"
        self.entries.append(
            {
                "package_version": version,
                "argos_version": argos_version,
                "from_code": "en",
                "to_code": "ko",
                "links": [link],
                **more,
            }
        )


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        first = self.headers.get("Range", "")
        site.asked.append((self.path, first))
        if self.path == "/index.json":
            index = json.dumps(site.entries).encode() if site.index is None else site.index
            return self._send(site.status, index, {})
        start = int(first.removeprefix("bytes=").rstrip("-") or 0)
        tag = {"ETag": site.tag} if site.tag else {}
        if self.headers.get("If-Range") != site.tag:
            start = 0
        if start >= len(site.body) > 0:
            return self._send(416, b"", {})
        if not start:
            return self._send(site.status, site.body, tag)
        place = {"Content-Range": f"bytes {start}-{len(site.body) - 1}/{len(site.body)}"}
        return self._send(206, site.body[start:], tag | place)

    def log_message(self, *_: object) -> None:
        pass

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        is_package = self.path != "/index.json"
        self.wfile.write(body[: self.site.cut] if is_package else body)


@pytest.fixture
def site(web: WebOptions) -> Iterator[Site]:
    site = Site(web=web)
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    site.body = _archive(_package_files())
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "packages"


def _ignore(_done: int, _wanted: int) -> None:
    pass


def _install(site: Site, folder: Path) -> ArgosPackage:
    return download_package("en", "ko", folder, _ignore, site.index_url, web=site.web)


def _refusal(site: Site, folder: Path) -> InterlinearError:
    with pytest.raises(InterlinearError) as caught:
        _install(site, folder)
    return caught.value


def _everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestInstallation:
    def test_a_package_is_installed_whole_and_nothing_else_remains(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()

        package = _install(site, folder)

        assert find_packages(folder) == (package,)
        assert _everything_in(folder) == [TOP]
        assert _everything_in(folder.parent) == ["packages"]
        assert (package.path / "model/model.bin").read_bytes() == bytes(range(256)) * 300

    def test_progress_ends_at_the_size_of_the_package(self, site: Site, folder: Path) -> None:
        site.offer()
        reports: list[tuple[int, int]] = []

        def note(have: int, wanted: int) -> None:
            reports.append((have, wanted))

        download_package("en", "ko", folder, note, site.index_url, web=site.web)

        assert reports[-1] == (len(site.body), len(site.body))

    def test_the_newest_package_that_this_argostranslate_understands_is_chosen(
        self, site: Site, folder: Path
    ) -> None:
        site.offer("1.9")
        site.offer("1.10")
        site.offer("2.0", argos_version="99.0")
        site.offer("3.0", to_code="ja")
        site.offer("4.0", links=["ipfs://package"])

        _install(site, folder)

        assert [path for path, _ in site.asked] == ["/index.json", "/1.10.argosmodel"]

    def test_the_second_link_is_tried_when_the_first_is_dead(
        self, site: Site, folder: Path
    ) -> None:
        dead = f"http://127.0.0.1:{_closed_port()}/x"
        site.offer(links=[dead, f"{site.url}/1.1.argosmodel"])

        assert _install(site, folder).version == "1.1"

    def test_an_older_copy_is_replaced(self, site: Site, folder: Path) -> None:
        site.offer()
        (_lay_out(folder / TOP) / "left-over").touch()

        package = _install(site, folder)

        assert not (package.path / "left-over").exists()

    def test_a_pair_that_the_index_lacks_is_told_so(self, site: Site, folder: Path) -> None:
        site.offer(to_code="ja")

        error = _refusal(site, folder)

        assert isinstance(error, SetupError)
        assert "no package for en -> ko" in str(error)

    def test_half_a_package_is_an_error_and_no_package(self, site: Site, folder: Path) -> None:
        site.offer()
        site.cut = 1000

        error = _refusal(site, folder)

        assert isinstance(error, NetworkError)
        assert "what has arrived is kept" in str(error)
        assert find_packages(folder) == ()

    def test_the_next_call_goes_on_from_where_the_connection_broke(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()
        site.cut = 1000
        _refusal(site, folder)
        site.cut = None

        package = _install(site, folder)

        assert site.asked[-1] == ("/1.1.argosmodel", "bytes=1000-")
        assert find_packages(folder) == (package,)

    def test_a_package_that_arrived_whole_is_not_fetched_again(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()
        folder.mkdir(parents=True)
        (folder / f"{TOP}.argosmodel.part").write_bytes(site.body)
        (folder / f"{TOP}.argosmodel.part.etag").write_text(site.tag)

        assert _install(site, folder).version == "1.1"

    @pytest.mark.parametrize("damage", [b"<html>not a package</html>", None])
    def test_a_damaged_package_is_thrown_away(
        self, site: Site, folder: Path, damage: bytes | None
    ) -> None:
        site.offer()
        at = site.body.index(bytes(range(256)))
        site.body = damage or site.body[:at] + b"\xff" + site.body[at + 1 :]

        error = _refusal(site, folder)

        assert isinstance(error, NetworkError)
        assert "damaged" in str(error)
        assert _everything_in(folder) == []

    @pytest.mark.parametrize("name", ["../outside", "/outside", "top/../../outside", "top\\x"])
    def test_a_name_that_leads_outside_is_refused(
        self, site: Site, folder: Path, name: str
    ) -> None:
        site.offer()
        site.body = _archive({name: b"evil"}, top="")

        error = _refusal(site, folder)

        assert isinstance(error, SetupError)
        assert "outside its folder" in str(error)
        assert _everything_in(folder.parent) == ["packages"]

    def test_a_link_is_refused(self, site: Site, folder: Path) -> None:
        site.offer()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            link = zipfile.ZipInfo(f"{TOP}/model")
            link.external_attr = 0o120777 << 16
            file.writestr(link, "/etc")
        site.body = buffer.getvalue()

        assert "outside its folder" in str(_refusal(site, folder))

    @pytest.mark.parametrize("kind", BAD_ARCHIVES)
    def test_a_bad_archive_leaves_nothing_and_the_next_try_works(
        self, site: Site, folder: Path, kind: str
    ) -> None:
        site.offer()
        good, site.body = site.body, BAD_ARCHIVES[kind]()

        error = _refusal(site, folder)

        assert isinstance(error, (SetupError, NetworkError)), error
        assert _everything_in(folder) == []
        assert _everything_in(folder.parent) == ["packages"]
        site.body = good
        assert _install(site, folder).version == "1.1"

    def test_a_rest_is_asked_for_only_with_proof_that_it_fits(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()
        site.cut, site.tag = 1000, 'W/"1"'
        _refusal(site, folder)
        site.cut = None

        assert _install(site, folder).version == "1.1"
        assert site.asked[-1] == ("/1.1.argosmodel", "")

    def test_a_package_that_changed_meanwhile_is_fetched_anew(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()
        site.cut = 1000
        _refusal(site, folder)
        site.cut, site.tag = None, '"2"'
        site.body = _archive(_package_files(version="1.2"))

        assert _install(site, folder).version == "1.2"

    def test_no_package_takes_the_place_of_another(self, site: Site, folder: Path) -> None:
        _lay_out(folder / "translate-en_ja-1_0", target="ja")
        site.offer()
        site.body = _archive(_package_files(), top="translate-en_ja-1_0")

        _install(site, folder)

        assert {package.target for package in find_packages(folder)} == {"ja", "ko"}

    def test_a_package_without_its_tokenizer_is_not_installed(
        self, site: Site, folder: Path
    ) -> None:
        site.offer()
        files = _package_files()
        del files["sentencepiece.model"]
        site.body = _archive(files)

        error = _refusal(site, folder)

        assert isinstance(error, SetupError)
        assert "sentencepiece.model" in str(error)
        assert _everything_in(folder) == []

    def test_a_package_for_another_pair_is_not_installed(self, site: Site, folder: Path) -> None:
        site.offer()
        site.body = _archive(_package_files(target="ja"))

        assert "en -> ja instead" in str(_refusal(site, folder))
        assert _everything_in(folder) == []

    def test_no_network_says_where_to_and_how_to_do_without(
        self, folder: Path, web: WebOptions
    ) -> None:
        site = Site(url=f"http://127.0.0.1:{_closed_port()}", web=web)

        error = _refusal(site, folder)

        assert isinstance(error, NetworkError)
        assert f"no connection to {site.url}" in str(error)
        assert "copy the unpacked package" in str(error)

    @pytest.mark.parametrize(("status", "kind"), [(404, SetupError), (503, NetworkError)])
    def test_an_index_that_is_not_there_is_told_apart_from_one_in_trouble(
        self, site: Site, folder: Path, status: int, kind: type[Exception]
    ) -> None:
        site.status = status

        error = _refusal(site, folder)

        assert isinstance(error, kind)
        assert f"status {status}" in str(error)

    @pytest.mark.parametrize("entries", [17, "page", [1, 2], {"a": 1}])
    def test_something_else_than_an_index_offers_nothing(
        self, site: Site, folder: Path, entries: object
    ) -> None:
        site.entries = entries

        assert isinstance(_refusal(site, folder), SetupError)

    @pytest.mark.parametrize(
        "entry",
        [
            {"links": None}, {"links": "http://x"}, {"links": 7}, {"links": [None, 7, {}]},
            {"links": ["http://[x/"]}, {"links": ["http://a..b/"]}, {"package_version": None},
            {"package_version": "1" * 5000}, {"package_version": []}, {"argos_version": {}},
            {"argos_version": "9" * 5000}, {"type": []}, {"from_code": []}, {"to_code": {}},
        ],
    )  # fmt: skip
    def test_a_malformed_entry_is_no_offer(
        self, site: Site, folder: Path, entry: dict[str, object]
    ) -> None:
        site.offer(**entry)  # type: ignore[arg-type]  # that is the point

        assert isinstance(_refusal(site, folder), SetupError)

    def test_a_malformed_entry_beside_a_good_one_does_no_harm(
        self, site: Site, folder: Path
    ) -> None:
        site.offer("9.9", links=7)
        site.offer()

        assert _install(site, folder).version == "1.1"

    @pytest.mark.parametrize("index", [b"[" * 100_000, b"\xff\xfe", b"", b"[{]", b"null"])
    def test_what_cannot_be_read_is_no_index(self, site: Site, folder: Path, index: bytes) -> None:
        site.index = index

        error = _refusal(site, folder)

        assert isinstance(error, SetupError)
        assert "ARGOS_PACKAGE_INDEX" in str(error)

    def test_an_index_inside_is_not_asked_unless_it_is_opened(
        self, site: Site, folder: Path
    ) -> None:
        site.web = PUBLIC

        assert "INTERLINEAR_OPEN_HOSTS" in str(_refusal(site, folder))
        assert site.asked == []

    @pytest.mark.parametrize(
        "url", ["no-address", "ftp://127.0.0.1/index.json", "http://127.0.0.1:port/"]
    )
    def test_an_address_that_is_none_names_its_variable(self, folder: Path, url: str) -> None:
        with pytest.raises(SetupError, match="ARGOS_PACKAGE_INDEX"):
            download_package("en", "ko", folder, _ignore, url)

    def test_a_place_that_cannot_be_written_is_a_storage_error(
        self, site: Site, tmp_path: Path
    ) -> None:
        site.offer()
        (tmp_path / "file").touch()

        error = _refusal(site, tmp_path / "file")

        assert isinstance(error, StorageError)
        assert "ARGOS_PACKAGES_DIR" in str(error)


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
