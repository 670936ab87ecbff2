"""Writing it down: renderings of one record, and the folder that they are published in.

May import `podcast` and `audio`.
Start at `record.record_types`, then `bundle` and `formats`.
"""
