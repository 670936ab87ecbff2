"""Prefect on this machine: a server, its workers, and the pages beside it.

May import `flows.models.model_catalogue` and `flows.settings`.
Start at `local_stack`.
"""
