"""Read the environment, once and nowhere else, and turn it into values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

from audio.web.open_hosts import OpenHosts, parse_open_hosts
from outputs.library.object_store import is_store
from podcast.errors import BadInputError, StorageError
from podcast.language import parse_targets

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
DEMO_MODELS = DEMO / "models"
DEMO_LANGUAGES = ("ko", "zh", "ja")
"""Into which the demo models translate, whatever other languages there are."""
NO_LIMIT = "none"


class WebhookEvent(StrEnum):
    """What a webhook may be told."""

    PUBLISHED = "published"
    FAILED = "failed"


Preset = Literal["real", "demo"]
"""Which models are meant where none are named: the public ones, or those of the demo."""

MOST_SPEAKERS = 30
"""How many people a run may be told to expect."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What this machine says.

    Attributes:
        cache: Where decoded sound and finished stages are kept: INTERLINEAR_CACHE, else the
            user's cache folder.
        data: Where what only this machine's owner may read is kept, such as voices:
            INTERLINEAR_DATA, else the user's data folder.
        out: Where episodes are published unless a run says otherwise: INTERLINEAR_OUT, else
            `published` in the working folder.
        site: Address under which the folder of all episodes is served: INTERLINEAR_SITE; empty for
            none.
        mirror: Object storage that episodes are copied to: INTERLINEAR_MIRROR; empty for none.
        keep_versions: How many earlier versions of an episode stay: INTERLINEAR_KEEP_VERSIONS.
        device: "cpu", "cuda" or "auto": INTERLINEAR_DEVICE.
        side_by_side: Whether diarization and transcription run at the same time, "yes", "no", or
            "auto" for on a GPU: INTERLINEAR_SIDE_BY_SIDE.
        threads: CPU threads that each model may use, 0 for what OMP_NUM_THREADS says, else the
            libraries' own choice: INTERLINEAR_THREADS.
        cache_limit: Gigabytes that the cache may hold, 0 for no limit: INTERLINEAR_CACHE_LIMIT.
        webhook: Address to tell of episodes: INTERLINEAR_WEBHOOK; empty for none.
        webhook_events: What it is told, "published" or "published,failed":
            INTERLINEAR_WEBHOOK_EVENTS.
        contact: Whom the owners of web servers can turn to: INTERLINEAR_CONTACT; empty for none.
        open_hosts: Hosts and networks that may be asked besides the public internet:
            INTERLINEAR_OPEN_HOSTS.
        trusted_models: Folders of diarization pipelines that may run code of their own:
            INTERLINEAR_TRUSTED_MODELS, as a PATH is written.
        host_pause: Seconds between two requests to one host: INTERLINEAR_HOST_PAUSE.
        stage_limit: How many times its length a recording may keep one stage busy, in runs of a
            deployment: INTERLINEAR_STAGE_LIMIT.
        gap_limit: Seconds of silence that the gaps of a recording may need:
            INTERLINEAR_GAP_LIMIT.
        idle: Seconds that models stay loaded after a run of a deployment: INTERLINEAR_IDLE.
        shared_results: Where finished stages are kept for several machines, a folder or an
            address such as s3://bucket/results: INTERLINEAR_RESULTS; empty keeps them in the cache.
        gpu_pool: Work pool of the machines that run models: INTERLINEAR_GPU_POOL.
        cpu_pool: Work pool of the machines for all other work: INTERLINEAR_CPU_POOL.
        episodes_at_once: How many runs of process-episode all machines may have at the same time:
            INTERLINEAR_EPISODES_AT_ONCE.
        models_limit: Concurrency limit of the runs that share a processor or GPU:
            INTERLINEAR_MODELS_LIMIT; "none" for runs that each have their own, as in pods.
        llm_url: Of the server of language models, where a run names none: INTERLINEAR_LLM_URL.
        llm_model: The language model, where a run names none: INTERLINEAR_LLM_MODEL.
        llm_profiles: Folder of prompt profiles that go before the product's:
            INTERLINEAR_LLM_PROFILES; None for none.
        translators: Language -> its translator, where a run names none: INTERLINEAR_TRANSLATORS,
            such as "ko=llm zh=ct2:/models/en-zh".
        dask: Cluster that takes the bulk work, the address of its scheduler or "local:N" for N
            processes: INTERLINEAR_DASK; empty for none.
    """

    cache: Path
    data: Path
    out: Path
    site: str
    mirror: str
    keep_versions: int
    device: str
    side_by_side: str
    threads: int
    cache_limit: int
    webhook: str
    webhook_events: frozenset[WebhookEvent]
    contact: str
    open_hosts: OpenHosts
    trusted_models: frozenset[Path]
    host_pause: int
    stage_limit: int
    gap_limit: int
    idle: int
    shared_results: str
    gpu_pool: str
    cpu_pool: str
    episodes_at_once: int
    models_limit: str
    llm_url: str
    llm_model: str
    llm_profiles: Path | None
    translators: Mapping[str, str]
    dask: str

    @property
    def recordings(self) -> Path:
        """Decoded sound, by the sha256 of the file that it came from."""
        return self.cache / "recordings"

    @property
    def downloads(self) -> Path:
        """Sound fetched from the web, as it came."""
        return self.cache / "downloads"

    @property
    def cores(self) -> int:
        """Batches that a model works on at the same time where each takes one thread of a CPU."""
        named = os.environ.get("OMP_NUM_THREADS", "")
        return self.threads or int(named if named.isdecimal() else os.cpu_count() or 1)

    @property
    def hosts(self) -> Path:
        """Whose turn it is at a web server."""
        return self.cache / "hosts"

    @property
    def results(self) -> Path:
        """Finished stages, kept by Prefect: of this machine, or in a folder of several."""
        is_folder = self.shared_results and "://" not in self.shared_results
        return Path(self.shared_results) if is_folder else self.cache / "results"

    @property
    def results_address(self) -> str:
        """Object storage for finished stages; empty if they are kept in a folder."""
        return self.shared_results if "://" in self.shared_results else ""


@cache
def settings() -> Settings:
    """Read the environment."""
    environment = os.environ
    user_cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    user_data = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Settings(
        cache=Path(environment.get("INTERLINEAR_CACHE") or user_cache / "interlinear"),
        data=Path(environment.get("INTERLINEAR_DATA") or user_data / "interlinear"),
        out=Path(environment.get("INTERLINEAR_OUT") or "published"),
        site=environment.get("INTERLINEAR_SITE", "").rstrip("/"),
        mirror=_store("INTERLINEAR_MIRROR"),
        keep_versions=_count("INTERLINEAR_KEEP_VERSIONS"),
        device=environment.get("INTERLINEAR_DEVICE", "auto"),
        side_by_side=_side_by_side(environment.get("INTERLINEAR_SIDE_BY_SIDE") or "auto"),
        threads=_count("INTERLINEAR_THREADS"),
        cache_limit=_count("INTERLINEAR_CACHE_LIMIT"),
        webhook=environment.get("INTERLINEAR_WEBHOOK", ""),
        webhook_events=_events(environment.get("INTERLINEAR_WEBHOOK_EVENTS") or "published"),
        contact=_contact(environment.get("INTERLINEAR_CONTACT", "").strip()),
        open_hosts=parse_open_hosts(environment.get("INTERLINEAR_OPEN_HOSTS", "")),
        trusted_models=_folders(environment.get("INTERLINEAR_TRUSTED_MODELS", "")),
        host_pause=_count("INTERLINEAR_HOST_PAUSE", 1),
        stage_limit=_count("INTERLINEAR_STAGE_LIMIT", 20),
        gap_limit=_count("INTERLINEAR_GAP_LIMIT", 600),
        idle=_count("INTERLINEAR_IDLE", 300),
        shared_results=_folder_or_store("INTERLINEAR_RESULTS"),
        gpu_pool=environment.get("INTERLINEAR_GPU_POOL") or "local",
        cpu_pool=environment.get("INTERLINEAR_CPU_POOL") or "local",
        episodes_at_once=_count("INTERLINEAR_EPISODES_AT_ONCE") or 1,
        models_limit=environment.get("INTERLINEAR_MODELS_LIMIT") or "interlinear-models",
        llm_url=environment.get("INTERLINEAR_LLM_URL", "").strip(),
        llm_model=environment.get("INTERLINEAR_LLM_MODEL", "").strip(),
        llm_profiles=_folder("INTERLINEAR_LLM_PROFILES"),
        translators=_by_language("INTERLINEAR_TRANSLATORS"),
        dask=environment.get("INTERLINEAR_DASK", ""),
    )


def _contact(text: str) -> str:
    if not (text.isascii() and text.isprintable()):  # it goes into a header
        raise BadInputError(f"INTERLINEAR_CONTACT must be an address in ASCII, not {text!r}.")
    return text


def _events(text: str) -> frozenset[WebhookEvent]:
    try:
        return frozenset(WebhookEvent(name.strip()) for name in text.split(","))
    except ValueError as error:
        known = " and ".join(WebhookEvent)
        message = f"INTERLINEAR_WEBHOOK_EVENTS takes {known}, with a comma between, not {text!r}."
        raise BadInputError(message) from error


def _store(name: str) -> str:
    address = os.environ.get(name, "")
    if address and not is_store(address):
        raise BadInputError(f"{name}: {address!r} names no store. Give s3://bucket/folder.")
    return address


def _folder_or_store(name: str) -> str:
    return _store(name) if "://" in os.environ.get(name, "") else os.environ.get(name, "")


def _folder(name: str) -> Path | None:
    text = os.environ.get(name)
    return Path(text).expanduser().absolute() if text else None


def _folders(text: str) -> frozenset[Path]:
    return frozenset(Path(name).expanduser().resolve() for name in text.split(os.pathsep) if name)


def _side_by_side(text: str) -> str:
    if text not in {"yes", "no", "auto"}:
        raise BadInputError(f"INTERLINEAR_SIDE_BY_SIDE must be yes, no or auto, not {text!r}.")
    return text


def _by_language(name: str) -> Mapping[str, str]:
    pairs = [pair.partition("=") for pair in os.environ.get(name, "").split()]
    if any(not key or not value for key, _, value in pairs):
        raise BadInputError(f"{name} must be pairs such as ko=llm, with spaces between them.")
    try:
        return {parse_targets([key])[0].value: value for key, _, value in pairs}
    except BadInputError as error:
        raise BadInputError(f"{name}: {error}") from error


def _count(name: str, otherwise: int = 0) -> int:
    text = os.environ.get(name) or str(otherwise)
    if not text.isdecimal():
        raise BadInputError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def shell_folder() -> Path:
    """Return the folder in which the shell says that it is, by its name."""
    return Path(os.environ.get("PWD", ""))


def hub_token() -> str | None:
    """Return the model hub's token. It lives in the environment only and is never shown."""
    return os.environ.get("HF_TOKEN") or None


