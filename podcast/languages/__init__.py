"""One module a language: its script, punctuation, captions and fonts, as plain values.

It may import nothing of ours. Start with `profile`; `podcast.language` lists the languages.
"""
