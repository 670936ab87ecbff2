"""One module a language: script, punctuation, numbers, captions, line breaks and fonts, as values.

May import nothing of ours; `podcast.language` makes the languages of them.
Start at `profile`.
"""
