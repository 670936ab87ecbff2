"""Shows that are followed: what a poll of a feed makes necessary, and that being done.

May import `flows.episode` and below.
Start at `show_poll`.
"""
