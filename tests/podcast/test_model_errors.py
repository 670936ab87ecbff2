"""Why a model cannot be loaded: for want of memory, for its files, or for a bug of ours."""

import errno

import pytest

from podcast.errors import BadInputError, OutOfMemoryError, SetupError
from podcast.model_errors import loading, ran_out_of_memory


def raise_while_loading(error: Exception) -> None:
    with loading("The model in /models/a", "Get it again."):
        raise error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        MemoryError("std::bad_alloc"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("CUDA failed with error out of memory"),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory"
        ),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes."),
        RuntimeError("unable to mmap 9 bytes from file: Cannot allocate memory (12)"),
        RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"),
        ImportError("libtorch_cpu.so: cannot allocate memory"),
    ],
)
def test_too_little_memory_is_no_reason_to_get_a_model_again(error: Exception) -> None:
    with pytest.raises(OutOfMemoryError, match=r"/models/a.*too little memory is free") as caught:
        raise_while_loading(error)

    assert "again" not in str(caught.value)


def test_a_cause_further_down_counts() -> None:
    error = RuntimeError("Error while loading")
    error.__cause__ = MemoryError()

    assert ran_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        OSError("no such file"),
        ValueError("no model"),
        KeyError("state_dict"),
        RuntimeError("Missing key(s) in state_dict"),
        EOFError(),
        ImportError("no module"),
        Exception("data did not match any variant"),
    ],
)
def test_files_that_are_broken_are_to_be_had_again(error: Exception) -> None:
    with pytest.raises(
        SetupError, match=r"The model in /models/a cannot be loaded: .*Get it again\."
    ):
        raise_while_loading(error)


@pytest.mark.parametrize("error", [AssertionError(), NameError("x"), BadInputError("ours")])
def test_a_bug_and_an_error_of_ours_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        raise_while_loading(error)

    assert caught.value is error
