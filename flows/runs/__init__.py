"""What a run does besides its stages: progress, locks, notifications, a cache of limited size.

May import `flows.models.model_catalogue` and below.
Start at `stage_progress`.
"""
