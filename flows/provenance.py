"""What a record says of how it was made."""

from dataclasses import asdict
from importlib.metadata import version

from flows.model_set import identity
from flows.order import Order
from outputs.record import Heard
from outputs.recorded import Option, Provenance

DISTRIBUTIONS = ("argostranslate", "ctranslate2", "faster-whisper", "interlinear", "pyannote-audio")


def provenance_of(order: Order, heard: Heard) -> Provenance:
    """Name models, options and versions."""
    return Provenance(
        models={
            "diarize": identity(order.models.diarization),
            "transcribe": identity(order.models.whisper),
            "translate": identity(order.models.packages),
            **order.ways,
        },
        options=_options(order, heard),
        versions={name: version(name) for name in DISTRIBUTIONS},
    )


def _options(order: Order, heard: Heard) -> dict[str, dict[str, Option]]:
    hotwords = ", ".join(order.listening.hotwords)
    text = {"text": heard.text} if heard.text else {}
    return {
        "diarize": asdict(order.counts),
        "transcribe": {**asdict(order.listening), "hotwords": hotwords, **text},
        "translate": order.wording.described(),
    }
