"""What the exit codes of the command mean."""

from podcast.errors import BadInputError, InterlinearError, SetupError, TransientError

EXIT_BUG = 1
EXIT_BAD_INPUT = 3
EXIT_TRY_AGAIN = 4
EXIT_SETUP = 5
EXIT_INTERRUPTED = 130

EPILOG = (
    "Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 the input cannot be used, "
    "4 try again later, 5 something is not set up, 130 interrupted."
)


def exit_code(error: InterlinearError) -> int:
    """Return the exit code of an error, by what the user can do about it."""
    if isinstance(error, TransientError):
        return EXIT_TRY_AGAIN
    if isinstance(error, SetupError):
        return EXIT_SETUP
    return EXIT_BAD_INPUT if isinstance(error, BadInputError) else EXIT_BUG
