"""Published episodes: their folders, their records, and changes to many of them.

May import `flows.settings`.
Start at `published_record`.
"""
