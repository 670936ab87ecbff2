"""Where somebody speaks, how loud, and in which language.

May import nothing else of `speech`.
Start at `voice_activity`.
"""
