"""Leaving a computer: what of the application is here, and taking exactly that away.

The plan is made of what is found, and only what is in it goes. Nothing below a library's folder is
ever in it.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from bridge_app.app.desktop_entries import DesktopEntries, forget_associations
from bridge_app.app.installation import Installation
from bridge_app.app.profile import sole_worker
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NoKeyringError
from bridge_app.domain.uninstall_plan import (
    Fate,
    Part,
    Removal,
    Stay,
    UninstallPlan,
    Unsent,
    fate,
)
from bridge_app.storage.remains import LedgerRemains, ledger_remains
from bridge_app.storage.secrets import KeyringLockedError, SecretStore
from bridge_app.work.environment_desk import ACCOUNT_KEY
from bridge_app.work.environments import LOGIN_KEY
from bridge_app.work.feed_reading import TOKEN
from bridge_app.work.shelter_secrets import KEY as SHELTER_KEY
from bridge_app.work.stack_services import KEY as STACK_KEY
from bridge_app.work.webhooks import KEY as WEBHOOK_KEY
from bridge_app.work.webhooks import KEYS_BEFORE

SECRET_NAMES = {
    "account": ("{}", LOGIN_KEY.replace("environment", "")),
    "organisation": (ACCOUNT_KEY.replace("account_id", ""),),
    "shelter": (SHELTER_KEY.replace("account", ""),),
    "stack_destination": (STACK_KEY.replace("destination", ""),),
    "webhook_endpoint": (
        WEBHOOK_KEY.replace("endpoint", ""),
        KEYS_BEFORE.replace("endpoint", ""),
    ),
    "feed": (TOKEN.replace("{feed}", "{}"),),
}
"""Table of the ledger -> the names under which those in it keep secrets."""

LEDGER = "ledger.db"
DEMO = "demo"
"""The demo's own profile, inside the real one."""

ALWAYS = (
    Stay(name="Cloudinary and every other service", why="nothing there is touched"),
    Stay(name="Masters and their sidecars", why="they are yours, wherever they are"),
)


