"""Files that are whole or not there, and written by one process at a time; models' files, checked.

May import `podcast.errors`.
Start at `staging`.
"""
