"""Simulate shows that are polled every hour, and tell where queue, database and disk bend.

What one of each costs is measured by `bench.stage_costs` and `bench.fleet_pieces`; how many
episodes a show has, and how long they are, is assumed.
"""

import argparse
import math
from collections.abc import Generator
from dataclasses import dataclass
from random import Random
from statistics import quantiles

import simpy

from bench.costs import HOUR, StageCosts, load_costs
from bench.fleet_pieces import FleetPieces, load_pieces

DAY = 24 * HOUR
WEEK = 7 * DAY

A_WEEK = 1.0
"""Assumed: episodes of a show."""
MEDIAN, SPREAD = 40 * 60.0, 0.6
"""Assumed: length of an episode, seconds, log-normal."""
MORNING = (5, 6, 7, 8, 9, 10)
"""Assumed: hours of the day in UTC in which half of all episodes come out."""
WAV_KILOBYTES = 115_200.0
"""Of an hour at 16 kHz, 16 bits, which is kept until the cache is swept."""
LISTING = 1.07 / 5_000
"""CPU seconds to list one more episode, for each that is listed already: `bench.lists`."""
TASKS = 15
"""Task runs of an episode; each grows the database about as a poll does, which is one, too."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How a queue behaved.

    Attributes:
        workers: Places in it.
        use: Part of the time that a place was taken.
        median: Hours from an episode's release until it is published.
        late: The same for the slowest twentieth, at least.
        left: Episodes that were still waiting at the end.
    """

    workers: int
    use: float
    median: float
    late: float
    left: int


def main() -> None:
    """Print what grows with the number of shows, and how long episodes wait."""
    parser = argparse.ArgumentParser(prog="python -m bench.fleet", description=__doc__)
    parser.add_argument("--shows", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--weeks", type=int, default=2)
    parser.add_argument("--gpu", type=float, help="seconds of a GPU for an hour of talk")
    asked = parser.parse_args()
    costs, pieces = load_costs(), load_pieces()
    service = asked.gpu or costs.total
    print(growth_table(asked.shows, costs, pieces))
    most = max(asked.shows)
    print(f"\n{most} shows, {asked.weeks} weeks, {service:.0f} s of a place for an hour of talk\n")
    print("| places | in use | median wait, h | 95 of 100 wait less than, h | left over |")
    print("|---|---|---|---|---|")
    enough = math.ceil(most * A_WEEK * _mean_hours() * service / WEEK)
    for workers in sorted({math.ceil(enough * part) for part in (0.9, 1.0, 1.1, 1.25, 1.5, 2.0)}):
        w = simulate(most, workers, service, asked.weeks * WEEK)
        print(f"| {w.workers} | {w.use:.0%} | {w.median:.1f} | {w.late:.1f} | {w.left} |")


def growth_table(shows: list[int], costs: StageCosts, pieces: FleetPieces) -> str:
    """Return what so many shows ask for in a day, as a Markdown table."""
    rows = {
        "episodes a day": [n * A_WEEK / 7 for n in shows],
        "hours of talk a day": [_talk(n) for n in shows],
        "cores that never rest": [_talk(n) * costs.total / DAY for n in shows],
        "a round of polls, minutes": [n * pieces.poll_unchanged / 60 for n in shows],
        "CPU hours a day of polls": [24 * n * pieces.poll_unchanged_cpu / HOUR for n in shows],
        "CPU hours a day of the server": [_server_cpu(n, pieces) / HOUR for n in shows],
        "database, MB a day": [_database(n, pieces) / 1000 for n in shows],
        "what is known of shows, MB": [n * pieces.state_kilobytes / 1000 for n in shows],
        "CPU hours a day of lists, after a year": [_listing(n) / HOUR for n in shows],
        "published, GB a year": [365 * _talk(n) * pieces.episode_kilobytes / 1e6 for n in shows],
        "decoded sound, GB a day": [_talk(n) * WAV_KILOBYTES / 1e6 for n in shows],
    }
    head = f"| shows | {' | '.join(f'{n:,}' for n in shows)} |"
    body = [f"| {name} | {' | '.join(map(_short, values))} |" for name, values in rows.items()]
    return "\n".join([head, "|---" * (len(shows) + 1) + "|", *body])


def simulate(n_shows: int, workers: int, service: float, duration: float) -> Wait:
    """Let episodes come out, be found by the next poll and wait for a place."""
    env, random = simpy.Environment(), Random(0)
    places = simpy.Resource(env, capacity=workers)
    waits: list[float] = []
    busy = [0.0]

    def episode(released: float, found: float, length: float) -> Generator[simpy.Event, None, None]:
        yield env.timeout(found - env.now)
        with places.request() as place:
            yield place
            busy[0] += min(length / HOUR * service, duration - env.now)
            yield env.timeout(length / HOUR * service)
        waits.append((env.now - released) / HOUR)

    n_episodes = round(n_shows * A_WEEK * duration / WEEK)
    for released in sorted(_release(random, duration) for _ in range(n_episodes)):
        found = (math.floor(released / HOUR) + 1) * HOUR
        env.process(episode(released, found, random.lognormvariate(math.log(MEDIAN), SPREAD)))
    env.run(until=duration)
    cuts = quantiles(waits, n=20)
    use = busy[0] / (workers * duration)
    return Wait(workers, use, cuts[9], cuts[18], n_episodes - len(waits))


def _release(random: Random, duration: float) -> float:
    day = random.randrange(int(duration // DAY))
    hour = random.choice(MORNING) if random.random() < 1 / 2 else random.randrange(24)
    return day * DAY + (hour + random.random()) * HOUR


def _mean_hours() -> float:
    return MEDIAN * math.exp(SPREAD**2 / 2) / HOUR


def _talk(n_shows: int) -> float:
    return n_shows * A_WEEK / 7 * _mean_hours()


def _database(n_shows: int, pieces: FleetPieces) -> float:
    episode = pieces.run_kilobytes + TASKS * pieces.poll_kilobytes
    return 24 * n_shows * pieces.poll_kilobytes + n_shows * A_WEEK / 7 * episode


def _server_cpu(n_shows: int, pieces: FleetPieces) -> float:
    episode = pieces.run_server_cpu + TASKS * pieces.poll_server_cpu
    return 24 * n_shows * pieces.poll_server_cpu + n_shows * A_WEEK / 7 * episode


def _listing(n_shows: int) -> float:
    a_day = n_shows * A_WEEK / 7
    return a_day * LISTING * 365 * a_day


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"  # noqa: PLR2004  two digits are enough


if __name__ == "__main__":
    main()
