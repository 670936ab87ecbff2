"""Who spoke when: pyannote.audio, its folders made safe and its passes made fast.

May import `speech.hub.hub_snapshots` and `speech.thread_map`.
Start at `diarizer`; `diarizer_factory` names the engines.
"""
