"""Hearing: who spoke when, what was said, and which lines that makes."""
