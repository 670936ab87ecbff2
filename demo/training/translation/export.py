"""Write a trained network as the folder of an Argos package."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray
from torch import Tensor, nn

from demo.training.translation.model import TranslationNet
from demo.training.translation.vocabulary import Vocabulary

NAMES = {"ko": "Korean", "zh": "Chinese", "ja": "Japanese"}

_README = """# {name} demo package

A small English to {name} model of the Interlinear demo, trained by
`python -m demo.training.translation {language}` on sentences generated from about 400 words.
It knows nothing else: use a package of the Argos index for real episodes.
"""


def package_folder(models: Path, language: str) -> Path:
    """Return where the package into ``language`` lies below a folder of packages."""
    return models / f"translate-en_{language}-1_0"


def write_package(net: TranslationNet, vocabulary: Vocabulary, language: str, models: Path) -> Path:
    """Write metadata, tokenizer and int8 weights, replacing an earlier package."""
    folder = package_folder(models, language)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    vocabulary.save(folder / "sentencepiece.model")
    build_spec(net, vocabulary).save(str(folder / "model"))
    metadata = json.dumps(_metadata(language), indent=2)
    (folder / "metadata.json").write_text(metadata + "\n", encoding="utf-8")
    readme = _README.format(name=NAMES[language], language=language)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return folder


def build_spec(net: TranslationNet, vocabulary: Vocabulary) -> Any:
    """Lay the weights out as CTranslate2 reads them, in 8-bit integers."""
    shape = net.shape
    spec = transformer_spec.TransformerSpec.from_config(
        num_layers=(shape.encoder_layers, shape.decoder_layers),
        num_heads=shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    pieces = list(vocabulary.pieces)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    _copy_encoder(spec.encoder, net)
    _copy_decoder(spec.decoder, net)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _metadata(language: str) -> dict[str, str]:
    return {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": "en",
        "from_name": "English",
        "to_code": language,
        "to_name": NAMES[language],
    }


def _copy_encoder(spec: Any, net: TranslationNet) -> None:
    spec.embeddings[0].weight = _embedding(net)
    spec.scale_embeddings = True
    spec.position_encodings.encodings = _array(net.get_buffer("positions"))
    _copy_norm(spec.layer_norm, net.encoder.norm)
    for into, layer in zip(spec.layer, net.encoder.layers, strict=True):
        _copy_self_attention(into.self_attention, layer.norm1, layer.self_attn)
        _copy_feed_forward(into.ffn, layer.norm2, layer)


def _copy_decoder(spec: Any, net: TranslationNet) -> None:
    spec.embeddings.weight = spec.projection.weight = _embedding(net)
    spec.projection.bias = _array(net.output_bias)
    spec.scale_embeddings = True
    spec.position_encodings.encodings = _array(net.get_buffer("positions"))
    _copy_norm(spec.layer_norm, net.decoder.norm)
    for into, layer in zip(spec.layer, net.decoder.layers, strict=True):
        _copy_self_attention(into.self_attention, layer.norm1, layer.self_attn)
        _copy_cross_attention(into.attention, layer.norm2, layer.multihead_attn)
        _copy_feed_forward(into.ffn, layer.norm3, layer)


def _copy_self_attention(spec: Any, norm: Any, attention: Any) -> None:
    _copy_norm(spec.layer_norm, norm)
    spec.linear[0].weight = _array(attention.in_proj_weight)
    spec.linear[0].bias = _array(attention.in_proj_bias)
    _copy_linear(spec.linear[1], attention.out_proj)


def _copy_cross_attention(spec: Any, norm: Any, attention: Any) -> None:
    _copy_norm(spec.layer_norm, norm)
    width = attention.embed_dim
    weight, bias = _array(attention.in_proj_weight), _array(attention.in_proj_bias)
    # Queries come from the target; keys and values, kept together, from the source.
    spec.linear[0].weight, spec.linear[0].bias = weight[:width], bias[:width]
    spec.linear[1].weight, spec.linear[1].bias = weight[width:], bias[width:]
    _copy_linear(spec.linear[2], attention.out_proj)


def _copy_feed_forward(spec: Any, norm: Any, layer: Any) -> None:
    _copy_norm(spec.layer_norm, norm)
    _copy_linear(spec.linear_0, layer.linear1)
    _copy_linear(spec.linear_1, layer.linear2)


def _copy_linear(spec: Any, linear: nn.Linear) -> None:
    spec.weight, spec.bias = _array(linear.weight), _array(linear.bias)


def _copy_norm(spec: Any, norm: Any) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _embedding(net: TranslationNet) -> NDArray[np.float32]:
    return _array(net.embedding.weight)[: net.padding]


def _array(tensor: Tensor) -> NDArray[np.float32]:
    """Return a copy, as float32: the specification keeps references."""
    return np.array(tensor.detach().numpy(), dtype=np.float32)
