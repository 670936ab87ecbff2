"""Web servers: which may be asked, for how long, and what they send.

May import `audio.files`.
Start at `client` and `download`.
"""
