"""Runs the product on public weights and real sound; see docs/quality.md."""
