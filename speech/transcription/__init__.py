"""What was said: faster-whisper, and words with their times.

May import `speech.detection`, `speech.plausibility` and `speech.thread_map`.
Start at `recogniser`; `recogniser_factory` names the engines.
"""
