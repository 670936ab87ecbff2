"""Transcripts that publishers wrote: WebVTT, SubRip, JSON, HTML and plain text.

May import `audio.web`.
Start at `transcript_file`.
"""
