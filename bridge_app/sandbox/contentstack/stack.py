"""What a stack holds: content types, entries in locales with their versions, assets, branches."""

import copy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Row = dict[str, Any]

MASTER = "en-us"
API_KEY = "blt5a9d0b0x"
TOKEN = "cs-demo-management-token"  # noqa: S105 - a stranger may know it


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSettings:
    """How the stack is set up; `calls_per_s` None: without a limit."""

    api_key: str = API_KEY
    management_token: str = TOKEN
    calls_per_s: float | None = 10.0
    most_assets: int = 10_000


@dataclass(slots=True, kw_only=True)
class Entry:
    """An entry: its versions by locale, the newest last, and which is published where.

    `published` has version and time by environment and locale, `ends` when it is to be taken back;
    publishing it anew ends that schedule.
    """

    uid: str
    content_type: str
    versions: dict[str, list[Row]] = field(default_factory=dict)
    published: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    ends: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Branch:
    """What is particular to a branch."""

    content_types: dict[str, Row] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    assets: dict[str, Row] = field(default_factory=dict)


class Stack:
    """All of it. Used by the server's thread; tests may look when nobody calls."""

    def __init__(self, settings: StackSettings, *, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self._now = now
        self.branches = {"main": Branch(), "dev": Branch()}
        self.locales: dict[str, Row] = {
            MASTER: {"code": MASTER, "name": "English", "fallback_locale": None},
            "de-de": {"code": "de-de", "name": "German", "fallback_locale": MASTER},
            "fr-fr": {"code": "fr-fr", "name": "French", "fallback_locale": MASTER},
        }
        self.environments = {name: self.new_uid() for name in ("production", "staging")}
        self.unkept = 0
        """So many publications of entries are promised, and not carried out."""
        self.asset_ends: dict[tuple[str, str, str], str] = {}
        """When assets are to be taken back: by asset, environment and locale."""
        self.calls: list[tuple[str, str, int]] = []
        """Method, path and status of each call, the oldest first."""

    def moment(self) -> str:
        """Now, as records say it."""
        return self._now().isoformat(timespec="milliseconds")

    def new_uid(self) -> str:
        """An identifier as the service makes them."""
        return f"blt{secrets.token_hex(8)}"

    # Entries

    def add_entry(self, branch: Branch, content_type: str, fields: Row, locale: str) -> Entry:
        """A new entry with its first version."""
        entry = Entry(uid=self.new_uid(), content_type=content_type)
        branch.entries[entry.uid] = entry
        self._append(entry, locale, {**fields, "tags": fields.get("tags", [])}, 1)
        if locale != MASTER:
            self._append(entry, MASTER, dict(fields), 1)
        return entry

    def change_entry(self, entry: Entry, fields: Row, locale: str) -> Row:
        """The next version in a locale; its localized copy is made where there was none."""
        if locale not in entry.versions:
            fallen = {**self.shown(entry, locale), **fields}
            return self._append(entry, locale, fallen, 1)
        last = entry.versions[locale][-1]
        return self._append(entry, locale, {**last, **fields}, last["_version"] + 1)

    def shown(self, entry: Entry, locale: str, version: int | None = None) -> Row:
        """An entry as a locale shows it: its own copy, its fallback's, or the master's."""
        for code in self._fallbacks(locale):
            versions = entry.versions.get(code, [])
            fits = [one for one in versions if version in (None, one["_version"])]
            if fits:
                return fits[-1]
        return {}

    def take_off(self) -> None:
        """What was scheduled to be taken back by now."""
        now = self._now()
        for branch in self.branches.values():
            for entry in branch.entries.values():
                for place, at in list(entry.ends.items()):
                    if datetime.fromisoformat(at) <= now:
                        del entry.ends[place]
                        entry.published.pop(place, None)
            for (uid, environment, locale), at in list(self.asset_ends.items()):
                if uid in branch.assets and datetime.fromisoformat(at) <= now:
                    del self.asset_ends[uid, environment, locale]
                    where = {"environment": environment, "locale": locale}
                    row = branch.assets[uid]
                    rows = row["publish_details"]
                    row["publish_details"] = [one for one in rows if where.items() - one.items()]

    def told(self, entry: Entry, row: Row, *, details: bool) -> Row:
        """The record of one version."""
        answer = copy.deepcopy(row)
        if details:
            answer["publish_details"] = [
                {
                    "environment": self.environments[environment],
                    "locale": code,
                    "version": version,
                    "time": time,
                }
                for (environment, code), (version, time) in sorted(entry.published.items())
            ]
        return answer

    def _fallbacks(self, locale: str) -> Iterator[str]:
        yield locale
        fallback = self.locales.get(locale, {}).get("fallback_locale")
        if fallback:
            yield fallback
        yield MASTER

    def _append(self, entry: Entry, locale: str, fields: Row, version: int) -> Row:
        kept = {name: told for name, told in fields.items() if name not in OF_THE_SERVICE}
        at = self.moment()
        row = {
            **copy.deepcopy(kept),
            "uid": entry.uid,
            "locale": locale,
            "_version": version,
            "created_at": at if version == 1 else entry.versions[locale][0]["created_at"],
            "updated_at": at,
        }
        entry.versions.setdefault(locale, []).append(row)
        return row


OF_THE_SERVICE = frozenset(
    {"uid", "locale", "_version", "created_at", "updated_at", "publish_details"}
)
