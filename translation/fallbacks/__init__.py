"""Every row gets through: one strategy after another until a row passes the checks, else English.

May import every other room of `translation`.
Start at `strategies`.
"""
