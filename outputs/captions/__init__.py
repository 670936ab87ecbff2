"""Captions: lines cut into cues, timed, and written as SRT, WebVTT, TTML, ASS and LRC. Pure.

May import `outputs.record.episode_record` and below.
Start at `cues`.
"""
