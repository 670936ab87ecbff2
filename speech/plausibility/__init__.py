"""Words that nobody said: loops, phantom phrases, text over silence. Pure.

May import `speech.lines.line_building`.
Start at `hallucinations`.
"""
