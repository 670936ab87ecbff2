"""Snapshots of models in the cache of the model hub.

May import nothing else of `speech`.
Start at `hub_snapshots`.
"""
