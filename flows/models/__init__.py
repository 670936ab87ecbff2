"""Models on this machine: found, checked, loaded once, and asked.

May import `flows.feeds`, `flows.parameters` and `flows.settings`.
Start at `model_set` and `loaded_models`.
"""
