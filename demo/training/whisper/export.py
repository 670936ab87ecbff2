"""Write the trained network as the folder that faster-whisper loads: quantised to int8."""

import json
import shutil
from pathlib import Path
from typing import Any

from ctranslate2.converters import TransformersConverter
from tokenizers import Tokenizer
from transformers import GenerationConfig, WhisperConfig, WhisperForConditionalGeneration

from demo.training import tokens
from demo.training.whisper import network
from demo.training.whisper.losses import ALIGNED_HEADS, ALIGNED_LAYER

# The longest window that the network tells apart is 8 s; it is surest on somewhat less.
_CHUNK_LENGTH = 5
_SAMPLE_RATE = 16000
_FRAME_RATE = 100


def export(trained: network.Network, tokenizer: Tokenizer, work: Path, output: Path) -> None:
    """Write the model folder.

    Args:
        trained: The trained network; its heads for phones and words stay behind.
        tokenizer: The tokenizer it was trained with.
        work: Folder for the intermediate files.
        output: The folder to write; what it holds is replaced.
    """
    work.mkdir(parents=True, exist_ok=True)
    model = as_transformers(trained, tokenizer)
    model.save_pretrained(work)
    tokenizer.save(str(work / "tokenizer.json"))
    _write(work / "tokenizer_config.json", _tokenizer_config())
    _write(work / "preprocessor_config.json", _preprocessor_config())
    shutil.rmtree(output, ignore_errors=True)
    copied = ["tokenizer.json", "preprocessor_config.json"]
    TransformersConverter(str(work), copy_files=copied).convert(str(output), quantization="int8")


def as_transformers(trained: network.Network, tokenizer: Tokenizer) -> Any:
    """Return the network as a ``WhisperForConditionalGeneration``, which hears 30 s windows."""
    names = _special_tokens(tokenizer)
    model: Any = WhisperForConditionalGeneration(WhisperConfig(**_sizes(trained.sizes), **names))
    model.model.load_state_dict(trained.model.state_dict())
    model.proj_out.weight = model.model.decoder.embed_tokens.weight
    generation: Any = GenerationConfig(**names)
    generation.suppress_tokens = []
    # Nothing may be said about silence, so only a lone space is forbidden as the first token.
    generation.begin_suppress_tokens = list(tokenizer.encode(" ").ids)
    generation.alignment_heads = [[ALIGNED_LAYER, head] for head in ALIGNED_HEADS]
    generation.no_timestamps_token_id = tokens.token_id(tokenizer, tokens.NO_TIMESTAMPS)
    generation.is_multilingual = False
    generation.max_length = network.N_TEXT_POSITIONS
    model.generation_config = generation
    return model.eval()


def _special_tokens(tokenizer: Tokenizer) -> dict[str, Any]:
    end = tokens.token_id(tokenizer, tokens.END_OF_TEXT)
    start = tokens.token_id(tokenizer, tokens.START_OF_TRANSCRIPT)
    return {
        "pad_token_id": end,
        "bos_token_id": end,
        "eos_token_id": end,
        "decoder_start_token_id": start,
    }


def _sizes(sizes: network.Architecture) -> dict[str, Any]:
    return {
        "vocab_size": sizes.n_tokens,
        "num_mel_bins": sizes.n_mels,
        "d_model": sizes.width,
        "encoder_layers": sizes.encoder_layers,
        "encoder_attention_heads": sizes.encoder_heads,
        "encoder_ffn_dim": network.WIDENING * sizes.width,
        "decoder_layers": sizes.decoder_layers,
        "decoder_attention_heads": sizes.decoder_heads,
        "decoder_ffn_dim": network.WIDENING * sizes.width,
        "max_source_positions": network.N_POSITIONS,
        "max_target_positions": network.N_TEXT_POSITIONS,
    }


def _tokenizer_config() -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": tokens.END_OF_TEXT,
        "bos_token": tokens.START_OF_TRANSCRIPT,
        "unk_token": tokens.END_OF_TEXT,
        "model_max_length": network.N_TEXT_POSITIONS,
        "clean_up_tokenization_spaces": False,
    }


def _preprocessor_config() -> dict[str, Any]:
    return {
        "feature_extractor_type": "WhisperFeatureExtractor",
        "feature_size": 80,
        "sampling_rate": _SAMPLE_RATE,
        "hop_length": _SAMPLE_RATE // _FRAME_RATE,
        "n_fft": 400,
        "chunk_length": _CHUNK_LENGTH,
        "n_samples": _CHUNK_LENGTH * _SAMPLE_RATE,
        "nb_max_frames": _CHUNK_LENGTH * _FRAME_RATE,
        "padding_side": "right",
        "padding_value": 0.0,
        "return_attention_mask": False,
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
