"""Measures this project against what it is built on; see docs/benchmarks.md."""
