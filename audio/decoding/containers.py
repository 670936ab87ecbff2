"""Which kinds of file are opened: containers of sound, and none that lead to other files."""

CONTAINERS = (
    # ffmpeg's names of its demuxers. No playlists, manifests, scripts, devices or picture series:
    # concat, dash, hls, image2, imf, mlv, sdp, vobsub and their like open what they name.
    "aa", "aac", "ac3", "act", "aea", "aiff", "amr", "amrnb", "amrwb", "ape", "apc", "aptx",
    "asf", "ast", "au", "avi", "avr", "bonk", "caf", "codec2", "daud", "dsf", "dss", "dts", "dtshd",
    "dv", "eac3", "epaf", "flac", "flv", "g722", "g723_1", "g729", "gsm", "gxf", "hca", "hcom",
    "iff", "ilbc", "ircam", "ivr", "kux", "laf", "lc3", "live_flv", "loas", "matroska", "mlp",
    "mmf", "mov", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "mxf", "nistsphere", "nsp", "nsv", "nut",
    "nuv", "ogg", "oma", "osq", "paf", "pva", "pvf", "qcp", "qoa", "rka", "rm", "rso", "sbc", "sds",
    "sdx", "shn", "sln", "sol", "sox", "spdif", "swf", "tak", "truehd", "tta", "ty", "voc", "vqf",
    "w64", "wav", "wavarc", "webm", "wsd", "wtv", "wv", "wve", "xa", "xwma",
)  # fmt: skip

_CLOCKED = frozenset(
    {
        "asf",
        "flv",
        "gxf",
        "matroska",
        "mov",
        "mpeg",
        "mpegts",
        "mxf",
        "nsv",
        "nut",
        "ogg",
        "rm",
        "wtv",
    }
)
_RUNNING = frozenset({"mpeg", "mpegts"})
_PERHAPS_RUNNING = frozenset({"flv", "ogg"})


def has_clock(container: str) -> bool:
    """Say whether a container gives its packets times.

    In all others frames lie bare one after the other. ffmpeg guesses when they are, and wrongly
    where two recordings were joined: the sum of the frames is what counts.
    """
    return not _CLOCKED.isdisjoint(container.split(","))


def clock_zero(container: str, start: float, limit: float) -> float:
    """Return what a container's clock shows where the recording begins.

    Args:
        container: ffmpeg's name of it.
        start: Where the first of its tracks begins, in seconds of that clock.
        limit: A later start than this is no silence, but a broadcast that was joined midway.
    """
    is_running = container in _RUNNING or (container in _PERHAPS_RUNNING and start > limit)
    return start if is_running else 0.0
