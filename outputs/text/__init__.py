"""Transcripts to read: plain text, HTML, JSON, tables, a Word document. Pure.

May import `outputs.record.episode_record` and below.
Start at `plain_text`.
"""
