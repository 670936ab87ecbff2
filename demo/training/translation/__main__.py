"""Train the demo's translation packages: ``python -m demo.training.translation [ko zh ja]``."""

import logging
from collections.abc import Sequence
from pathlib import Path

import click
import torch

from demo.training import grammar
from demo.training.translation import evaluate, examples
from demo.training.translation.batches import BatchOptions, draw_batches
from demo.training.translation.export import write_package
from demo.training.translation.kin import find_kin
from demo.training.translation.model import TranslationNet
from demo.training.translation.train import TrainingOptions, train
from demo.training.translation.vocabulary import Vocabulary, build_vocabulary

logger = logging.getLogger("demo.training.translation")

_MODELS = Path(__file__).parents[2] / "models" / "argos"
_WORK = Path(".build/training")
_N_SENTENCES = 80_000
_N_HELD_OUT = 1_000
_N_SHOWN = 20


@click.command()
@click.argument("languages", nargs=-1, type=click.Choice(examples.LANGUAGES))
@click.option("--work", type=click.Path(path_type=Path), default=_WORK, help="Kept weights.")
@click.option("--models", type=click.Path(path_type=Path), default=_MODELS, help="Packages.")
@click.option("--steps", default=TrainingOptions().steps, show_default=True)
@click.option("--export-only", is_flag=True, help="Take the weights that an earlier run kept.")
def main(
    languages: tuple[str, ...], work: Path, models: Path, steps: int, *, export_only: bool
) -> None:
    """Train, export and judge the packages from English into LANGUAGES, all three by default."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    work.mkdir(parents=True, exist_ok=True)
    held_out = examples.held_out(_N_HELD_OUT)
    drawn = examples.training_sentences(_N_SENTENCES, held_out)
    sentences = [*examples.balance(drawn), *examples.phrases()]
    logger.info("%d training sentences, %d held out", len(sentences), len(held_out))
    for language in languages or examples.LANGUAGES:
        weights = work / f"translation-{language}.pt"
        vocabulary = build_vocabulary(sentences, language)
        if not export_only:
            net = _train(language, sentences, vocabulary, TrainingOptions(steps=steps))
            torch.save(net.state_dict(), weights)
        folder = write_package(_load(weights, vocabulary), vocabulary, language, models)
        _report(folder, "episode", examples.episode_pairs(language))
        _report(folder, "held out", examples.pairs_into(language, held_out))


def _train(
    language: str,
    sentences: Sequence[grammar.Sentence],
    vocabulary: Vocabulary,
    options: TrainingOptions,
) -> TranslationNet:
    logger.info("%s: %d pieces", language, len(vocabulary.pieces))
    pairs, kin = examples.pairs_into(language, sentences), find_kin(vocabulary, language)
    batches = draw_batches(pairs, vocabulary, kin, BatchOptions())
    return train(len(vocabulary.pieces), batches, options)


def _load(weights: Path, vocabulary: Vocabulary) -> TranslationNet:
    net = TranslationNet(len(vocabulary.pieces), TrainingOptions().shape)
    net.load_state_dict(torch.load(weights, weights_only=True))
    return net.eval()


def _report(folder: Path, name: str, pairs: Sequence[examples.Pair]) -> None:
    misses = evaluate.find_misses(folder, pairs)
    share = 100 * (1 - len(misses) / len(pairs))
    logger.info("%s, %s: %.1f %% of %d exact", folder.name, name, share, len(pairs))
    for miss in misses[:_N_SHOWN]:
        logger.info("  %s | %s | %s", miss.pair.source, miss.translation, miss.pair.target)


if __name__ == "__main__":
    main()
