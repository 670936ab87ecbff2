"""Sound and texts from the world: fetched, decoded, ready for the models.

May import `podcast`.
Start at `decoding.decode`.
"""
