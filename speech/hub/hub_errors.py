"""Say in the user's words why the model hub did not give a model out."""

import errno
from collections.abc import Iterator

from podcast.errors import InterlinearError, NetworkError, SetupError, StorageError

PUBLIC_HUB = "https://huggingface.co"
TOKEN_PAGE = f"{PUBLIC_HUB}/settings/tokens"

FULL = {errno.ENOSPC, errno.EDQUOT}
UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}
UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 401, 403, 404


def licence_page(repo_id: str) -> str:
    """Return the page on which a model's licence is read and accepted."""
    return f"{PUBLIC_HUB}/{repo_id}"


def explain(
    error: BaseException, repo_id: str, endpoint: str, *, has_token: bool
) -> InterlinearError:
    """Turn what the hub's client raised into an error of ours. No message holds the token.

    Args:
        error: As raised; its causes are looked at as well.
        repo_id: The model that was asked for.
        endpoint: The hub that was asked.
        has_token: Whether a token was sent.
    """
    for cause in _causes(error):
        found = (
            _explain_refusal(cause, repo_id, has_token=has_token)
            or _explain_setting(cause, repo_id)
            or _explain_disk(cause)
        )
        if found:
            return found
    return _explain_network(error, repo_id, endpoint)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what led to it: the client wraps the hub's answers more than once."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _explain_refusal(
    error: BaseException, repo_id: str, *, has_token: bool
) -> InterlinearError | None:
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    if not isinstance(error, HfHubHTTPError):
        return None
    status = error.response.status_code
    if isinstance(error, GatedRepoError) or status == FORBIDDEN:
        return _licence_missing(repo_id) if has_token else _token_missing(repo_id)
    if isinstance(error, RevisionNotFoundError):
        return SetupError(f"The hub has {repo_id}, but not the revision asked for. Check its name.")
    if status == UNAUTHORIZED and has_token:
        return _token_refused(repo_id)  # whatever else the hub says: with a good one it answers 404
    if isinstance(error, RepositoryNotFoundError) or status == NOT_FOUND:
        return _model_unknown(repo_id, has_token=has_token)
    return _token_missing(repo_id) if status == UNAUTHORIZED else None


def _token_missing(repo_id: str) -> SetupError:
    return SetupError(
        f"{repo_id} is given out only to people who accepted its licence, and no hub token is set. "
        f"Accept the licence at {licence_page(repo_id)}, make a read token at {TOKEN_PAGE}, "
        "and set HF_TOKEN to it."
    )


def _licence_missing(repo_id: str) -> SetupError:
    return SetupError(
        f"The account behind the hub token may not read {repo_id}: its licence is not accepted, "
        "or the token lacks the right to read gated models. Accept the licence at "
        f"{licence_page(repo_id)} with that account, and check HF_TOKEN's rights at {TOKEN_PAGE}."
    )


def _token_refused(repo_id: str) -> SetupError:
    return SetupError(
        f"The hub does not accept the token that was sent for {repo_id}: it is mistyped, expired "
        f"or revoked. Make a new read token at {TOKEN_PAGE} and set HF_TOKEN to it. The licence "
        f"is at {licence_page(repo_id)}."
    )


def _model_unknown(repo_id: str, *, has_token: bool) -> SetupError:
    way_out = "the token may not see it" if has_token else "it is private and HF_TOKEN is not set"
    return SetupError(
        f"The hub shows no model {repo_id}: the name is wrong, or {way_out}. "
        f"Look at {licence_page(repo_id)}."
    )


def _explain_setting(error: BaseException, repo_id: str) -> InterlinearError | None:
    from huggingface_hub.errors import HFValidationError, OfflineModeIsEnabled

    if isinstance(error, OfflineModeIsEnabled):
        return SetupError(
            f"{repo_id} is not on this machine and HF_HUB_OFFLINE forbids to fetch it. "
            "Unset HF_HUB_OFFLINE and try again."
        )
    if isinstance(error, HFValidationError):
        return SetupError(f"{repo_id!r} is not the name of a model: it must read owner/name.")
    return None


def _explain_disk(error: BaseException) -> InterlinearError | None:
    if not isinstance(error, OSError):
        return None
    # A firewall forbids with the same number, but names no file.
    is_about_a_file = error.filename is not None and error.errno in UNWRITABLE
    if error.errno not in FULL and not is_about_a_file:
        return None
    place = f" ({error.filename})" if error.filename else ""
    return StorageError(
        f"The model cannot be written to the cache: {error.strerror}{place}. "
        "Make room or mend the rights, or set HF_HOME to another folder, and try again."
    )


def _explain_network(error: BaseException, repo_id: str, endpoint: str) -> InterlinearError:
    from huggingface_hub.errors import HfHubHTTPError

    for cause in _causes(error):
        if isinstance(cause, HfHubHTTPError):
            return NetworkError(
                f"{endpoint} answered with status {cause.response.status_code} when asked for "
                f"{repo_id}. Try again later."
            )
    if type(error) is OSError:
        return NetworkError(
            f"A file of {repo_id} did not arrive whole from {endpoint}. Nothing of it was kept; "
            "try again, the files that are whole will not be fetched twice."
        )
    return NetworkError(
        f"There is no connection to {endpoint}, so {repo_id} cannot be fetched "
        f"({type(error).__name__}). Try again; on a machine without network, copy the model's "
        "folder from another machine and give its path instead of the name."
    )
