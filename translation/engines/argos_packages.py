"""Find Argos packages on disk, and the way through them from one language to another."""

import json
import os
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcast.errors import SetupError
from podcast.files.model_files import check_any, check_ctranslate2

DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
"""Where argostranslate looks for its package index unless it is told otherwise."""

TOKENIZERS = ("sentencepiece.model", "bpe.model")


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """One installed translation package.

    Attributes:
        path: Its folder.
        source: Code of the language it translates from.
        target: Code of the language it translates into.
        version: The package's own version, such as "1.9".
    """

    path: Path
    source: str
    target: str
    version: str


@dataclass(frozen=True, slots=True)
class ArgosSettings:
    """Where argostranslate keeps packages and where it gets them.

    Attributes:
        folder: The folder of unpacked packages.
        index_url: The package index.
    """

    folder: Path
    index_url: str


def argos_settings(environment: Mapping[str, str] = os.environ) -> ArgosSettings:
    """Read argostranslate's own settings as it documents them, without importing it.

    Importing the library takes seconds and creates folders in the home directory.

    Args:
        environment: The variables; those win over the library's settings.json.
    """
    home = Path(environment.get("SNAP_USER_DATA", Path.home()))
    data = Path(environment.get("XDG_DATA_HOME", home / ".local" / "share"))
    config = Path(environment.get("XDG_CONFIG_HOME", home / ".config"))
    saved = _read_json(config / "argos-translate" / "settings.json")
    known = {**(saved if isinstance(saved, dict) else {}), **environment}
    default_folder = data / "argos-translate" / "packages"
    return ArgosSettings(
        folder=Path(known.get("ARGOS_PACKAGES_DIR", default_folder)),
        index_url=str(known.get("ARGOS_PACKAGE_INDEX", DEFAULT_INDEX)).rstrip("/") + "/index.json",
    )


def find_packages(folder: Path | None = None) -> tuple[ArgosPackage, ...]:
    """Return the translation packages of a folder, by name; none if there is no such folder.

    Args:
        folder: Folder of unpacked packages; None takes argostranslate's own.

    Raises:
        SetupError: A package is broken.
    """
    folder = folder or argos_settings().folder
    if not folder.is_dir():
        return ()
    found = (path for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] != ".")
    return tuple(read_package(path) for path in found if _translates(path))


def read_package(path: Path) -> ArgosPackage:
    """Read what an unpacked package is.

    Raises:
        SetupError: Something that every package has is missing from it.
    """
    missing = _missing_parts(path)
    if missing:
        raise SetupError(
            f"The Argos package {path} is broken: it lacks {', '.join(missing)}. "
            "Delete the folder and install the package again with `interlinear models download`."
        )
    metadata = _read_json(path / "metadata.json")
    return ArgosPackage(
        path=path,
        source=metadata["from_code"],
        target=metadata["to_code"],
        version=str(metadata.get("package_version", "")),
    )


def check_package(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with an unpacked Argos package."""
    try:
        read_package(folder)
    except SetupError as error:
        return (str(error),)
    return (
        *check_ctranslate2(folder / "model" / "model.bin", "TransformerSpec"),
        *check_any(folder / "model", "*vocabulary*"),
    )


def route(packages: tuple[ArgosPackage, ...], source: str, target: str) -> tuple[ArgosPackage, ...]:
    """Return the packages that lead from one language to another, in the order of their use.

    A direct package is preferred, then the fewest steps through other languages. Of two packages
    for the same step the newer one counts.

    Raises:
        SetupError: No installed package leads there.
    """
    newest_first = sorted(packages, key=lambda p: version_key(p.version), reverse=True)
    waiting: deque[tuple[str, tuple[ArgosPackage, ...]]] = deque([(source, ())])
    reached = {source}
    while waiting:
        language, way = waiting.popleft()
        for package in newest_first:
            if package.source != language or package.target in reached:
                continue
            if package.target == target:
                return (*way, package)
            reached.add(package.target)
            waiting.append((package.target, (*way, package)))
    raise SetupError(_no_route(packages, source, target))


def version_key(version: str) -> tuple[int, ...]:
    """Return a version in a form that sorts as people count: 1.10 after 1.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _no_route(packages: tuple[ArgosPackage, ...], source: str, target: str) -> str:
    pairs = ", ".join(f"{p.source}->{p.target}" for p in packages) or "none"
    return (
        f"No installed Argos package translates {source} -> {target} (installed: {pairs}). "
        f"Install it with `interlinear models download argos-{source}-{target}`; on a machine "
        "without network, copy the unpacked package into the packages folder."
    )


def _translates(path: Path) -> bool:
    """Say whether a folder is a translation package; argostranslate has other kinds, too."""
    metadata = _read_json(path / "metadata.json")
    return not isinstance(metadata, dict) or metadata.get("type", "translate") == "translate"


def _missing_parts(path: Path) -> list[str]:
    metadata = _read_json(path / "metadata.json")
    codes = ("from_code", "to_code")
    is_described = isinstance(metadata, dict) and all(
        isinstance(metadata.get(code), str) for code in codes
    )
    missing = [] if is_described else ["a metadata.json with from_code and to_code"]
    if not (path / "model" / "model.bin").is_file():
        missing.append("model/model.bin")
    if not any((path / name).is_file() for name in TOKENIZERS):
        missing.append(" or ".join(TOKENIZERS))
    return missing


def _read_json(path: Path) -> Any:
    """Return a JSON file's content, None if it cannot be read as one."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
