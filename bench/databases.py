"""What an episode costs besides its models: with Prefect on SQLite and on PostgreSQL, in turns.

Run as `python -m bench.databases postgresql://user:password@host/database`, an empty database. The
episode is the demo's with all stages kept, so that what is left is Prefect and publishing.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
EPISODE = """
import sys, time
from pathlib import Path
from flows.episode import process_episode
from flows.parameters import Models
sound = Path("demo/episode/episode.mp3")
for _ in range(2):
    wall, cpu = time.monotonic(), time.process_time()
    process_episode(str(sound), "Open Ears", "Measured", models=Models(preset="demo"))
    print(time.monotonic() - wall, time.process_time() - cpu)
"""
"""Twice: the first call fills the caches of a process that a worker would keep no longer."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        servers = {"SQLite": "", "PostgreSQL": sys.argv[1]}
        known = {label: _started(folder / label, url) for label, url in servers.items()}
        taken: dict[str, list[tuple[float, float]]] = {label: [] for label in servers}
        try:
            for environment in known.values():
                _process(environment)
            for _ in range(ROUNDS):
                for label, environment in known.items():
                    taken[label].append(_process(environment))
        finally:
            for environment in known.values():
                _interlinear("down", environment)
    for label, pairs in taken.items():
        wall, cpu = (statistics.median(values) for values in zip(*pairs, strict=True))
        print(f"{label}: {wall:.2f} s on the clock, {cpu:.2f} s of CPU, medians of {ROUNDS}")


def _started(folder: Path, database: str) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | {
        "INTERLINEAR_CACHE": str(folder.parent / "cache"),
        "INTERLINEAR_DATA": str(folder),
        "INTERLINEAR_OUT": str(folder / "published"),
        "INTERLINEAR_DATABASE": database,
    }
    _interlinear("up", environment, "--server-only")
    home = folder / "prefect"
    return environment | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{(home / 'port').read_text().strip()}/api",
        "PREFECT_API_AUTH_STRING": (home / "password").read_text().strip(),
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(folder.parent / "cache" / "results"),
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    }


def _interlinear(command: str, environment: dict[str, str], *options: str) -> None:
    words = [sys.executable, "-m", "flows.cli.main", command, *options]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


def _process(environment: dict[str, str]) -> tuple[float, float]:
    words = [sys.executable, "-c", EPISODE]
    done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    wall, cpu = map(float, done.stdout.splitlines()[-1].split())
    return wall, cpu


if __name__ == "__main__":
    main()
