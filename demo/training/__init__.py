"""Train the demo models from nothing but a grammar and free synthesisers."""
