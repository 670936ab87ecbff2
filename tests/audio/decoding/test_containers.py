"""Whatever a file is called and says, nothing but that file is read."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.decoding.containers import CONTAINERS, clock_zero, has_clock
from audio.decoding.decode import decode
from audio.decoding.ffmpeg import INPUT, find_ffmpeg, run_ffmpeg
from podcast.errors import BadInputError

MakeSound = Callable[..., Path]
OPENERS = {
    "alias_pix", "avisynth", "bluray", "brender_pix", "concat", "dash", "dvdvideo", "hls", "image2",
    "image2pipe", "imf", "libcdio", "mlv", "mpjpeg", "rtp", "rtsp", "sap", "sdp", "vapoursynth",
    "vobsub", "webm_dash_manifest",
}  # fmt: skip
"""ffmpeg's demuxers that open what a file names, its siblings, or addresses."""

HOSTILE = {
    "HLS": "#EXTM3U\n#\x01\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{0}.ts\n#EXT-X-ENDLIST\n",
    "HLS without an end": "#EXTM3U\n#\x01\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{0}.ts\n",
    "HLS in capitals and spaces": "\n #extm3u\x02\n#EXTINF:5,\n{0}.mp3\n",
    "concat": "ffconcat version 1.0\n#\x01\nfile {0}.mp3\n",
    "concat with an option": "ffconcat version 1.0\nfile 'subfile,,start,0,end,0,,:{0}.mp3'\n\x01",
    "DASH": '<?xml version="1.0"?>\x01<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" '
    'profiles="urn:mpeg:dash:profile:isoff-main:2011" type="static"><Period><AdaptationSet>'
    '<Representation id="1"><BaseURL>file:{0}.mp4</BaseURL></Representation>'
    "</AdaptationSet></Period></MPD>",
    "IMF": '<?xml version="1.0"?>\x01<CompositionPlaylist>{0}.mxf</CompositionPlaylist>',
    "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=\x01\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    "VobSub": "# VobSub index file, v7\n\x01id: en, index: 0\n{0}.sub",
    "PLS": "[playlist]\n\x01File1={0}.mp3\nNumberOfEntries=1\n",
    "cue sheet": 'FILE "{0}.mp3" MP3\n\x01  TRACK 01 AUDIO\n',
    "ASX": '<asx version="3.0">\x01<entry><ref href="file://{0}.mp3"/></entry></asx>',
    "SMIL": '<smil>\x01<body><audio src="{0}.mp3"/></body></smil>',
    "AviSynth": 'DirectShowSource("{0}.mp3")\x01',
    "lavfi": "amovie={0}.mp3\x01",
    "a link": "[InternetShortcut]\n\x01URL=file://{0}.mp3\n",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_names_another_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.m3u8").write_text(content.format(tmp_path / "secret"), encoding="utf-8")

    with pytest.raises(BadInputError, match=r"^a\.m3u8 (is not a sound file|cannot be decoded)"):
        decode(tmp_path / "a.m3u8", tmp_path / "out.wav")

    assert not (tmp_path / "out.wav").exists()


def test_no_demuxer_that_opens_other_files_is_allowed() -> None:
    assert OPENERS.isdisjoint(CONTAINERS)


def test_no_device_of_the_program_is_allowed() -> None:
    listed = subprocess.check_output([find_ffmpeg(), "-hide_banner", "-devices"], text=True)

    devices = {name for line in listed.splitlines()[4:] for name in line.split()[1].split(",")}
    assert devices
    assert devices.isdisjoint(CONTAINERS)


@pytest.mark.slow
def test_every_opener_that_the_program_has_is_refused_even_if_it_is_asked_for(
    make_sound: MakeSound,
) -> None:
    listed = subprocess.check_output([find_ffmpeg(), "-hide_banner", "-demuxers"], text=True)
    present = OPENERS & {line.split()[1] for line in listed.splitlines() if len(line.split()) > 1}
    assert {"concat", "hls", "image2", "sdp"} <= present

    for demuxer in sorted(present):
        with make_sound("a.mp3").open("rb") as source:
            arguments = ("-loglevel", "level+info", "-f", demuxer, *INPUT)
            run = run_ffmpeg(arguments, lambda output: output.read(), source)

        assert run.returncode != 0
        assert "not on whitelist" in run.findings.reason, demuxer


def test_even_an_allowed_demuxer_could_open_nothing(make_sound: MakeSound, tmp_path: Path) -> None:
    sound = make_sound("a.mp3")
    (tmp_path / "list").write_text(f"ffconcat version 1.0\nfile {sound}\n", encoding="utf-8")
    unlocked = list(INPUT)
    unlocked[unlocked.index("-format_whitelist") + 1] = "concat"

    with (tmp_path / "list").open("rb") as source:
        arguments = ("-loglevel", "level+info", "-f", "concat", "-safe", "0", *unlocked)
        run = run_ffmpeg(arguments, lambda output: output.read(), source)

    assert run.findings.tracks == ()
    assert run.findings.n_errors


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ((), "a.w64"), (("-rf64", "always"), "a.wav"), ((), "a.caf"), ((), "a.au"), ((), "a.avi"),
        ((), "a.flv"), ((), "a.tta"), ((), "a.wv"), ((), "a.ts"), ((), "a.mpg"), ((), "a.mov"),
        ((), "a.mka"), ((), "a.nut"), ((), "a.voc"), ((), "a.eac3"), ((), "a.mp2"), ((), "a.oga"),
        (("-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb"), "a.amr"), ((), "a.rm"),
        (("-c:a", "adpcm_ima_wav"), "a.wav"), ((), "a.asf"), ((), "a.aif"), ((), "a.sox"),
        (("-c:a", "dca", "-strict", "-2"), "a.dts"), (("-c:a", "aac"), "a.3gp"),
    ],
)  # fmt: skip
def test_every_kind_of_sound_is_still_read(
    make_sound: MakeSound, tmp_path: Path, options: tuple[str, ...], name: str
) -> None:
    try:
        sound = make_sound(name, *(options or ("-ac", "2", "-ar", "48000")))
    except subprocess.CalledProcessError:
        pytest.skip(f"this ffmpeg cannot write {name}")

    assert decode(sound, tmp_path / "out.wav").duration == pytest.approx(3, abs=0.15)


def test_frames_without_a_container_have_no_clock() -> None:
    assert not has_clock("mp3")
    assert has_clock("mov,mp4,m4a,3gp,3g2,mj2")


@pytest.mark.parametrize(
    ("container", "start", "zero"),
    [
        ("matroska,webm", 4.0, 0.0),
        ("mpegts", 1.4, 1.4),
        ("ogg", 4.0, 0.0),
        ("ogg", 7200.0, 7200.0),
        ("matroska,webm", 7200.0, 0.0),
    ],
)
def test_a_broadcasts_clock_begins_where_it_was_joined(
    container: str, start: float, zero: float
) -> None:
    assert clock_zero(container, start, 600.0) == zero
