"""Tell how many hours of talk a machine works through in a day, from the costs of the stages.

`python -m bench.stage_costs` measures them. A GPU is told by the seconds that it takes for an hour
of talk: `--gpu 90`.
"""

import argparse

from bench.costs import StageCosts, load_costs

DAY = 86_400
CORES = (1, 2, 4, 8, 16, 32)
USE = 0.8
"""Of the day that a machine works: the rest goes into starting, waiting and Prefect."""


def main() -> None:
    """Print what each stage costs and what so many cores do."""
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=__doc__)
    parser.add_argument("--gpu", type=float, help="seconds of a GPU for an hour of talk")
    gpu, costs = parser.parse_args().gpu, load_costs()
    print(f"{costs.machine}\n")
    print(stage_table(costs))
    print(f"\n{core_table(costs)}")
    if gpu:
        cores = (costs.decode + costs.write) / gpu
        print(f"\nOne GPU: {hours_a_day(gpu):.0f} hours a day, with {cores:.2f} cores beside it")


def stage_table(costs: StageCosts) -> str:
    """Return the stages as a Markdown table."""
    stages = ("decode", "diarize", "transcribe", "translate", "write")
    rows = [(name, getattr(costs, name)) for name in stages]
    lines = [f"| {name} | {cost:.0f} | {cost / costs.total:.0%} |" for name, cost in rows]
    head = ["| stage | CPU s for an hour of talk | part |", "|---|---|---|"]
    return "\n".join([*head, *lines, f"| all | {costs.total:.0f} | 100% |"])


def core_table(costs: StageCosts) -> str:
    """Return what so many cores do as a Markdown table."""
    lines = [f"| {n} | {n * hours_a_day(costs.total):.0f} |" for n in CORES]
    return "\n".join(["| cores | hours of talk a day |", "|---|---|", *lines])


def hours_a_day(seconds: float) -> float:
    """Return how many hours of talk a day holds, at so many seconds for each."""
    return USE * DAY / seconds


if __name__ == "__main__":
    main()
