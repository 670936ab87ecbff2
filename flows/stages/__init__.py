"""The stages of a run: tasks, and what is decided between them.

May import `flows.voices`, `flows.published.published_record`, `flows.runs` and below.
Start at `tasks`.
"""
