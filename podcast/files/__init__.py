"""Files that are whole or not there, and written by one process at a time.

May import `podcast.errors`.
Start at `staging`.
"""
