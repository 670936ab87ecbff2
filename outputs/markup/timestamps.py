"""Times as players show them."""


def clock(seconds: float) -> str:
    """Format seconds as M:SS, or as H:MM:SS from an hour on; parts of a second are cut off."""
    minutes, second = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"
