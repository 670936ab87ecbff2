"""The canonical record of an episode: its types, its JSON form, its faults.

May import `outputs.markup` and `outputs.linepairs`.
Start at `record_types`.
"""
