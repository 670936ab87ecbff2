"""How far a record is from a reference: WER, cpWER, DER, chrF. Pure.

May import `outputs.record.episode_record` and `outputs.linepairs`.
Start at `scores`.
"""
