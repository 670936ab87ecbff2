"""Any sound or video file to the WAV that the models take, by ffmpeg and pydub.

May import `audio.files` and `audio.waveforms`.
Start at `decode`.
"""
