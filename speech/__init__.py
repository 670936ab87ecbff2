"""From sound to lines: who spoke when, what was said.

May import `podcast` and `audio`.
Start at `diarization`, `transcription` and then `lines`.
"""
