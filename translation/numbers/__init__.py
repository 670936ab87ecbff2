"""Numbers of English, Korean, Chinese and Japanese, and what they amount to. Pure.

May import nothing else of `translation`.
Start at `row_numbers`.
"""
