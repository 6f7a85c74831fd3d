"""What an environment holds, asked 500 at a time: by search, by identity, and all of it.

Searches tell everything of all delivery types in one stream, with totals, but from an index that
follows writes by seconds; listings and reads by asset ID are the truth.
The decision "How the mirror knows what changed" says which is asked for what, and why.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cloudinary.api
from cloudinary.search import Search
from cloudinary.search_folders import SearchFolders

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.asset_answers import (
    assets_in,
    cloud_asset,
    cursor_in,
    folder_path,
    items,
    misunderstood,
    object_of,
    text_in,
    total_in,
)
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.cloud import CloudAsset, CloudFolder, FolderMode
from bridge_app.domain.errors import RefusedByServiceError

PAGE = 500
"""Assets a call; the most the service gives. Source: reference/cloudinary.md 4.1 and 5.1."""
FOUND = 50
"""Assets a page that a person reads."""
IDS = 100
"""Asset IDs in one read; the most the service takes. Source: reference/cloudinary.md 4.2."""
EVERYTHING = ("tags", "context", "metadata")
WITHOUT_METADATA = ("tags", "context")
"""Structured metadata in searches is a feature of larger plans (reference/cloudinary.md 5.1)."""
DELIVERY_TYPES = ("upload", "private", "authenticated", "fetch")
Call = Callable[..., Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of what a search found: `total` in all, more behind `cursor` unless it is None."""

    assets: tuple[CloudAsset, ...]
    total: int
    cursor: str | None


