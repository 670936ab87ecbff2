"""Who the speakers are: voices compared with those that a show knows. Pure.

May import nothing else of `speech`.
Start at `speaker_identification`.
"""
