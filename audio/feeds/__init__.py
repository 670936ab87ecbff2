"""Podcast feeds, RSS and Atom: fetched politely and read however broken they are.

May import `audio.web`.
Start at `feed_parser`.
"""
