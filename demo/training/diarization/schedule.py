"""Give the learning rate of a training step."""

import math


def learning_rate(step: int, steps: int, peak: float, warm_up: int = 60) -> float:
    """Rise to the peak within `warm_up` steps, then fall as a cosine to a hundredth of it."""
    if step < warm_up:
        return peak * (step + 1) / warm_up
    progress = (step - warm_up) / max(1, steps - warm_up)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))
