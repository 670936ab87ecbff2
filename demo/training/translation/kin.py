"""Find the words that could stand in each other's place: nouns for nouns, verbs for verbs."""

from demo.training import grammar
from demo.training.translation.examples import forms_of
from demo.training.translation.vocabulary import SPACE, UNKNOWN, Vocabulary

Kin = dict[int, tuple[int, ...]]


def find_kin(vocabulary: Vocabulary, language: str) -> Kin:
    """Return for a piece the pieces that the grammar lets take its place in ``language``.

    Words of several pieces, particles, endings and punctuation have no kin.
    """
    kin: dict[int, set[int]] = {}
    for entries in grammar.categories().values():
        columns = [forms_of(entry, language) for entry in entries]
        for i in range(max(map(len, columns))):
            forms = [column[i] for column in columns if i < len(column)]
            pieces = {piece for form in forms for piece in _word(vocabulary, form)}
            for piece in pieces:
                kin.setdefault(piece, set()).update(pieces - {piece})
    return {piece: tuple(sorted(others)) for piece, others in kin.items() if others}


def _word(vocabulary: Vocabulary, form: str) -> tuple[int, ...]:
    """Return the one piece that spells a form, nothing where several do."""
    ids = [i for i in vocabulary.encode(form) if vocabulary.pieces[i] != SPACE]
    is_word = len(ids) == 1 and ids[0] != UNKNOWN and form[-1].isalpha()
    return tuple(ids) if is_word else ()
