"""A stack's own assets: copies of renditions, marked so that a lost answer makes no second one.

Source: reference/destinations.md, 1.4.
"""

import json
import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_app.channels.contentstack.transport import Json, Transport, moment

IN_NO_NAME = re.compile(r"[#%^+\\/?*:|\"'<>{}=,\s]")
"""What the service writes an underscore for in names of files."""


def stored_name(name: str) -> str:
    """A file's name as the service keeps it."""
    return IN_NO_NAME.sub("_", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackAsset:
    """An asset as it is; `published` are the versions by (environment, locale)."""

    uid: str
    filename: str
    version: int
    published: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is sent; `name` is what it is called there."""

    file: Path
    name: str
    title: str
    tags: tuple[str, ...]


class StackAssets:
    """Of one stack's branch; thread-safe, methods block and raise BridgeError."""

    def __init__(self, transport: Transport, environment: str) -> None:
        self._transport = transport
        self._environment = environment

    def marked(self, tag: str) -> StackAsset | None:
        """The asset with a tag, which is one of ours; None if there is none."""
        query = json.dumps({"tags": {"$in": [tag]}})
        told = self._transport.get("assets", query=query, include_publish_details="true", limit=1)
        rows = told["assets"]
        return _asset(rows[0]) if rows else None

    def one(self, uid: str) -> StackAsset:
        """By its identifier. Raises NotFoundError."""
        told = self._transport.get(f"assets/{uid}", include_publish_details="true")
        return _asset(told["asset"])

    def folder(self, path: str) -> str:
        """The identifier of a folder, which is made if need be; "" for the root."""
        parent = ""
        for name in filter(None, path.split("/")):
            parent = self._folder(name, parent)
        return parent

    def upload(self, new: Upload, folder: str) -> StackAsset:
        """A new asset. Whoever tries again looks for its mark first."""
        texts = {"asset[parent_uid]": folder} if folder else {}
        return self._sent("POST", "assets", new, texts)

    def replace(self, uid: str, new: Upload) -> StackAsset:
        """Another file under the same identifier."""
        return self._sent("PUT", f"assets/{uid}", new, {})

    def publish(self, asset: StackAsset, locale: str) -> None:
        """Have it published as it is now, unless it is; that is queued there."""
        if asset.version not in self._published(asset, locale):
            body = self._publishing(locale) | {"version": asset.version}
            self._transport.send("POST", f"assets/{asset.uid}/publish", body)

    def bound(self, asset: StackAsset, locale: str, ends: datetime | None) -> None:
        """Have it taken back at a moment in UTC, instead of when that was said before."""
        path = f"assets/{asset.uid}"
        body = self._publishing(locale)
        self._transport.send("POST", f"{path}/publish", body | {"version": asset.version})
        if ends is not None:
            later = {"scheduled_at": moment(ends)}
            self._transport.send("POST", f"{path}/unpublish", body | later)

    def unpublish(self, asset: StackAsset, locale: str) -> None:
        """Have it taken back in a locale, if it is there."""
        if self._published(asset, locale):
            path = f"assets/{asset.uid}/unpublish"
            self._transport.send("POST", path, self._publishing(locale))

    def _published(self, asset: StackAsset, locale: str) -> set[int]:
        """The versions that are published; the environment may be told by name or identifier."""
        rows = self._transport.get("environments")["environments"]
        own = {str(one["uid"]) for one in rows if one.get("name") == self._environment}
        names = own | {self._environment}
        found = {asset.published.get((name, locale)) for name in names}
        return {version for version in found if version is not None}

    def _publishing(self, locale: str) -> Json:
        chosen = {"environments": [self._environment], "locales": [locale]}
        return {"asset": chosen, "locale": locale}

    def _folder(self, name: str, parent: str) -> str:
        query = json.dumps({"is_dir": True, "name": name})
        told = self._transport.get("assets", query=query, include_folders="true")
        for row in told["assets"]:
            if (row.get("parent_uid") or "") == parent:
                return str(row["uid"])
        body = {"asset": {"name": name} | ({"parent_uid": parent} if parent else {})}
        return str(self._transport.send("POST", "assets/folders", body)["asset"]["uid"])

    def _sent(self, method: str, path: str, new: Upload, texts: dict[str, str]) -> StackAsset:
        texts = texts | {"asset[title]": new.title, "asset[tags]": ",".join(new.tags)}
        kind = mimetypes.guess_type(new.name)[0] or "application/octet-stream"
        with new.file.open("rb") as file:
            part = {"asset[upload]": (new.name, file, kind)}
            told = self._transport.send_file(method, path, texts, part)
        return _asset(told["asset"])


def _asset(row: Json) -> StackAsset:
    return StackAsset(
        uid=str(row["uid"]),
        filename=str(row.get("filename", "")),
        version=int(row.get("_version", 1)),
        published={
            (str(one.get("environment")), str(one.get("locale"))): int(one["version"])
            for one in row.get("publish_details") or ()
            if one.get("version") is not None
        },
    )
