"""The words of the domain: what an episode, a word, a line and a pair are. Standard library only."""
