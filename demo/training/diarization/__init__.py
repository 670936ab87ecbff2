"""Train the demo diarization pipeline: segmentation, speaker embedding, PLDA, thresholds."""
