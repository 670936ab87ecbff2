"""The words of the domain: episode, word, turn, line, pair.

Each module is one word, so there are more of them than elsewhere.
May import the standard library alone; every other package may import it.
Start at `timeline` (what the models find) and `transcript` (what is read).
"""
