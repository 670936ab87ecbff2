"""Sound: fetched, decoded, ready for the models."""
