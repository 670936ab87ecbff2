"""The instructions that CTranslate2 is asked to use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.models import cpu_features
from flows.models.cpu_features import NEEDED, use_widest_instructions

pytestmark = pytest.mark.model

FORCED = "CT2_FORCE_CPU_ISA"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget afterwards what was asked for."""
    monkeypatch.setenv(FORCED, "")
    monkeypatch.delenv(FORCED)


def cpu(tmp_path: Path, *flags: str) -> Path:
    path = tmp_path / "cpuinfo"
    path.write_text(f"processor\t: 0\nflags\t\t: fpu {' '.join(flags)} avx2\nbugs\t: none\n")
    return path


def test_a_cpu_with_all_of_it_uses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu_features, "CPUINFO", cpu(tmp_path, *NEEDED))
    use_widest_instructions()

    assert os.environ[FORCED] == "AVX512"


@pytest.mark.parametrize("lacking", sorted(NEEDED))
def test_a_cpu_that_lacks_a_part_is_left_alone(
    lacking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu_features, "CPUINFO", cpu(tmp_path, *(NEEDED - {lacking})))
    use_widest_instructions()

    assert FORCED not in os.environ


def test_a_system_that_says_nothing_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu_features, "CPUINFO", tmp_path / "none")
    use_widest_instructions()

    assert FORCED not in os.environ


def test_what_a_user_asks_for_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu_features, "CPUINFO", cpu(tmp_path, *NEEDED))
    monkeypatch.setenv(FORCED, "AVX2")
    use_widest_instructions()

    assert os.environ[FORCED] == "AVX2"


def test_a_model_loads_on_this_machine_in_the_instructions_that_were_chosen() -> None:
    use_widest_instructions()
    chosen = os.environ.get(FORCED, "")
    program = (
        "from flows.models.loaded_models import engines; from flows.models.model_set import DEMO; "
        "from podcast.language import Language; "
        "found = engines().translator(DEMO.translators.usual); "
        "from translation.conversation import SourceRow, Style; "
        "print(found.translate([SourceRow('Yeah.')], Language.KO, Style(), lambda _: None))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env={**os.environ, "CT2_VERBOSE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert f"Selected ISA: {chosen}" in done.stderr
