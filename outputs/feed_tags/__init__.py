"""The tags that tell a podcast's feed of its transcripts. Pure.

May import `outputs.record.episode_record`.
Start at `feed_insertion`.
"""
