"""What Whisper runs in, and how many windows at once, whatever devices this machine has."""

import pytest

from speech.transcription.whisper_device import (
    COMPUTE_TYPES,
    compute_type_for,
    memory_of,
    windows_at_once,
)

GB = 10**9


@pytest.mark.parametrize(
    ("device", "supported", "expected"),
    [
        ("cpu", {"int8", "int8_float32", "float32"}, "int8"),
        ("cpu", {"float32"}, "float32"),
        ("cuda", {"int8", "int8_float16", "float16", "float32"}, "int8_float16"),
        ("cuda", {"float16", "bfloat16", "float32"}, "float16"),
        ("cuda", {"int8", "int8_float32", "float32"}, "int8"),
        ("cuda", {"float32"}, "float32"),
    ],
)
def test_a_device_computes_in_the_best_numbers_that_it_knows(
    device: str, supported: set[str], expected: str
) -> None:
    assert compute_type_for(device, supported) == expected


@pytest.mark.parametrize(
    ("device", "memory", "expected"),
    [
        ("cpu", 1 * GB, 1),
        ("cpu", 8 * GB, 4),
        ("cpu", 15 * GB, 4),
        ("cpu", 16 * GB, 8),
        ("cpu", 512 * GB, 8),
        ("cuda", 0, 1),
        ("cuda", 3 * GB, 4),
        ("cuda", 7 * GB, 8),
        ("cuda", 80 * GB, 16),
    ],
)
def test_more_memory_holds_more_windows(device: str, memory: int, expected: int) -> None:
    assert windows_at_once(device, memory) == expected


def test_each_core_of_a_cpu_may_have_a_batch_where_memory_allows() -> None:
    assert windows_at_once("cpu", 64 * GB, cores=4) == 32
    assert windows_at_once("cpu", 16 * GB, cores=4) == 8
    assert windows_at_once("cpu", 512 * GB, cores=64) == 64
    assert windows_at_once("cuda", 64 * GB, cores=4) == 16


@pytest.mark.parametrize("device", COMPUTE_TYPES)
def test_no_memory_is_too_small_for_one_window(device: str) -> None:
    sizes = [windows_at_once(device, memory) for memory in range(0, 64 * GB, GB // 4)]

    assert sizes[0] == 1
    assert sizes == sorted(sizes)


def test_the_memory_of_this_machine_is_known() -> None:
    assert memory_of("cpu") > GB
