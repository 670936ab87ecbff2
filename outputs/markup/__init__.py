"""What renderings share: times, escapes, labels, the order of two languages. Pure.

May import nothing else of `outputs`.
Start at `timestamps`.
"""
