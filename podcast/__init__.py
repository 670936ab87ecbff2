"""The words of the domain: episode, word, turn, line, pair. Standard library only."""
