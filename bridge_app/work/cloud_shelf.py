"""Mirrored environments as libraries, and all that is asked about them.

A part of the worker's door of its own.
"""

from collections.abc import Callable, Iterable

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.listing import Page
from bridge_app.domain.assets import AssetId, LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.cloud import CloudAsset, cloud_library, environment_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.storage.search import Readers
from bridge_app.work.mirror import Mirrors


class OnlyInCloudError(BridgeError):
    """There is no file of it on this machine."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is in Cloudinary, not in a folder here. Download it to have the file."
    )


class CloudShelf:
    """Every method may be called from any thread; those marked *blocking* only off the GUI's."""

    def __init__(
        self, mirrors: Mirrors, readers: Readers, *, accounts: Callable[[], tuple[Account, ...]]
    ) -> None:
        self._mirrors = mirrors
        self._readers = readers
        self._accounts = accounts

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """The environment in use, if it has a mirror; from memory."""
        begun = self._mirrors.begun()
        return tuple(one for one in self.possible() if one.location in begun)

    def possible(self) -> tuple[LibraryRecord, ...]:
        """The environment in use, mirrored or not; from memory."""
        return tuple(
            LibraryRecord(
                id=cloud_library(account.environment),
                name=account.label or account.environment,
                location=account.environment,
                kind=LibraryKind.CLOUDINARY,
            )
            for account in self._accounts()
            if account.in_use
        )

    def watch(self) -> None:
        """Keep the mirror of the environment in use up to date from now on."""
        self._mirrors.watch()

    def sync(self, environment: str) -> None:
        """Look at an environment now. Raises NotFoundError."""
        if all(account.environment != environment for account in self._accounts()):
            raise NotFoundError(what=f"The account {environment}")
        self._mirrors.request(environment)

    def refresh(self, environment: str, asset_ids: Iterable[str]) -> None:
        """Read these assets (Cloudinary's asset IDs) again soon, each by its ID."""
        self._mirrors.refresh(environment, asset_ids)

    def refresh_assets(self, assets: Iterable[AssetId]) -> None:
        """Read these assets of the catalog again soon; those that are no cloud assets are left."""
        by_environment: dict[str, list[str]] = {}
        with self._readers.lent() as reader:
            for asset in reader.cloud_assets(list(assets)).values():
                by_environment.setdefault(asset.environment, []).append(asset.asset_id)
        for environment, asset_ids in by_environment.items():
            self._mirrors.refresh(environment, asset_ids)

    def search(self, environment: str, expression: str, cursor: str | None = None) -> Page:
        """A page of what the service finds in the whole environment, the newest first. Blocking.

        What the mirror lacks of it is fetched soon. Raises BridgeError, of an expression that
        the service does not understand RefusedByServiceError.
        """
        page = self._mirrors.search(environment, expression, cursor)
        with self._readers.lent() as reader:
            known = reader.cloud_assets([asset.id for asset in page.assets])
        unknown = [asset.asset_id for asset in page.assets if asset.id not in known]
        if unknown and environment in self._mirrors.begun():
            self._mirrors.refresh(environment, unknown)
        return page

    def cancel(self, library: LibraryId) -> None:
        """End the sync that is under way; what was fetched stays."""
        self._mirrors.cancel(environment_of(library) or "")

    def is_idle(self) -> bool:
        """Is nothing being fetched, and nothing asked for?"""
        return self._mirrors.is_idle()

    def forget(self, environment: str) -> None:
        """Remove an environment's mirror from this machine. Blocking."""
        self._mirrors.forget(environment)

    def asset(self, asset: AssetId) -> CloudAsset | None:
        """What Cloudinary says of a cloud asset; None for any other. Blocking."""
        with self._readers.lent() as reader:
            return reader.cloud_asset(asset)
