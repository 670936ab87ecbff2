"""Pages for readers, the reading page and the indexes, and the lists that a site reads. Pure.

May import `outputs.record.episode_record` and below.
Start at `reading_page`.
"""
