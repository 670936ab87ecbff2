"""Samples in memory: read, measured and cut.

May import `podcast`.
Start at `waveform`.
"""
