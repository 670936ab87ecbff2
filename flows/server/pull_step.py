"""Where a run works: in the checkout of the machine that it landed on, wherever that lies."""

from flows.settings import ROOT


def enter() -> dict[str, str]:
    """Tell Prefect the folder of this machine's checkout; a pull step of all deployments."""
    return {"directory": str(ROOT)}
