"""The diagnostic bundle: what a maintainer needs, and nothing that is anybody's business."""

import json
import platform
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import bridge_app
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import newest_step, storage_errors
from bridge_app.storage.ledger import backups, before_migrations
from bridge_app.storage.log_file import log_folder, read_log
from bridge_app.storage.redaction import redacted
from bridge_app.storage.settings import Settings
from bridge_app.work.crew import Stock
from bridge_app.work.diagnosis.plain_words import PlainWords
from bridge_app.work.diagnosis.pseudonyms import Pseudonyms, profile_salt

LOG_ENTRIES = 400
PLAIN_SETTINGS = frozenset({"scheme", "view", "sort", "language", "welcome", "updates"})
"""Settings whose text is one of a few words of the program's own."""
PACKAGES = (
    *("PySide6-Essentials", "httpx", "httpcore", "cloudinary", "sqlite-utils", "cryptography"),
    *("keyring", "pyvips", "pyvips-binary", "av", "exiv2", "numpy", "pyarrow", "watchdog"),
)
DATABASES = (("ledger.db", "ledger"), ("catalog.db", "catalog"), ("thumbs.db", "thumbs"))


Tell = Callable[[int, int], object]
"""Hears how many of how many documents are done."""


def _untold(done: int, total: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of the bundle, as it will be written."""

    name: str
    text: str


class Diagnosis:
    """Collects the documents; blocks, for a second or two. Nothing is sent anywhere.

    Args:
        home: The profile.
        environment: More facts about where it runs, that only the window knows.
    """

    def __init__(
        self, home: Path, stock: Stock, settings: Settings, environment: dict[str, str]
    ) -> None:
        self._home = home
        self._stock = stock
        self._settings = settings
        self._environment = environment
        self._pseudonyms = Pseudonyms(profile_salt(home))

    def documents(self, tell: Tell = _untold) -> tuple[Document, ...]:
        """What the bundle consists of, in full. Raises BridgeError, and what `tell` raises."""
        makers: tuple[tuple[str, Callable[[], str]], ...] = (
            ("about.txt", self._about),
            ("settings.json", self._plain_settings),
            ("profile.txt", self._profile),
            ("jobs.txt", self._jobs),
            ("log.txt", self._log),
        )
        made: list[Document] = []
        for name, make in makers:
            tell(len(made), len(makers))
            made.append(Document(name=name, text=redacted(make())))
        tell(len(made), len(makers))
        return tuple(made)

    def _names(self) -> Iterator[tuple[str, str]]:
        """What is known here by a name; what is not is taken out word by word."""
        places = self._stock.places
        for library in places.libraries():
            yield "library", library.name
            yield "path", library.location
        for account in places.accounts():
            yield "environment", account.environment
        yield "person", self._settings.who
        yield "path", str(self._home)
        yield "path", str(Path.home())
        yield "host", platform.node()
        yield "person", Path.home().name

    def _about(self) -> str:
        lines = {
            "Asset Bridge": bridge_app.__version__,
            "Python": platform.python_version(),
            "System": f"{platform.system()} {platform.release()} {platform.machine()}",
            "Packaged": str(bool(getattr(sys, "frozen", False))),
            "File names": sys.getfilesystemencoding(),
        }
        lines |= self._environment
        lines |= {name: _version(name) for name in PACKAGES if _version(name)}
        return "\n".join(f"{name}: {value}" for name, value in lines.items())

    def _plain_settings(self) -> str:
        shown: dict[str, object] = {}
        for name, value in asdict(self._settings).items():
            is_plain = not isinstance(value, str) or name in PLAIN_SETTINGS
            shown[name] = value if is_plain else self._pseudonyms.of("text", value)
        return json.dumps(shown, indent=2, sort_keys=True)

    def _profile(self) -> str:
        lines = []
        for file, schema in DATABASES:
            path = self._home / file
            if not path.exists():
                lines.append(f"{file}: not there")
                continue
            lines.append(f"{file}: {path.stat().st_size} bytes, at {_step(path, schema)}")
        ledger = self._home / "ledger.db"
        lines.append(f"Backups: {len(backups(ledger))}")
        lines.append(f"Copies of before a migration: {len(before_migrations(ledger))}")
        libraries = self._stock.places.libraries()
        lines.append(f"Local libraries: {len(libraries)}")
        for library in libraries:
            here = "there" if Path(library.location).is_dir() else "not there"
            lines.append(f"  {self._pseudonyms.of('library', library.name)}: {here}")
        accounts = self._stock.places.accounts()
        lines.append(f"Environments: {len(accounts)}")
        lines += [f"  {self._pseudonyms.of('environment', a.environment)}" for a in accounts]
        return "\n".join(lines)

    def _jobs(self) -> str:
        counts: Counter[tuple[str, str, str]] = Counter()
        for row in self._stock.job_counts.since(""):
            counts[row.kind, row.state.value, row.waiting_for or ""] += row.count
        lines = [
            f"{kind}: {count} {state}" + (f" for {reason}" if reason else "")
            for (kind, state, reason), count in sorted(counts.items())
        ]
        troubles = [
            f"{one.kind}: {one.count} with {one.error}" for one in self._stock.job_counts.troubles()
        ]
        return "\n".join([*(lines or ["No jobs."]), "", *(troubles or ["No trouble."])])

    def _log(self) -> str:
        words = PlainWords(self._pseudonyms, self._names())
        entries = read_log(log_folder(self._home))[-LOG_ENTRIES:]
        if not entries:
            return "Nothing was logged."
        return "\n".join(
            f"{one.at} {one.level} {words.line(one.where)}: {words.text(one.text)}"
            for one in entries
        )


def write_bundle(target: Path, documents: tuple[Document, ...], tell: Tell = _untold) -> None:
    """Write what was shown, and nothing else, wholly or not at all.

    Raises DiskFullError or StorageTroubleError, and what `tell` raises.
    """
    fresh = target.with_name(f".{target.name}.part")
    with storage_errors(target):
        try:
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as bundle:
                for number, document in enumerate(documents):
                    tell(number, len(documents))
                    bundle.writestr(document.name, document.text + "\n")
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def shown_in_full(documents: tuple[Document, ...]) -> str:
    """All documents in one text, as a person reads them before they are written."""
    return "\n\n".join(f"— {one.name} —\n{one.text}" for one in documents)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _step(path: Path, schema: str) -> str:
    try:
        return newest_step(path, schema)
    except BridgeError as error:
        return type(error).__name__
