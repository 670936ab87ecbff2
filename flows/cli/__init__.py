"""The `interlinear` command.

May import every other room of `flows`; none imports it.
Start at `main`.
"""