class UnsentWorkError(BridgeError):
    """Something was said here that has not arrived where it should."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out "
        "first, or say that it may be given up.",
    )


class Uninstall:
    """One profile, one person's desktop, one program. Methods block."""

    def __init__(
        self,
        home: Path,
        *,
        entries: DesktopEntries,
        program: Installation,
        keyring: Callable[[], SecretStore],
    ) -> None:
        self._home = home
        self._entries = entries
        self._program = program
        self._keyring = keyring

    def plan(self, *, with_profile: bool) -> UninstallPlan:
        """What would go, and what would stay; nothing is changed, and no secret is shown."""
        troubles: list[str] = []
        read = {home: self._remains(home, troubles) for home in self._homes()}
        remains = [one or LedgerRemains() for one in read.values()]
        masters = [path for one in remains for path in one.libraries]
        goes = [*self._secrets(remains, troubles), *self._entries.found()]
        stays = [*ALWAYS, *(Stay(name=str(path), why="a library") for path in masters)]
        for path in self._in_profiles():
            what = fate(path.name)
            if not _is_ours(path, read[path.parent]) or _touches(path, masters):
                stays.append(Stay(name=str(path), why=Fate.NEVER.value))
            elif what is Fate.PRECIOUS and not with_profile:
                stays.append(Stay(name=str(path), why=what.value))
            else:
                goes.append(Removal(part=PARTS[what], name=str(path), bytes=_size(path)))
        goes.extend(self._own_files(masters))
        unsent = [
            Unsent(what=one.what, count=one.count, example=one.example)
            for each in remains
            for one in each.unsent
        ]
        by_hand = (self._program.removed_by,) if self._program.removed_by else ()
        return UninstallPlan(
            goes=tuple(goes),
            stays=tuple(stays),
            unsent=tuple(unsent),
            by_hand=by_hand,
            troubles=tuple(troubles),
        )

    def carry_out(self, *, with_profile: bool, despite_unsent: bool) -> list[str]:
        """Take away what the plan names; returns what could not be, as sentences.

        Raises AlreadyOpenError while a window or a worker is at the profile, and UnsentWorkError
        where work has not arrived and may not be given up; nothing was touched then.
        """
        with ExitStack() as holding:
            for home in self._homes():
                holding.enter_context(sole_worker(home))
            plan = self.plan(with_profile=with_profile)
            if plan.unsent and not despite_unsent:
                work = ", ".join(f"{one.count} × {one.what} ({one.example})" for one in plan.unsent)
                raise UnsentWorkError(work=work)
            failed = [*plan.troubles]
            for one in plan.goes:
                try:
                    self._take_away(one)
                except (OSError, BridgeError) as error:
                    failed.append(f"{one.name} could not be removed: {error}")
        self._drop_empty_folders()
        return failed

    def _take_away(self, one: Removal) -> None:
        if one.part is Part.SECRET and one.bytes is None:
            self._keyring().remove(one.name)
        elif one.line:
            forget_associations(Path(one.name))
        elif Path(one.name).is_dir() and not Path(one.name).is_symlink():
            shutil.rmtree(one.name)
        else:
            Path(one.name).unlink(missing_ok=True)

    def _homes(self) -> list[Path]:
        """The profile and the demo's, as far as they are there."""
        return [home for home in (self._home, self._home / DEMO) if home.is_dir()]

    def _in_profiles(self) -> Iterator[Path]:
        for home in reversed(self._homes()):
            # The ledger last: it says where masters are to whoever goes on after being stopped.
            for path in sorted(home.iterdir(), key=lambda one: (one.name.startswith(LEDGER), one)):
                if path != self._home / DEMO or path.is_symlink():
                    yield path

    def _remains(self, home: Path, troubles: list[str]) -> LedgerRemains | None:
        """None where the ledger cannot say what it holds."""
        try:
            return ledger_remains(home / LEDGER)
        except BridgeError as error:
            troubles.append(f"{error} What it holds is not known.")
            return None

    def _secrets(self, remains: Sequence[LedgerRemains], troubles: list[str]) -> list[Removal]:
        """The entries of the keyring that are there, by name; an entry's value is not kept."""
        names = [
            pattern.format(holder)
            for one in remains
            for table, holder in one.holders
            for pattern in SECRET_NAMES[table]
        ]
        try:
            store = self._keyring()
            return [
                Removal(part=Part.SECRET, name=name)
                for name in names
                if store.get(name) is not None
            ]
        except KeyringLockedError as error:
            if names:
                troubles.append(f"{error} Entries that may be in it: {', '.join(names)}.")
        except NoKeyringError:
            pass
        return []

    def _own_files(self, masters: Sequence[Path]) -> Iterator[Removal]:
        for path in self._program.files:
            if not _touches(path, masters):
                yield Removal(part=Part.PROGRAM, name=str(path), bytes=path.lstat().st_size)

    def _drop_empty_folders(self) -> None:
        """Folders of ours that hold nothing any more; one that holds something stays."""
        folders = {
            folder
            for path in self._program.files
            for folder in path.parents
            if folder == self._program.place or self._program.place in folder.parents
        }
        deepest_first = sorted(folders, key=lambda folder: -len(folder.parts))
        for folder in (*deepest_first, *reversed(self._homes())):
            with suppress(OSError):
                folder.rmdir()


PARTS = {Fate.CACHE: Part.CACHE, Fate.SECRET: Part.SECRET, Fate.PRECIOUS: Part.PROFILE}


def _is_ours(path: Path, remains: LedgerRemains | None) -> bool:
    """Did the application make this, and nobody else?

    Its names are common words. They count only beside a ledger, for folders only beside one that
    says where masters are, and not in a folder that people keep other things in.
    """
    home = path.parent
    if fate(path.name) is Fate.NEVER or not (home / LEDGER).is_file():
        return False
    if path.is_symlink() or not path.is_dir():
        return True
    person = Path(os.path.realpath(Path.home()))
    return remains is not None and not person.is_relative_to(os.path.realpath(home))


def _touches(path: Path, masters: Sequence[Path]) -> bool:
    """Is this where masters are, or above it, or below it?"""
    real = Path(os.path.realpath(path))
    for root in masters:
        place = Path(os.path.realpath(root))
        if real == place or real in place.parents or place in real.parents:
            return True
    return False


def _size(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; links are not followed."""
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    return sum(
        (Path(folder) / name).lstat().st_size
        for folder, _, names in os.walk(path)
        for name in names
    )
