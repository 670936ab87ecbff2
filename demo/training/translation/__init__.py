"""Train the demo's three small Argos packages: English to Korean, Chinese and Japanese."""
