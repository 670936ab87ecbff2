"""Corrections and renamings of a published record, and the file that people write them in.

May import `outputs.record.episode_record`.
Start at `corrections_file`.
"""
