"""How good an episode is, without a reference: figures, report, timeline. Pure.

May import `outputs.captions` and `outputs.record.episode_record`.
Start at `measures`.
"""
