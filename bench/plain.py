"""The same job as one would write it down: faster-whisper, pyannote and argostranslate in a row.

A script for `bench.whole` that uses nothing of this project's. It decodes with faster-whisper's own
PyAV: pydub would need a program of its own, ffprobe, beside ffmpeg.
"""

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SAMPLE_RATE = 16_000


def main() -> None:
    """Print, as JSON, the CPU and wall seconds of the work, the loading of models left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("audio", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--chunk-length", type=int)
    parser.add_argument("--batch", type=int, help="of pyannote; else what the folder says")
    asked = parser.parse_args()
    whisper, pipeline, translations = _load(asked.models)
    if asked.batch:
        pipeline.embedding_batch_size = pipeline.segmentation_batch_size = asked.batch
    cpu, wall = time.process_time(), time.perf_counter()
    words = _listen(asked.audio, whisper, pipeline, asked.chunk_length)
    rows = [" ".join(line) for line in lines_of(words)]
    said = [[translation.translate(row) for row in rows] for translation in translations]
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps(taken | {"rows": len(rows), "languages": len(said)}))


def _load(models: Path) -> tuple[Any, Any, list[Any]]:
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation
    from faster_whisper import BatchedInferencePipeline, WhisperModel
    from pyannote.audio import Pipeline

    whisper = WhisperModel(str(models / "whisper"), compute_type="int8")
    pipeline = Pipeline.from_pretrained(models / "diarization")
    translations = []
    for folder in sorted((models / "argos").iterdir()):
        package = Package(folder)
        languages = (Language(package.from_code, ""), Language(package.to_code, ""))
        translations.append(PackageTranslation(*languages, package))
        translations[-1].sentencizer = _OneSentence()
    return BatchedInferencePipeline(whisper), pipeline, translations


class _OneSentence:
    """Takes a row as one sentence; the library's own splitter is a download."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def _listen(
    audio: Path, whisper: Any, pipeline: Any, chunk_length: int | None
) -> list[tuple[str, str]]:
    """Return each word and its speaker."""
    import torch
    from faster_whisper import decode_audio

    samples = decode_audio(str(audio), SAMPLE_RATE)
    heard = pipeline({"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE})
    segments, _ = whisper.transcribe(
        samples, language="en", word_timestamps=True, chunk_length=chunk_length
    )
    turns = list(heard.exclusive_speaker_diarization.itertracks(yield_label=True))
    return [
        (word.word.strip(), speaker_of(word, turns))
        for segment in segments
        for word in segment.words
    ]


def speaker_of(word: Any, turns: Iterable[Any]) -> str:
    """Return who speaks for most of a word."""
    shares = [
        (min(word.end, turn.end) - max(word.start, turn.start), label) for turn, _, label in turns
    ]
    return max(shares, default=(0.0, ""))[1]


def lines_of(words: Iterable[tuple[str, str]]) -> list[list[str]]:
    """End a line with a sentence or a speaker."""
    lines: list[list[str]] = []
    ended, before = True, ""
    for word, speaker in words:
        if ended or speaker != before:
            lines.append([])
        lines[-1].append(word)
        ended, before = word.endswith((".", "?", "!")), speaker
    return lines


if __name__ == "__main__":
    main()
