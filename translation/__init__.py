"""Saying it again: rows in, as many rows out."""
