"""How a language model is asked for rows, and what of its answers is believed.

May import `translation.checks` and below.
Start at `asking`.
"""
