"""A download is whole or not at all."""

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.web.download import DownloadOptions, download
from podcast.errors import NetworkError, StorageError

Handler = type[Any]
Serve = Callable[[Handler], str]


def test_the_file_arrives_whole_under_its_own_name(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    path = download(serve(handler) + "/shows/Episode%201.mp3?id=7", folder, options=options)

    assert path.read_bytes() == handler.body
    assert path.name.startswith("Episode-1-")
    assert path.suffix == ".mp3"
    assert [p for p in folder.iterdir() if p.suffix != ".json"] == [path]


def test_recordings_of_the_same_name_do_not_replace_each_other(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    host = serve(handler)

    paths = {download(host + f"/{id_}/audio.mp3", folder, options=options) for id_ in (1, 2)}
    paths |= {download(host + f"/1/audio.mp3?id={id_}", folder, options=options) for id_ in (1, 2)}

    assert len(paths) == 4


def test_the_same_url_is_the_same_file(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    url = serve(handler) + "/a.mp3"

    assert download(url, folder, options=options) == download(url, folder, options=options)


@pytest.mark.parametrize("path", ["", "/", "/..", "/%2e%2e%2f%2e%2e%2fx", "/" + "n" * 300, "/한"])
def test_no_url_leaves_the_folder(
    serve: Serve, handler: Handler, folder: Path, path: str, options: DownloadOptions
) -> None:
    saved = download(serve(handler) + path, folder, options=options)

    assert saved.resolve().parent == folder.resolve()


def test_the_client_says_who_it_is(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    download(serve(handler) + "/a.mp3", folder, options=options)

    assert handler.requests[0]["User-Agent"].startswith("interlinear/")


def test_progress_is_reported_up_to_the_end(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    reports: list[tuple[int, int | None]] = []

    download(
        serve(handler) + "/a.mp3",
        folder,
        lambda done, total: reports.append((done, total)),
        options=options,
    )

    assert reports == sorted(reports)
    assert reports[-1] == (len(handler.body), len(handler.body))


def test_redirects_are_followed(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    def answer(request: Any) -> None:
        if request.path == "/a.mp3":
            request.send(302, b"", Location="/real.mp3")
        else:
            request.send(200, request.body)

    handler.answer = answer

    assert download(serve(handler) + "/a.mp3", folder, options=options).read_bytes() == handler.body


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "application/octet-stream", ""])
def test_sound_that_the_server_mislabels_is_accepted(
    serve: Serve, handler: Handler, folder: Path, media_type: str, options: DownloadOptions
) -> None:
    handler.headers_out = {"Content-Type": media_type}

    assert download(serve(handler) + "/a.mp3", folder, options=options).read_bytes() == handler.body


def test_a_full_disk_is_a_storage_error(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    url = serve(handler) + "/a.mp3"
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StorageError, match=rf"{folder}.*MB free.*Make room"):
            download(url, folder, options=options)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(folder.iterdir()) == []


def test_a_failed_download_leaves_the_older_file(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    url = serve(handler) + "/a.mp3"
    path = download(url, folder, options=options)
    handler.status = 500

    with pytest.raises(NetworkError):
        download(url, folder, options=options)

    assert path.read_bytes() == handler.body
    assert [p for p in folder.iterdir() if p.suffix != ".json"] == [path]


def test_an_interruption_leaves_nothing(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(serve(handler) + "/a.mp3", folder, interrupt, options=options)

    assert list(folder.iterdir()) == []
