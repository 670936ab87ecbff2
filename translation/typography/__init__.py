"""Rows set as an editor of the language would: spaces, punctuation, particles. Pure.

May import nothing else of `translation`.
Start at `typesetting`.
"""
