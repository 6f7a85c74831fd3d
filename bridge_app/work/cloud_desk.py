"""What is asked about assets in the cloud beyond seeing them: changes, versions, relations.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from bridge_app.delivery.accounts import Account, Credentials
from bridge_app.delivery.links import AddressWish
from bridge_app.delivery.operations import KeptAsset, Operations
from bridge_app.delivery.uploads import CloudinaryEnvironment, RemoteOrder
from bridge_app.domain.access_rules import access_rules, widens
from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.cloud import CloudAsset, FolderMode, catalog_id, cloud_library
from bridge_app.domain.cloud_changes import (
    RELEASING,
    ChangePlan,
    CloudAction,
    CloudChange,
    Wish,
    named_wish,
    once_done,
    opposite,
    plan_changes,
)
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    InvalidInputError,
    NoAddressError,
    NotFoundError,
)
from bridge_app.domain.folder_changes import FolderPlace, Surroundings, plan_folder
from bridge_app.domain.gate import SENTENCES, Reason
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.uses import Use
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.cloud_places import tagged
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.storage.waiting_changes import waiting_changes
from bridge_app.work.cloud_jobs import changes_of, is_leaving, new_jobs
from bridge_app.work.kinds import CLOUD_CHANGE

REMEMBERED = 500
"""Jobs looked through for what was deleted."""


class NotSyncedError(BridgeError):
    """A folder can only be changed when all that is in it is known."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Not all assets of this environment are known here yet, so nobody can say what changing "
        "the folder {name} would do. Wait until the sync is through, then try again.",
    )


