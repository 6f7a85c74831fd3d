"""The story object of the tests: a desk with a library, an application and a sandbox."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import exiv2
from PIL import Image

from bridge_app.app.build import Parts, build
from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, LibraryRecord
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.push_plan import PushPlan, PushTarget
from bridge_app.domain.query import Query
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import MemoryStore, Secret, SecretStore
from bridge_app.work.events import Event
from bridge_app.work.pictures import Delivered

ACCOUNT = SandboxAccount(cloud_name="studio", api_key="123456789", api_secret="not-so-secret")
PATIENCE_S = 30.0
LEFT_BEHIND, DATABASES = ("audit-head.json", "settings.json"), ("catalog.db", "ledger.db")
"""What of a profile is left by a power cut, the ledger last: it is never older than the rest."""


class Clock:
    """A clock that runs with the real one, and can be put forward."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead  # noqa: TID251 - the tests' own clock

    def forward(self, step: timedelta) -> None:
        """Let time pass."""
        self._ahead += step


def picture(path: Path, seed: int = 0, size: tuple[int, int] = (320, 200)) -> Path:
    """A small JPEG whose content depends on `seed`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    colour = ((seed * 67) % 256, (seed * 151) % 256, (seed * 29 + 80) % 256)
    image = Image.new("RGB", size, colour)
    for column in range(0, size[0], 7):
        image.putpixel((column, (seed + column) % size[1]), (seed % 256, column % 256, 255))
    image.save(path, quality=90, comment=str(seed).encode())
    return path


def licensed_picture(path: Path, *, until: datetime, seed: int = 0) -> Path:
    """A picture whose PLUS licence ends with the day of `until`."""
    picture(path, seed)
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    exiv2.XmpProperties.registerNs("http://ns.useplus.org/ldf/xmp/1.0/", "plus")
    data = image.xmpData()
    data["Xmp.plus.LicenseEndDate"] = until.date().isoformat()
    image.setXmpData(data)
    image.writeMetadata()
    return path


class Desk:
    """Everything a story needs; `close` puts it away."""

    def __init__(
        self, home: Path, *, sandbox: Sandbox | None, decoder: DecoderPool | None = None
    ) -> None:
        self.home = home
        self.folder = home / "masters"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sandbox = sandbox
        self.clock = Clock()
        self._decoder = decoder
        self.store = MemoryStore()
        self.events: list[Event] = []
        self._news = threading.Condition()
        self.parts = self.build()

    def build(self, profile: Path | None = None, store: SecretStore | None = None) -> Parts:
        """Make the parts anew, on the same profile or another one."""

        def open_store(_: Secret | None) -> SecretStore:
            return store or self.store

        parts = build(
            profile or self.home / "profile",
            open_store=open_store,
            now=self.clock,
            decoder=self._decoder,
        )
        parts.worker.listen(self._heard)
        return parts

    def open(self) -> None:
        """Start the worker, with the sandbox as the account in use."""
        if self.sandbox is not None and not self.parts.worker.accounts():
            url = self.sandbox.cloudinary_url(ACCOUNT)
            self.parts.environments.keep(NewAccount.from_url(url))
        self.parts.worker.start()

    def reopen(self) -> None:
        """Close the application and open it again."""
        self.parts.close()
        self.parts = self.build()
        self.open()

    def dies(self) -> None:
        """End as by a power cut, and open again: only what is on disk at this moment is there.

        What is under way goes on for some moments, as it does at a service that was just called;
        files in folders are as they were, and never ahead of the profile.
        """
        profile, kept = self.home / "profile", self.home / "kept"
        files = {one: one.read_bytes() for one in self.folder.rglob("*") if one.is_file()}
        kept.mkdir()
        for name in LEFT_BEHIND:
            if (profile / name).exists():
                shutil.copy(profile / name, kept / name)
        for name in DATABASES:
            with (
                closing(sqlite3.connect(profile / name)) as source,
                closing(sqlite3.connect(kept / name)) as target,
            ):
                source.backup(target)
        self.parts.close()
        for name in DATABASES:
            for ending in ("", "-wal", "-shm"):
                (profile / f"{name}{ending}").unlink(missing_ok=True)
        for one in kept.iterdir():
            one.replace(profile / one.name)
        kept.rmdir()
        for file, data in files.items():
            if file.read_bytes() != data:
                file.write_bytes(data)
        self.parts = self.build()
        self.open()

    def close(self) -> None:
        """Put everything away."""
        self.parts.close()

    def _heard(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def until(self, holds: Callable[[], bool], *, what: str = "it") -> None:
        """Wait until a condition holds; looked at after every event, and now and then."""
        deadline = datetime.now(UTC) + timedelta(seconds=PATIENCE_S)  # noqa: TID251
        with self._news:
            while not holds():
                if datetime.now(UTC) > deadline:  # noqa: TID251
                    raise AssertionError(f"waited {PATIENCE_S:.0f} s for {what} in vain")
                self._news.wait(timeout=0.05)

    def is_calm(self) -> bool:
        """Does no job run, and is no push about to? What waits for something else stays.

        What was told while it was allowed may arrive a moment later: runs are over by then.
        """
        told, jobs = self.parts.worker.summary(), self.parts.stock.job_counts
        now = self.clock().isoformat()
        running = any(one.state is JobState.RUNNING for one in jobs.since(now))
        return not running and told.running == 0 and (told.paused or told.queued == 0)

    def library(self, folder: Path | None = None) -> LibraryRecord:
        """Add a folder (the desk's own by default) and wait until it is catalogued."""
        record = self.parts.worker.add_library(folder or self.folder)
        self.settled()
        return record

    def settled(self) -> None:
        """Wait until no library is being looked through."""
        self.until(lambda: not self.parts.worker.is_scanning(), what="the scan")

    def assets(self, query: Query | None = None) -> list[Asset]:
        """What the catalog answers."""
        account = self.parts.worker.current_account()
        environment = account.environment if account else None
        query = query or Query(environment=environment)
        with self.parts.stock.readers.lent() as reader:
            return reader.page(query, offset=0, limit=10_000, now=self.clock())

    def asset(self, name: str) -> Asset:
        """The asset of that name; of a master and its mirrored copy the master."""
        named = [asset for asset in self.assets() if asset.name == name]
        return min(named, key=lambda one: environment_of(one.library) is not None)

    def names(self, text: str = "") -> list[str]:
        """The names a search finds."""
        return [asset.name for asset in self.assets(Query(text=text))]

    def approve(self, *names: str) -> list[AssetId]:
        """Approve assets by name; all of them without names."""
        chosen = [asset.id for asset in self.assets() if not names or asset.name in names]
        self.parts.worker.decide(chosen, Approval.APPROVED)
        return chosen

    def plan(self, assets: Sequence[AssetId] | None = None, folder: str = "") -> PushPlan:
        """What a push of these (all by default) would do."""
        chosen = assets if assets is not None else [asset.id for asset in self.assets()]
        return self.parts.worker.plan_push(chosen, PushTarget(folder=folder))

    def push(self, assets: Sequence[AssetId] | None = None, folder: str = "") -> list[JobRecord]:
        """Push and wait for the end."""
        batch = self.parts.worker.push(self.plan(assets, folder))
        return self.finished(batch)

    def finished(self, batch: str) -> list[JobRecord]:
        """Wait until all jobs of a batch are finished."""
        worker = self.parts.worker
        self.until(lambda: all(job.state.is_finished for job in worker.batch(batch)), what=batch)
        return worker.batch(batch)

    def rendition(self, asset: Asset, preset: str) -> Delivered:
        """A delivered rendition by its preset's name."""
        chosen = next(ready for ready in READY_PRESETS if ready.name == preset)
        return self.parts.worker.rendition(asset.id, chosen)

    def use_wrong_secret(self) -> None:
        """Somebody rotated the key."""
        self._use(replace(ACCOUNT, api_secret="rotated"))

    def use_right_secret(self) -> None:
        """A person enters the right key."""
        self._use(ACCOUNT)

    def _use(self, account: SandboxAccount) -> None:
        assert self.sandbox is not None
        self.parts.environments.keep(NewAccount.from_url(self.sandbox.cloudinary_url(account)))
        self.parts.worker.use_account(account.cloud_name)

    def put(self, source: Path, name: str | None = None) -> Path:
        """Copy a file into the library's folder."""
        target = self.folder / (name or source.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(source, target))


def states(jobs: Sequence[JobRecord]) -> set[JobState]:
    """The states of some jobs."""
    return {job.state for job in jobs}
