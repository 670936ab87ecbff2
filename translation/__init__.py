"""Rows in, as many rows out, in another language.

May import `podcast` and `audio`.
Start at `fallbacks.strategies`, which every row goes through.
"""
