"""The only door to pydub: imported without its warnings, and told which ffmpeg to use."""

import warnings

from audio.decoding.ffmpeg import find_ffmpeg

with warnings.catch_warnings():
    # pydub warns when ffmpeg is not on PATH, and its source has escapes that Python warns about.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

__all__ = ["AudioSegment"]


class _FoundWhenAsked:
    """Looks for ffmpeg when pydub first needs it, so that importing starts no program."""

    def __get__(self, instance: object, owner: object = None) -> str:
        return find_ffmpeg()


AudioSegment.converter = _FoundWhenAsked()
