"""Build Whisper's tokenizer for a small vocabulary: one token for each written word.

Byte pair encoding, as in the real Whisper, so that any text can be encoded; but the merges are
learnt from the words themselves until each of them, with the space before it, is one token. A
word that is one token gets one piece of cross-attention, and with it one start and one end.
"""

from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

END_OF_TEXT = "<|endoftext|>"
START_OF_TRANSCRIPT = "<|startoftranscript|>"
START_OF_CONTEXT = "<|startofprev|>"
NO_SPEECH = "<|nospeech|>"
NO_TIMESTAMPS = "<|notimestamps|>"

# The order is a contract with the runtimes: they find the languages between the start and the
# tasks, and take every id from the first timestamp on for a time.
_SPECIAL_TOKENS = (
    END_OF_TEXT,
    START_OF_TRANSCRIPT,
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    START_OF_CONTEXT,
    NO_SPEECH,
    NO_TIMESTAMPS,
)
_TIMESTAMP_STEP = 0.02
_N_TIMESTAMPS = 1501

# A word keeps its apostrophes, hyphens and decimal points; punctuation stands alone.
_PIECES = r" ?[^\s.,?!]+(?:[.,][^\s.,?!]+)*|[.,?!]|\s+"
_PUNCTUATION = ".,?!"
_LARGEST_VOCABULARY = 8000


def bare_word(token: str) -> str:
    """Return a written word without the punctuation that follows it."""
    return token.rstrip(_PUNCTUATION)


def written_forms(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every word of the texts as written and with a capital, sorted."""
    words = {bare_word(token) for text in texts for token in text.split()}
    return tuple(sorted(words | {word[0].upper() + word[1:] for word in words}))


def build_tokenizer(words: Iterable[str]) -> Tokenizer:
    """Build a tokenizer in which each of the words, after a space, is one token.

    Args:
        words: Written words without punctuation, in an order that decides the ids.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_LARGEST_VOCABULARY,
        min_frequency=1,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator((f" {word}" for word in words), trainer)
    tokenizer.add_special_tokens([_special(name) for name in _special_names()])
    return tokenizer


def token_id(tokenizer: Tokenizer, name: str) -> int:
    """Return the id of a token that must exist.

    Raises:
        KeyError: The tokenizer has no such token.
    """
    number = tokenizer.token_to_id(name)
    if number is None:
        raise KeyError(name)
    return int(number)


def _special_names() -> tuple[str, ...]:
    timestamps = (f"<|{index * _TIMESTAMP_STEP:.2f}|>" for index in range(_N_TIMESTAMPS))
    return (*_SPECIAL_TOKENS, *timestamps)


def _special(name: str) -> AddedToken:
    return AddedToken(name, special=True, normalized=False)
