"""Lines, or whole episodes, of what is published translated again.

May import `flows.stages.run_stage` and below.
Start at `line_retranslation`.
"""
