"""What goes when the application leaves a computer, and what stays, whatever happens.

Only what is known to be ours goes. Masters, their sidecars, and what is at services are never in a
plan; nor is a file that nobody recognises.
"""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum


class Part(StrEnum):
    """What something is to the application."""

    PROGRAM = "program"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    AUTOSTART = "autostart"
    LINK = "link"
    CACHE = "cache"
    PROFILE = "profile"


class Fate(Enum):
    """What becomes of something that lies in a profile."""

    CACHE = "it is made again by itself"
    SECRET = "it holds secrets"  # noqa: S105 - the name of a kind
    PRECIOUS = "it is what people said; it goes with the profile only"
    NEVER = "it may be somebody's work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One thing that goes: a file or folder, an entry of the keyring, or a line in a file.

    `bytes` is None where there is no size to it. `line` is what goes out of a file that stays.
    """

    part: Part
    name: str
    bytes: int | None = None
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Something that stays, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Something that was said and has not arrived; `example` is the name of one of them."""

    what: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UninstallPlan:
    """All of it. `by_hand` are commands that another program needs to be given."""

    goes: tuple[Removal, ...]
    stays: tuple[Stay, ...]
    unsent: tuple[Unsent, ...] = ()
    by_hand: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


DATABASE = r"(-wal|-shm|-journal)?"
FATES: tuple[tuple[Fate, str], ...] = (
    (Fate.CACHE, rf"(catalog|thumbs)\.db{DATABASE}"),
    (Fate.CACHE, r"(damaged|newer)-\d{8}T\d{6}-(catalog|thumbs)\.db.*"),
    (Fate.CACHE, r"logs|opened|out|door|sandbox|kits"),
    (Fate.CACHE, r"(worker|import|login-.+|shelter-.+)\.lock"),
    (Fate.SECRET, r"secrets\.sealed(\.new|\.lock)?|diagnosis\.salt"),
    (Fate.PRECIOUS, rf"ledger(-damaged-\d{{8}}T\d{{6}})?\.db{DATABASE}"),
    (Fate.PRECIOUS, r"ledger\.restored|backups|documents|audit-head\.json"),
    (Fate.PRECIOUS, r"(settings|searches|hot_folders)\.json"),
)
"""The names that the application gives in its profile, by what becomes of them."""


def fate(name: str) -> Fate:
    """What becomes of a file or folder of that name at the top of a profile."""
    for one, pattern in FATES:
        if re.fullmatch(pattern, name):
            return one
    return Fate.NEVER
