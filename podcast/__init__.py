"""The words of the domain: episode, word, turn, line, pair.

May import the standard library alone; every other package may import it.
Start at `timeline` (what the models find) and `transcript` (what is read).
"""
