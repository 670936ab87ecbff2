"""Build a Whisper of the real size `small` with random weights, and hear windows with it.

What it costs is what the real one costs; what it says means nothing. It never ends a window by
itself, so that the number of tokens is the one that is asked for.
"""

from itertools import product
from pathlib import Path

import ctranslate2
import numpy as np
import torch
from ctranslate2.converters.transformers import WhisperLoader
from transformers import WhisperConfig, WhisperForConditionalGeneration

END, START, ENGLISH, TRANSCRIBE, NO_TIMES = 50257, 50258, 50259, 50359, 50363
NAMES = {
    END: "<|endoftext|>",
    START: "<|startoftranscript|>",
    ENGLISH: "<|en|>",
    TRANSCRIBE: "<|transcribe|>",
    NO_TIMES: "<|notimestamps|>",
}
"""Tokens of the multilingual Whisper models that CTranslate2 knows by name."""

MEL_BINS, FRAMES, LAYERS, HEADS, WIDTH, TOKENS = 80, 3000, 12, 12, 768, 51865


def build_whisper(folder: Path) -> Path:
    """Write the model, unless it is there."""
    if not (folder / "model.bin").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(0)
        spec = WhisperLoader().get_model_spec(WhisperForConditionalGeneration(_config()))
        spec.register_vocabulary([NAMES.get(n, f"<{n}>") for n in range(TOKENS)])
        spec.config.suppress_ids = [END]
        spec.config.suppress_ids_begin = [END]
        spec.config.lang_ids = [ENGLISH]
        spec.config.alignment_heads = list(product(range(LAYERS // 2, LAYERS), range(HEADS)))
        spec.validate()
        spec.optimize(quantization="int8")
        spec.save(str(folder))
    return folder


def load_whisper(folder: Path) -> ctranslate2.models.Whisper:
    """Load it as the product does on a CPU."""
    return ctranslate2.models.Whisper(
        str(folder), device="cpu", compute_type="int8", intra_threads=1, inter_threads=1
    )


def hear(model: ctranslate2.models.Whisper, n_windows: int, n_tokens: int, beam_size: int) -> None:
    """Hear windows of 30 seconds in one batch, each with so many tokens, and time their words."""
    noise = np.random.default_rng(0).normal(size=(n_windows, MEL_BINS, FRAMES))
    encoded = model.encode(ctranslate2.StorageView.from_array(noise.astype(np.float32)))
    prompt = [START, ENGLISH, TRANSCRIBE, NO_TIMES]
    heard = model.generate(
        encoded,
        [prompt] * n_windows,
        beam_size=beam_size,
        max_length=2 * n_tokens,  # CTranslate2 keeps half of it for a prompt
        suppress_tokens=[END],
    )
    tokens = [result.sequences_ids[0] for result in heard]
    if any(len(said) != n_tokens for said in tokens):
        raise ValueError("A window has ended early.")
    model.align(encoded, prompt[:3], tokens, [FRAMES // 2] * n_windows)


def _config() -> WhisperConfig:
    return WhisperConfig(
        vocab_size=TOKENS,
        num_mel_bins=MEL_BINS,
        d_model=WIDTH,
        encoder_layers=LAYERS,
        encoder_attention_heads=HEADS,
        encoder_ffn_dim=4 * WIDTH,
        decoder_layers=LAYERS,
        decoder_attention_heads=HEADS,
        decoder_ffn_dim=4 * WIDTH,
    )
