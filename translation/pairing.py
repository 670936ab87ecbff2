"""Put a transcript and its translations together, row by row. Pure."""

from collections.abc import Sequence

from podcast.errors import InvariantError
from podcast.language import Language
from podcast.transcript import BilingualTranscript, LinePair, Transcript, Translation


def pair_lines(
    transcript: Transcript,
    target: Language,
    title: Translation,
    translations: Sequence[Translation],
) -> BilingualTranscript:
    """Pair every line with its translation.

    Args:
        transcript: The lines.
        target: The language of the translations.
        title: The episode's title in that language.
        translations: One for each line, in order: of what it means, where that is not its text.

    Raises:
        InvariantError: There are more or fewer translations than lines.
    """
    if len(translations) != len(transcript.lines):
        raise InvariantError(
            f"{len(transcript.lines)} lines came back as {len(translations)} in {target.label}."
        )
    pairs = zip(transcript.lines, translations, strict=True)
    return BilingualTranscript(
        source=transcript.language,
        target=target,
        title=title,
        pairs=tuple(LinePair(line, translation) for line, translation in pairs),
    )