def llm_key() -> str:
    """Return the key of the server of language models; it lives in the environment or a file.

    Raises:
        BadInputError: The file cannot be read, or this is no key.
    """
    key, file = os.environ.get("INTERLINEAR_LLM_KEY", ""), _folder("INTERLINEAR_LLM_KEY_FILE")
    try:
        key = key or (file.read_text("utf-8") if file else "")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"INTERLINEAR_LLM_KEY_FILE names {file}, which cannot be read as text. Make it "
            "readable for whoever runs this program."
        ) from error
    if not (key.strip().isascii() and key.strip().isprintable()):  # it goes into a header
        raise BadInputError("The key of the language model's server is no line of ASCII.")
    return key.strip()


def from_environment(text: str) -> str:
    """Put variables where a text names them as $NAME or ${NAME}, such as secrets in addresses.

    Raises:
        KeyError: One is not set.
    """
    return Template(text).substitute(os.environ)


def webhook_secret() -> str | None:
    """Return what webhooks are signed with. It lives in the environment only as well."""
    return os.environ.get("INTERLINEAR_WEBHOOK_SECRET") or None


def database() -> str:
    """Return the address of the server's PostgreSQL, as Prefect wants it; empty for a file.

    It may hold a password, and so it lives in the environment only as well.

    Raises:
        BadInputError: It is no address of a PostgreSQL database.
    """
    address = os.environ.get("INTERLINEAR_DATABASE", "")
    scheme, _, rest = address.partition("://")
    if address and (scheme not in {"postgresql", "postgres", "postgresql+asyncpg"} or not rest):
        raise BadInputError(
            "INTERLINEAR_DATABASE must look like postgresql://user:password@host/database."
        )
    return f"postgresql+asyncpg://{rest}" if address else ""


def prepare_prefect(*, quiet: bool) -> None:
    """Set Prefect's defaults for a run of our own; what the user has set stays.

    Must run before Prefect is imported: it reads its environment then.

    Args:
        quiet: Keep Prefect's log off the terminal; the command shows progress itself.

    Raises:
        StorageError: The cache folder cannot be made.
    """
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "600",
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(settings().results),
    }
    if "PREFECT_API_URL" not in os.environ:
        defaults["PREFECT_HOME"] = str(settings().cache / "prefect")
    if quiet:
        defaults["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    try:
        settings().cache.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only
    except OSError as error:
        raise StorageError(
            f"The cache folder {settings().cache} cannot be made: {error.strerror}. "
            "Choose another one with INTERLINEAR_CACHE."
        ) from error
