"""Rows said in the register that is wished for, as far as rules of grammar go. Pure.

Start at `rewording`.
"""
