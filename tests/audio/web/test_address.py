"""A wrong URL is told at once; the secrets of any URL never are."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.web.download import DownloadOptions, download
from podcast.errors import BadInputError, InterlinearError

SECRETS = ("alice", "s3cret", "t0ken")
Handler = type[Any]
Serve = Callable[[Handler], str]


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", "not a URL"),
        ("episode.mp3", "not a URL"),
        ("example.com/a.mp3", "not a URL"),
        ("C:\\podcasts\\a.mp3", "not a URL"),
        ("ftp://example.com/a.mp3", "Only http"),
        ("file:///etc/passwd", "Only http"),
        ("http://", "no valid host"),
        ("https:///a.mp3", "no valid host"),
        ("http://host:port/a.mp3", "no valid host"),
        ("http://[::1/a.mp3", "no valid host"),
        ("http://two words/a.mp3", "no valid host"),
        ("http://host/a\n.mp3", "no valid host"),
    ],
)
def test_a_wrong_url_is_bad_input(folder: Path, url: str, complaint: str) -> None:
    with pytest.raises(BadInputError, match=complaint):
        download(url, folder)

    assert not folder.exists()


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_no_secret_of_a_url_is_told(
    serve: Serve, handler: Handler, folder: Path, caplog: pytest.LogCaptureFixture,
    status: int, options: DownloadOptions,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    host = serve(handler).removeprefix("http://")
    handler.status = status
    handler.headers_out = {"Location": "http://alice:s3cret@127.0.0.1:1/?token=t0ken"}

    try:
        told = str(
            download(f"http://alice:s3cret@{host}/a.mp3?token=t0ken#t0ken", folder, options=options)
        )
    except InterlinearError as error:
        told = str(error)

    assert "Authorization" in handler.requests[0]
    assert not [secret for secret in SECRETS if secret in told + caplog.text]
    assert f"{host}/a.mp3" in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "ftp://alice:s3cret@host/a.mp3?t0ken",
        "alice:s3cret@host/a.mp3?t0ken",
        "http://alice:s3cret@host:port/a.mp3?t0ken",
        "http://alice:s3c#s3cret@/a.mp3",
        "http://alice:s3cret/x@host:x/a.mp3?t0ken",
        "http://alice:s3cret@ho st/?t0ken",
        "//alice:s3cret@host/a.mp3?t0ken",
    ],
)
def test_no_secret_of_a_wrong_url_is_told(folder: Path, url: str) -> None:
    with pytest.raises(BadInputError) as caught:
        download(url, folder)

    assert not [secret for secret in SECRETS if secret in str(caught.value)]
