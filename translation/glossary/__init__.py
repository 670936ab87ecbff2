"""The names and terms of a show: found, kept, and put in. Pure.

May import `translation.typography.typesetting`.
Start at `show_glossary`.
"""