class Accounts(Protocol):
    """Who the environments are, and how they are opened."""

    def account(self, environment: str) -> Account:
        """The account of an environment. Raises NotFoundError."""

    def credentials(self, environment: str) -> Credentials:
        """What every call needs. Raises NotFoundError, CredentialsError or NoKeyringError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What the gate says: its reasons `against`, "" for none, and `until` when it allows it."""

    against: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the desk is lent.

    `size` tells how many assets a library holds; `fetch` writes what an address gives into a
    file and returns its size; `leave` is what the gate says of knowing a copy at such an address,
    `bars` whether something that a transformation lays on may not be used so there.
    """

    mirror: CloudMirror
    size: Callable[[LibraryId], int]
    fetch: Callable[[str, Path], int]
    leave: Callable[[CloudAsset, AddressWish], Leave]
    bars: Callable[[str, str, Use], bool]


UNSEEN = frozenset({"private", "authenticated"})
"""Delivery types of what not everybody can see."""


class CloudDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        queue: Puts jobs into the ledger; on disk when it returns.
    """

    def __init__(
        self,
        readers: Readers,
        jobs: Jobs,
        accounts: Accounts,
        *,
        queue: Callable[[Sequence[NewJob]], list[int]],
        means: Means,
    ) -> None:
        self._readers = readers
        self._jobs = jobs
        self._accounts = accounts
        self._queue = queue
        self._means = means

    def bring_in(self, environment: str, order: RemoteOrder) -> str | None:
        """Have the service fetch a file: its asset ID, None where something is there already.

        Raises GateRefusalError for one that everybody could see then, for nobody approved it,
        and what opening the environment and the service's answer raise.
        """
        if order.delivery_type not in UNSEEN:
            raise GateRefusalError(name=order.public_id, reasons=SENTENCES[Reason.NOT_APPROVED])
        opened = CloudinaryEnvironment(self._accounts.credentials(environment))
        reply = opened.upload_from(order)
        return None if reply.get("existing") else str(reply.get("asset_id") or "")

    # Changes

    def plan(self, assets: Sequence[AssetId], wish: Wish) -> ChangePlan:
        """What carrying out a wish would do; from what is mirrored, and wished before.

        Raises NotFoundError if none of these is an asset of the cloud, InvalidInputError, or
        GateRefusalError where more people could see what the gate holds back.
        """
        chosen = self._expected(assets)
        if wish.action is CloudAction.ACCESS:
            rules = access_rules(wish.values)
            self._check_seen(one for one in chosen if widens(one.access_control, rules))
        elif (wish.action, wish.value) == RELEASING:
            self._check_seen(chosen)
        environment = chosen[0].environment
        with self._readers.lent() as reader:
            return plan_changes(
                chosen,
                wish,
                mode=self._mode(environment),
                total=self._means.size(cloud_library(environment)),
                taken=partial(_is_taken, reader, environment),
            )

    def plan_name(self, asset: AssetId, name: str) -> ChangePlan:
        """What giving one asset another name would do. Raises as `plan` does."""
        (found,) = self._expected([asset])
        return self.plan([asset], named_wish(name, self._mode(found.environment), found))

    def plan_folder(self, place: FolderPlace, to: str) -> ChangePlan:
        """What giving a whole folder the path `to` would do; from what is mirrored.

        Raises NotSyncedError while that is not everything, or InvalidInputError.
        """
        mirror, environment = self._means.mirror, place.environment
        state = mirror.state(environment)
        if state is None or not state.complete:
            raise NotSyncedError(name=place.path)
        ids = sorted(mirror.in_folder(environment, place.path))
        known = mirror.assets(environment, ids)
        with self._readers.lent() as reader:
            around = Surroundings(
                mode=self._mode(environment),
                total=self._means.size(cloud_library(environment)),
                folders={folder.path for folder in mirror.folders(environment)},
                taken=partial(_is_taken, reader, environment),
            )
            return plan_folder(place, to, [known[one] for one in ids if one in known], around)

    def plan_return(self, changes: Sequence[CloudChange]) -> list[CloudChange]:
        """What brings back what these changes deleted."""
        back = (opposite(change) for change in changes if change.action is CloudAction.DELETE)
        return [change for change in back if change is not None]

    def carry_out(self, plan: ChangePlan) -> str:
        """Queue what a plan does; on disk on return. Returns the batch."""
        return self.queue([*(step.change for step in plan.doing), *plan.after])

    def queue(self, changes: Sequence[CloudChange]) -> str:
        """Queue changes; on disk on return. Returns the batch."""
        batch = uuid.uuid4().hex
        before = self._waiting(catalog_id(one.environment, one.asset_id) for one in changes)
        self._queue(list(new_jobs(changes, batch, before=before)))
        return batch

    def ended(self, batch: str) -> list[JobRecord] | None:
        """What became of a batch, when all of it is finished; None until then."""
        jobs = self._jobs.batch(batch)
        if not all(job.state.is_finished for job in jobs):
            return None
        return [job for job in jobs if not is_leaving(job.params)]

    def undo(self, batch: str) -> str | None:
        """Queue the opposite of what a batch did; None if nothing of it can be undone."""
        changes = [
            change
            for job in self._jobs.batch(batch)
            if job.state is JobState.DONE and (job.result or {}).get("backup") is not False
            for change in changes_of(job.params)
        ]
        back = [change for change in map(opposite, changes) if change is not None]
        return self.queue(back) if back else None

    def can_undo(self, batch: str) -> bool:
        """Is there something that a person can take back?"""
        return any(
            (job.result or {}).get("backup") is not False
            and opposite(changes_of(job.params)[0]) is not None
            for job in self._jobs.batch(batch)
            if job.state is JobState.DONE and not is_leaving(job.params)
        )

    def deleted(self) -> list[CloudChange]:
        """What was deleted here lately, the newest first; the mirror forgets it, the ledger not."""
        jobs = self._jobs.recent((CLOUD_CHANGE,), limit=REMEMBERED)
        return [
            change
            for job in jobs
            if job.state is JobState.DONE
            for change in changes_of(job.params)
            if change.action is CloudAction.DELETE
        ]

    # What the service knows of one asset

    def kept(self, asset: AssetId) -> KeptAsset:
        """The asset as it is now, with its kept versions. One call."""
        (found,) = self._assets([asset])
        kept = self._operations(found.environment).now(
            found.asset_id, self._mode(found.environment)
        )
        if kept is None:
            raise NotFoundError(what=f"{found.name} at Cloudinary")
        return kept

    def download(self, asset: AssetId, version_id: str, into: Path) -> int:
        """Write a kept version to a file that does not exist yet; its size in bytes."""
        (found,) = self._assets([asset])
        operations = self._operations(found.environment)
        return operations.download_version(found.asset_id, version_id, into, self._means.fetch)

    def related(self, asset: AssetId) -> tuple[CloudAsset, ...]:
        """The assets it is related to. One call."""
        (found,) = self._assets([asset])
        operations = self._operations(found.environment)
        return operations.related(found.asset_id, self._mode(found.environment))

    def address(self, asset: AssetId, wish: AddressWish | None = None) -> str:
        """The asset's delivery URL, signed where it has to be, if the gate lets it be known.

        One with a token ends with the rights, and with what lets it pass. Raises NoAddressError,
        CannotSignError or InvalidInputError among others.
        """
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.delivery.addresses import asset_url  # noqa: PLC0415

        (found,) = self._assets([asset])
        chain = wish or AddressWish()
        leave = self._means.leave(found, chain)
        if leave.against:
            raise NoAddressError(name=found.name, reasons=leave.against)
        if chain.token_key is not None and leave.until is not None:
            expires = min(chain.expires, int(leave.until.timestamp()))
            chain = replace(chain, expires=expires)
        credentials = self._accounts.credentials(found.environment)
        return asset_url(found, credentials, chain)

    def remote_address(self, environment: str, remote: str, wish: AddressWish) -> str:
        """The address at which an environment delivers what it fetches from another one.

        Raises NoAddressError where that is, or shows, something there that the gate holds back.
        """
        fetched = f"l_fetch:{urlsafe_b64encode(remote.encode()).decode()}"
        through = "/".join(filter(None, (wish.transformation, fetched)))
        if self._means.bars(environment, through, wish.use):
            raise NoAddressError(name=remote, reasons=SENTENCES[Reason.LAYER])
        from bridge_app.delivery.addresses import fetch_url  # noqa: PLC0415 - as in `address`

        return fetch_url(remote, self._accounts.credentials(environment), wish)

    def list_address(self, environment: str, tag: str, wish: AddressWish) -> str:
        """The address at which an environment lists the images with a tag.

        Raises NoAddressError while the gate holds back one of them.
        """
        with self._readers.lent() as reader:
            listed = reader.ask(lambda connection: tagged(connection, environment, "image", tag))
        self._check_known(environment, listed)
        from bridge_app.delivery.addresses import list_url  # noqa: PLC0415 - as in `address`

        return list_url(tag, self._accounts.credentials(environment), wish)

    def folder_link(self, place: FolderPlace, *, seconds: int) -> str:
        """An address that shows anybody what a folder holds, as JSON, for so long.

        Raises NoAddressError as `check_folder` does, CannotSignError, CredentialsError or
        NoKeyringError.
        """
        self.check_folder(place)
        # As in `address`.
        from bridge_app.delivery.addresses import search_url  # noqa: PLC0415

        expression = place.expression(self._mode(place.environment))
        credentials = self._accounts.credentials(place.environment)
        return search_url(expression, credentials, seconds=seconds)

    def check_folder(self, place: FolderPlace) -> None:
        """May everything in a folder be known? Raises NoAddressError for the first that may not."""
        inside = self._means.mirror.in_folder(place.environment, place.path)
        self._check_known(place.environment, inside)

    def _check_known(self, environment: str, assets: Iterable[str]) -> None:
        inside = self._means.mirror.assets(environment, assets)
        for copy in sorted(inside.values(), key=lambda one: one.public_id):
            leave = self._means.leave(copy, AddressWish())
            if leave.against:
                raise NoAddressError(name=copy.name, reasons=leave.against)

    def _check_seen(self, chosen: Iterable[CloudAsset]) -> None:
        for copy in chosen:
            leave = self._means.leave(copy, AddressWish())
            if leave.against:
                raise GateRefusalError(name=copy.name, reasons=leave.against)

    def _assets(self, assets: Sequence[AssetId]) -> list[CloudAsset]:
        with self._readers.lent() as reader:
            found: Mapping[AssetId, CloudAsset] = reader.cloud_assets(assets)
        if not found:
            raise NotFoundError(
                what=QT_TRANSLATE_NOOP("facts", "A Cloudinary asset in this choice")
            )
        if len(found) < len(set(assets)):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "This choice"),
                detail=QT_TRANSLATE_NOOP(
                    "facts", "some of it are files here, not assets at Cloudinary"
                ),
            )
        return [found[asset] for asset in dict.fromkeys(assets)]

    def _expected(self, assets: Sequence[AssetId]) -> list[CloudAsset]:
        """The assets as they will be when what was wished for them before is done."""
        found = self._assets(assets)
        waiting = [one for changes in self._waiting(assets).values() for one in changes]
        return [
            once_done(asset, (one for one in waiting if one.asset_id == asset.asset_id))
            for asset in found
        ]

    def _waiting(self, assets: Iterable[AssetId]) -> dict[int, tuple[CloudChange, ...]]:
        with self._readers.lent() as reader:
            found = reader.ask(lambda connection: waiting_changes(connection, assets))
        return {number: changes_of(params) for number, params in found.items()}

    def _operations(self, environment: str) -> Operations:
        return Operations(self._accounts.credentials(environment))

    def _mode(self, environment: str) -> FolderMode:
        told = self._accounts.account(environment).folder_mode
        state = self._means.mirror.state(environment) if told is None else None
        return told or (state.folder_mode if state else FolderMode.DYNAMIC)


def _is_taken(
    reader: CatalogReader, environment: str, resource_type: str, delivery_type: str, public_id: str
) -> bool:
    """Has another asset that public ID?"""
    there = reader.cloud_assets(reader.cloud_named(environment, public_id))
    kind = (resource_type, delivery_type)
    return any((one.resource_type, one.delivery_type) == kind for one in there.values())
