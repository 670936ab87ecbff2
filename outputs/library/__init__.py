"""The published folder: written whole or not at all, kept tidy, mirrored to object storage.

May import `outputs.site` and `outputs.record.episode_record`.
Start at `published_folder`.
"""
