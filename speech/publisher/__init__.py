"""The publisher's own transcript, laid over what was recognised. Pure.

May import `speech.lines.line_building` and `speech.plausibility`.
Start at `publisher_alignment`.
"""
