"""Train the network in two processes of one thread each, step by step, resumable."""

import logging
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed, multiprocessing, nn

from demo.training.whisper import batches, clips, contexts, losses, schedule, windows
from demo.training.whisper.features import POSITION_RATE
from demo.training.whisper.network import N_OWN_POSITIONS, Architecture, Encoding, Network

N_PROCESSES = 2

_SEED = 20
_POSITIONS_PER_STEP = 2000  # 40 s of sound for each process
_WRONG_INPUT_SHARE = 0.1
_LARGEST_GRADIENT = 1.0
_STEPS_PER_CHECKPOINT = 200
_STEPS_PER_REPORT = 50

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Material:
    """What training starts from and where it leaves its state.

    Attributes:
        lines_folder: Spoken lines, as ``clips.speak_clips`` leaves them.
        phrases_folder: Spoken set phrases, likewise.
        tokenizer_file: The tokenizer.
        checkpoint_file: State after the last steps; training goes on from it.
    """

    lines_folder: Path
    phrases_folder: Path
    tokenizer_file: Path
    checkpoint_file: Path


def train(material: Material) -> None:
    """Train until the schedule ends and leave the network in the checkpoint."""
    meeting_point = material.checkpoint_file.with_suffix(".meet")
    meeting_point.unlink(missing_ok=True)
    multiprocessing.start_processes(  # type: ignore[attr-defined, no-untyped-call]  # torch's
        _run, (material, meeting_point), N_PROCESSES, start_method="spawn"
    )
    meeting_point.unlink(missing_ok=True)


def load_network(material: Material) -> Network:
    """Load the trained network."""
    tokenizer = Tokenizer.from_file(str(material.tokenizer_file))
    network = _network(windows.build_lexicon(_all_clips(material), tokenizer), tokenizer)
    network.load_state_dict(torch.load(material.checkpoint_file)["network"])
    return network.eval()


