"""From words and turns to lines: one sentence of one speaker each. Pure.

May import nothing else of `speech`.
Start at `line_building`.
"""
