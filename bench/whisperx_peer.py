"""The same job with whisperX 3.8 and argostranslate's own API.

A script for `bench.whole`, run by the Python of an environment that holds whisperX and nothing of
ours. whisperX aligns words with a wav2vec2 model that it downloads: without it this script leaves
the alignment out, which makes whisperX faster than it is and gives words no times. Its voice
activity detector is the one that it brings.
"""

import argparse
import json
import os
import re
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Print, as JSON, the CPU and wall seconds of the work, the loading of models left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("audio", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--chunk-length", type=int, default=30)
    parser.add_argument("--threads", type=int, default=4)
    asked = parser.parse_args()
    import whisperx
    from whisperx.diarize import DiarizationPipeline

    whisper = whisperx.load_model(
        str(asked.models / "whisper"),
        "cpu",
        compute_type="int8",
        language="en",
        threads=asked.threads,
        vad_options={"chunk_size": asked.chunk_length},
    )
    diarizer = DiarizationPipeline(asked.models / "diarization")
    translations = _translations(asked.models / "argos")
    cpu, wall = _cpu(), time.perf_counter()
    samples = whisperx.load_audio(str(asked.audio))
    heard = whisper.transcribe(samples, batch_size=8, chunk_size=asked.chunk_length)
    heard = whisperx.assign_word_speakers(diarizer(samples), heard)
    rows = [row for segment in heard["segments"] for row in _sentences(segment["text"])]
    said = [[translation.translate(row) for row in rows] for translation in translations]
    taken = {"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps(taken | {"rows": len(rows), "languages": len(said)}))


def _cpu() -> float:
    """Return the CPU seconds of this process and of the ffmpeg that has decoded for it."""
    return sum(os.times()[:4])


def _translations(folder: Path) -> list[Any]:
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    translations = []
    for path in sorted(folder.iterdir()):
        package = Package(path)
        languages = (Language(package.from_code, ""), Language(package.to_code, ""))
        translations.append(PackageTranslation(*languages, package))
        translations[-1].sentencizer = _OneSentence()
    return translations


class _OneSentence:
    """Takes a row as one sentence; the library's own splitter is a download."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]


if __name__ == "__main__":
    main()