class _Trainer:
    """One process's share of the training."""

    def __init__(self, rank: int, material: Material) -> None:
        self._rank = rank
        self._material = material
        tokenizer = Tokenizer.from_file(str(material.tokenizer_file))
        everything = _all_clips(material)
        lexicon = windows.build_lexicon(everything, tokenizer)
        lines = clips.load_clips(material.lines_folder)
        self._line_maker = windows.WindowMaker(lines, lexicon)
        self._phrase_maker = windows.WindowMaker(everything, lexicon)
        self._context_maker = contexts.ContextMaker(lines, tokenizer)
        self._word_tokens = torch.tensor(lexicon.word_tokens)
        self._prompt = batches.prompt_of(tokenizer)
        self._network = _network(lexicon, tokenizer)
        self._parameters = [p for p in self._network.parameters() if p.requires_grad]
        self._optimizers = tuple(_optimizers(self._network))
        self._next_step = self._restored_step()

    def run(self) -> None:
        """Take all the steps that are left."""
        recent: list[losses.Losses] = []
        started = time.perf_counter()
        for step in range(self._next_step, schedule.N_STEPS):
            recent.append(self._step(step))
            n_done = step + 1
            if n_done % _STEPS_PER_REPORT == 0:
                if self._rank == 0:
                    _report(n_done, recent, time.perf_counter() - started)
                recent, started = [], time.perf_counter()
            is_due = n_done % _STEPS_PER_CHECKPOINT == 0 or n_done == schedule.N_STEPS
            if self._rank == 0 and is_due:
                self._save(n_done)

    def _step(self, step: int) -> losses.Losses:
        phase = schedule.phase_at(step)
        # Every step draws from its own generators, so a resumed run repeats an unbroken one.
        shared = np.random.default_rng((_SEED, step))
        own = np.random.default_rng((_SEED, step, self._rank))
        n_positions = int(shared.choice(phase.seconds)) * POSITION_RATE
        is_shifted = phase.is_shifted and shared.random() < schedule.SHIFTED_SHARE
        shift = int(shared.integers(N_OWN_POSITIONS - n_positions + 1)) if is_shifted else 0
        has_phrases = schedule.course_at(step).has_phrases
        maker = self._phrase_maker if has_phrases else self._line_maker
        made = self._windows(maker, own, n_positions)
        if phase.has_contexts:
            made = [replace(w, context=self._context_maker.make(own, w.text)) for w in made]
        batch = batches.collate(made, self._prompt)
        with torch.autocast("cpu", torch.bfloat16):
            encoding = self._network.model.encoder(batch.log_mel, shift)
        judged = self._judge(batch, encoding, own, has_text=phase.has_text)
        for parameter in self._parameters:
            parameter.grad = None
        judged.total.backward()  # type: ignore[no-untyped-call]  # of torch, untyped
        self._update(schedule.learning_rate(step))
        return judged.detached()

    def _windows(
        self, maker: windows.WindowMaker, rng: np.random.Generator, n_positions: int
    ) -> list[windows.Window]:
        n_windows = max(1, _POSITIONS_PER_STEP // n_positions)
        return [maker.make(rng, n_positions) for _ in range(n_windows)]

    def _judge(
        self, batch: batches.Batch, encoding: Encoding, rng: np.random.Generator, *, has_text: bool
    ) -> losses.Losses:
        if not has_text:
            return losses.frame_losses(self._network, encoding, batch)
        inputs = batches.corrupt(batch, self._prompt, _WRONG_INPUT_SHARE, self._word_tokens, rng)
        return losses.all_losses(self._network, encoding, batch, inputs)

    def _update(self, rate: float) -> None:
        _average_gradients(self._parameters)
        nn.utils.clip_grad_norm_(self._parameters, _LARGEST_GRADIENT)
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.step()

    def _restored_step(self) -> int:
        file = self._material.checkpoint_file
        if not file.exists():
            return 0
        state = torch.load(file)
        self._network.load_state_dict(state["network"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        return int(state["step"])

    def _save(self, step: int) -> None:
        file = self._material.checkpoint_file
        state = {
            "network": self._network.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "step": step,
        }
        torch.save(state, file.with_suffix(".part"))
        file.with_suffix(".part").replace(file)


def _run(rank: int, material: Material, meeting_point: Path) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    # Without this, gloo looks the machine's name up, which may lead nowhere.
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    distributed.init_process_group(
        "gloo", init_method=f"file://{meeting_point}", rank=rank, world_size=N_PROCESSES
    )
    _Trainer(rank, material).run()
    distributed.destroy_process_group()


def _all_clips(material: Material) -> tuple[clips.Clip, ...]:
    folders = (material.lines_folder, material.phrases_folder)
    return tuple(clip for folder in folders for clip in clips.load_clips(folder))


def _network(lexicon: windows.Lexicon, tokenizer: Tokenizer) -> Network:
    return Network(
        Architecture(
            n_tokens=tokenizer.get_vocab_size(),
            n_phones=len(clips.PHONES),
            n_words=len(lexicon.word_numbers) + 1,
        )
    )


def _optimizers(network: Network) -> Iterator[torch.optim.Optimizer]:
    """Yield AdamW for embeddings, convolutions, heads and biases, Muon for the layers' matrices."""
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    vectors = [p for _, p in named if p.ndim == 1]
    matrices = [p for name, p in named if p.ndim > 1 and ".layers." in name]
    tables = [p for name, p in named if p.ndim > 1 and ".layers." not in name]
    yield torch.optim.AdamW(
        [{"params": tables, "weight_decay": 0.02}, {"params": vectors, "weight_decay": 0.0}],
        betas=(0.9, 0.98),
        fused=True,
    )
    yield torch.optim.Muon(
        matrices, weight_decay=0.05, momentum=0.95, adjust_lr_fn="match_rms_adamw"
    )


def _average_gradients(parameters: Sequence[nn.Parameter]) -> None:
    # In the phases without text, the decoder has no gradients: the same ones in each process.
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= N_PROCESSES
    parts = torch.split(flat, [gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view_as(gradient))


def _report(step: int, recent: Sequence[losses.Losses], seconds: float) -> None:
    def mean(name: str) -> float:
        values: list[Tensor] = [getattr(judged, name) for judged in recent]
        return float(torch.stack(values).mean())

    logger.info(
        "step %d: phones %.3f, words %.3f, text %.3f, tokens right %.3f, %.2f steps/s",
        *(step, mean("phones"), mean("words"), mean("text"), mean("accuracy")),
        len(recent) / seconds,
    )
