"""Voices that people have named, kept on this machine and nowhere else.

May import `flows.published.published_record` and `flows.settings`.
Start at `enrolment`.
"""
