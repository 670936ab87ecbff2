"""What ffmpeg says is understood, in the words of its older versions too."""

import pytest

from audio.decoding.ffmpeg_log import Findings, LogReader
from audio.decoding.tracks import Track

NEW = """\
[info] Input #0, mp3, from 'fd:':
[info]   Metadata:
[info]     title           : Duration: 09:00:00.00
[info]                     :   Stream #0:7: Video: a second line of the title
[info]   Duration: 00:30:10.50, start: 0.025057, bitrate: 64 kb/s
[info]   Stream #0:0: Audio: mp3 (mp3float), 44100 Hz, stereo, fltp, 64 kb/s, start 0.025057
[info]   Stream #0:1: Video: png, rgb24, 64x64, 90k tbr, 90k tbn (attached pic)
[info] Stream mapping:
[info] Output #0, s16le, to 'pipe:1':
[info]   Stream #0:0: Video: nothing of the input
"""
OLD = """\
[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'fd:':
[info]   Duration: 00:00:20.00, start: 0.000000, bitrate: 70 kb/s
[info]     Stream #0:0(und): Video: mpeg4 (mp4v / 0x7634706D), yuv420p, 64x64 (default)
[info]     Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz (default)
"""


def test_a_listing_is_read() -> None:
    findings = read(NEW)

    track = Track(index=0, language="", layout="stereo", start=0.025057, roles=frozenset())
    assert findings == Findings(
        format="mp3",
        start=0.025057,
        duration=1810.5,
        tracks=(track,),
        has_video=False,
        is_cut=False,
        is_stopped=False,
        reason="",
        n_errors=0,
    )


def test_the_listing_of_an_older_version_is_read() -> None:
    findings = read(OLD)

    assert (findings.duration, len(findings.tracks), findings.has_video) == (20.0, 1, True)


def test_the_language_the_channels_and_the_roles_of_a_track_are_read() -> None:
    (track,) = read(
        "[info]   Stream #0:2[0x3](eng): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, "
        "5.1(side), fltp, 384 kb/s, start 4.500000 (default) (visual impaired)\n"
    ).tracks

    assert (track.index, track.language, track.layout, track.start) == (2, "eng", "5.1(side)", 4.5)
    assert track.roles == {"default", "visual impaired"}


def test_tracks_are_in_the_order_of_the_file_however_they_are_listed() -> None:
    tracks = read(
        "[info]   Stream #0:2: Audio: mp2, 44100 Hz, mono\n"
        "[info]   Stream #0:1: Audio: mp2, 44100 Hz, mono\n"
    ).tracks

    assert [track.index for track in tracks] == [1, 2]


def test_a_request_to_stop_is_noticed() -> None:
    assert read("[info] Exiting normally, received signal 15.").is_stopped


def test_an_unknown_duration_is_none() -> None:
    assert read("[info]   Duration: N/A, bitrate: N/A").duration is None


def test_an_estimated_duration_is_none() -> None:
    estimate = "[mp3 @ 0x1] [warning] Estimating duration from bitrate, this may be inaccurate\n"

    assert read(estimate + NEW).duration is None


def test_the_reason_is_the_last_error_that_explains_something() -> None:
    findings = read(
        "[aac @ 0x1] [error] Reserved bit set.\n"
        "[aist#0:0/aac @ 0x1] [dec:aac @ 0x2] [fatal] Decode error rate 1 exceeds maximum 0.6\n"
        "[aist#0:0/aac @ 0x1] [dec:aac @ 0x2] [error] Task finished with error code: -11\n"
        "[out#0/s16le @ 0x3] [warning] Output file is empty\n"
    )

    assert (findings.reason, findings.n_errors) == ("Decode error rate 1 exceeds maximum 0.6", 3)


def test_the_reason_does_not_repeat_the_path() -> None:
    missing_index = "[mov @ 0x1] [error] moov atom not found\n"
    in_general = "[error] fd:: Invalid data found when processing input\n"

    assert read(in_general).reason == "Invalid data found when processing input"
    assert read(missing_index + in_general).reason == "moov atom not found"


@pytest.mark.parametrize(
    ("container", "is_cut"), [("aac", True), ("mpegts", False), ("wav", False)]
)
def test_a_broken_packet_means_that_raw_aac_is_cut_but_nothing_elsewhere(
    container: str, *, is_cut: bool
) -> None:
    corrupt = "[in#0 @ 0x1] [warning] Packet corrupt (stream = 0, dts = 519168).\n"

    assert read(f"[info] Input #0, {container}, from 'fd:':\n" + corrupt).is_cut is is_cut


def read(log: str) -> Findings:
    reader = LogReader()
    for line in log.splitlines():
        reader.feed(line)
    return reader.findings()
