"""Feeds and shows as files: asked for politely, looked up, described by TOML.

May import `flows.parameters` and `flows.settings`.
Start at `show_file`.
"""