class Listing:
    """Questions to one environment. Methods block, run on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._fields: tuple[str, ...] = EVERYTHING
        self.environment = credentials.account.environment
        self.calls = 0
        """How many calls were made, each of which counts against the hourly limit."""
        self.waited_s = 0.0
        """How long they took in all, from the question to the whole answer."""

    def folder_mode(self) -> FolderMode:
        """Where folders come from; dynamic where the service names no mode that is known."""
        reply = self._ask(cloudinary.api.config, settings="true")
        settings = reply.get("settings")
        mode = text_in(settings, "folder_mode") if settings is not None else ""
        return FolderMode.FIXED if mode == FolderMode.FIXED else FolderMode.DYNAMIC

    def page(self, expression: str, cursor: str | None, mode: FolderMode) -> Page:
        """A page of a search, in order of creation. Raises RefusedByServiceError among others."""
        try:
            return self._page(expression, cursor, mode)
        except RefusedByServiceError:
            if self._fields == WITHOUT_METADATA:
                raise
        self._fields = WITHOUT_METADATA
        try:
            return self._page(expression, cursor, mode)
        except RefusedByServiceError:
            self._fields = EVERYTHING
            raise

    def search(self, expression: str, cursor: str | None, mode: FolderMode) -> Page:
        """A page of what a person looks for, the newest first. Raises as `page` does."""
        search = Search().expression(expression).sort_by("created_at", "desc").max_results(FOUND)
        for name in WITHOUT_METADATA:
            search.with_field(name)
        reply = self._search(search.next_cursor(cursor) if cursor else search)
        return self._found(reply, cursor, mode)

    def pages(self, expression: str, mode: FolderMode) -> Iterator[Page]:
        """All pages of a search."""
        cursor: str | None = None
        while True:
            page = self.page(expression, cursor, mode)
            yield page
            cursor = page.cursor
            if cursor is None:
                return

    def newest(self, mode: FolderMode) -> CloudAsset | None:
        """The asset that was created last; None in an empty environment."""
        search = Search().sort_by("created_at", "desc").max_results(1)
        found = assets_in(self._search(search), self.environment, mode)
        return found[0] if found else None

    def count(self, expression: str) -> int:
        """How many assets a search finds."""
        return total_in(self._search(Search().expression(expression).max_results(1)))

    def by_ids(self, asset_ids: Sequence[str], mode: FolderMode) -> tuple[CloudAsset, ...]:
        """Those of at most 100 assets that exist, as they are now; deleted ones are not among them.

        Etag, moderation and access control are not told here.
        """
        reply = self._ask(
            cloudinary.api.resources_by_asset_ids,
            list(asset_ids),
            tags=True,
            context=True,
            metadata=True,
        )
        return assets_in(reply, self.environment, mode)

    def one(self, asset_id: str, mode: FolderMode) -> CloudAsset | None:
        """An asset with all that is known of it; None if there is none with that ID (404)."""
        with cloudinary_errors():
            try:
                reply = self._call(
                    cloudinary.api.resource_by_asset_id, asset_id, media_metadata=True
                )
            except cloudinary.api.NotFound:
                return None
        return cloud_asset(reply, self.environment, mode)

    def all_ids(self, kinds: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
        """The asset IDs of everything, by the listings, which do not lag; a page at a time.

        `kinds` are pairs of resource and delivery type that may be there besides the usual ones.
        """
        reply = self._ask(cloudinary.api.resource_types)
        named = [one for one in items(reply, "resource_types") if isinstance(one, str)]
        usual = {(kind, delivery) for kind in named for delivery in DELIVERY_TYPES}
        for resource_type, delivery_type in sorted(usual | set(kinds)):
            yield from self._ids_of(resource_type, delivery_type)

    def folders(self) -> Iterator[tuple[int, tuple[CloudFolder, ...]]]:
        """All folders, empty ones too, a page at a time, each with the number of all of them."""
        cursor: str | None = None
        while True:
            search = SearchFolders().max_results(PAGE)
            reply = self._search(search.next_cursor(cursor) if cursor else search)
            yield total_in(reply), tuple(_folder(one) for one in items(reply, "folders"))
            cursor = cursor_in(reply, cursor)
            if cursor is None:
                return

    def _ids_of(self, resource_type: str, delivery_type: str) -> Iterator[tuple[str, ...]]:
        cursor: str | None = None
        while True:
            reply = self._ask(
                cloudinary.api.resources,
                resource_type=resource_type,
                type=delivery_type,
                max_results=PAGE,
                fields="asset_id",
                **({"next_cursor": cursor} if cursor else {}),
            )
            yield tuple(_identity(one) for one in items(reply, "resources"))
            cursor = cursor_in(reply, cursor)
            if cursor is None:
                return

    def _page(self, expression: str, cursor: str | None, mode: FolderMode) -> Page:
        search = Search().expression(expression).sort_by("created_at", "asc").max_results(PAGE)
        for name in self._fields:
            search.with_field(name)
        if cursor:
            search.next_cursor(cursor)
        return self._found(self._search(search), cursor, mode)

    def _found(self, reply: Mapping[str, Any], cursor: str | None, mode: FolderMode) -> Page:
        return Page(
            assets=assets_in(reply, self.environment, mode),
            total=total_in(reply),
            cursor=cursor_in(reply, cursor),
        )

    def _search(self, search: Search) -> Mapping[str, Any]:
        return self._ask(search.execute)

    def _ask(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        with cloudinary_errors():
            return self._call(call, *values, **options)

    def _call(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        self.calls += 1
        began = time.monotonic()
        try:
            return object_of(lambda: call(*values, **options, **self._credentials.options()))
        finally:
            self.waited_s += time.monotonic() - began


def changed_after(moment: str) -> str:
    """The expression for what was created, uploaded or changed after a time (UTC, to the second).

    Source: reference/cloudinary.md 5.3 and 5.4.
    """
    fields = ("last_updated.updated_at", "uploaded_at", "created_at")
    return "(" + " OR ".join(f'{field}>"{moment}"' for field in fields) + ")"


def changed_within(after: str, until: str) -> str:
    """What was changed after one time, and not after another one."""
    return f"{changed_after(after)} AND NOT {changed_after(until)}"


def created_from(start: str | None) -> str:
    """The expression for what was created from `start` on; everything for None."""
    return f'created_at>="{start}"' if start else ""


def created_within(start: str, end: str) -> str:
    """The expression for what was created from `start` on and before `end`."""
    return f'created_at>="{start}" AND created_at<"{end}"'


def _folder(reply: object) -> CloudFolder:
    path = folder_path(text_in(reply, "path"))
    if not path:
        raise misunderstood("a folder has no path")
    return CloudFolder(path=path, external_id=text_in(reply, "external_id"))


def _identity(reply: object) -> str:
    asset_id = text_in(reply, "asset_id")
    if not asset_id:
        raise misunderstood("an asset has no ID")
    return asset_id
