"""Measures the checks of translations on stored answers of real engines; see docs/quality.md."""
