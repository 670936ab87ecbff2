"""What is decoded a second time: doubtful windows, and speech that has no words.

May import `speech.transcription.whisper_recogniser`, `speech.plausibility` and `speech.detection`.
Start at `second_decoding`.
"""
