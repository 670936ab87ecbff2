"""Train the demo's speech recogniser: the Whisper architecture, small enough to learn in minutes.

``python -m demo.training.whisper`` writes training lines (``lines``), speaks them (``clips``),
cuts training windows out of them (``windows``), trains the model (``network``, ``losses``,
``schedule``, ``train``) and exports it for faster-whisper (``export``).
"""
