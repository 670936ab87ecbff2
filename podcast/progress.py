"""How long work says how far it is."""

from collections.abc import Callable

Report = Callable[[float], None]
"""Called with the fraction that is done, 0 to 1, never falling."""
