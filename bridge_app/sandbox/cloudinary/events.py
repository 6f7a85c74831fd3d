"""What a call has made happen, in the words of the notices about it.

Source: reference/cloudinary.md 18. Changes of assets are seen where they are stored, so that it
does not matter which call made them; the rest is read from replies.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from bridge_app.sandbox.cloudinary.moderation import DECISIONS
from bridge_app.sandbox.cloudinary.notices import Event
from bridge_app.sandbox.records import StoredAsset

Change = tuple[StoredAsset | None, StoredAsset | None]
"""An asset before and after; None where there was or is none."""
Fields = Mapping[str, Any]

MAPPINGS = {
    "context": "resource_context_changed",
    "metadata": "resource_metadata_changed",
}
"""Fields that hold names and values, and the event of their change."""
NONE: Fields = {}
WAITING = frozenset({"pending", "queued"})
REPLIES = re.compile(
    r"(?:image|video|raw|auto|all)/(multi|sprite|generate_archive|explode|explicit)"
)
UPLOAD = re.compile(r"(?:(?:image|video|raw|auto)/)?upload")
FOLDERS = {"POST": "create_folder", "PUT": "move_or_rename_asset_folder", "DELETE": "delete_folder"}


def of_changes(changes: Iterable[Change]) -> list[Event]:
    """The events of everything one call did to stored assets; uploads tell of themselves."""
    told: dict[tuple[str, ...], Any] = {}
    events: list[Event] = []
    for before, after in changes:
        if before is not None and after is None:
            told.setdefault(("delete",), []).append(_named(before))
        elif before is not None and after is not None and before.version_id == after.version_id:
            events.extend(_renamed(before, after))
            events.extend(_moderated(before, after))
            for kind, change in _edited(before, after):
                group = told.setdefault((kind, after.resource_type, after.type), {})
                group[after.public_id] = {**_named(after), **change}
    return [*events, *(_event(group, resources) for group, resources in told.items())]


def _event(group: tuple[str, ...], resources: Any) -> Event:
    return Event(type=group[0], payload={"resources": resources, "source": "api"})


def _named(asset: StoredAsset) -> dict[str, Any]:
    return {
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        "version": asset.version,
        "resource_type": asset.resource_type,
        "type": asset.type,
        "asset_folder": asset.asset_folder,
        "display_name": asset.display_name,
    }


def _renamed(before: StoredAsset, after: StoredAsset) -> Iterator[Event]:
    """Another name, another folder, another display name: one event each."""
    named = _named(after)
    if before.key != after.key:
        ids = {"from_public_id": before.public_id, "to_public_id": after.public_id}
        types = {"from_type": before.type, "to_type": after.type}
        yield Event(type="rename", payload={**named, **ids, **types})
    if before.asset_folder != after.asset_folder:
        moved = {
            after.public_id: {
                **named,
                "from_asset_folder": before.asset_folder,
                "to_asset_folder": after.asset_folder,
            }
        }
        yield Event(type="move", payload={"resources": moved, "source": "api"})
    if before.display_name != after.display_name:
        shown = {
            after.public_id: {
                **named,
                "previous_display_name": before.display_name,
                "new_display_name": after.display_name,
            }
        }
        kind = "resource_display_name_changed"
        yield Event(type=kind, payload={"resources": shown, "source": "api"})


def _moderated(before: StoredAsset, after: StoredAsset) -> Iterator[Event]:
    """What somebody decided; and of several moderations their end."""
    if before.moderation == after.moderation:
        return
    named = {**_named(after), "uploaded_at": after.created_at, "etag": after.etag}
    for one, earlier in zip_longest(after.moderation, before.moderation, fillvalue=NONE):
        if one.get("status") in DECISIONS and one != earlier:
            status = one["status"]
            told = {
                "moderation_kind": one["kind"],
                "moderation_status": status,
                "moderation_response": status,
                "moderation_updated_at": one["updated_at"],
            }
            yield Event(type="moderation", payload={**named, **told})
    if len(after.moderation) > 1 and not WAITING & {one["status"] for one in after.moderation}:
        rejected = any(one["status"] == "rejected" for one in after.moderation)
        summary = {
            "moderation_status": "rejected" if rejected else "approved",
            "moderation": list(after.moderation),
        }
        yield Event(type="moderation_summary", payload={**named, **summary})


def _edited(before: StoredAsset, after: StoredAsset) -> Iterator[tuple[str, dict[str, Any]]]:
    """Which event, and what is said of the asset in it."""
    if set(before.tags) != set(after.tags):
        added = [tag for tag in after.tags if tag not in before.tags]
        removed = [tag for tag in before.tags if tag not in after.tags]
        yield "resource_tags_changed", {"added": added, "removed": removed, "updated": []}
    for name, kind in MAPPINGS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield kind, _difference(old, new)
    if before.access_control != after.access_control:
        yield "access_control_changed", {"access_control": after.access_control}


def _difference(old: Fields, new: Fields) -> dict[str, Any]:
    """What came, went and changed among names and values."""
    both = [name for name in new if name in old and new[name] != old[name]]
    return {
        "added": [{"name": name, "value": new[name]} for name in new if name not in old],
        "removed": [{"name": name, "value": old[name]} for name in old if name not in new],
        "updated": [
            {"name": name, "previous_value": old[name], "new_value": new[name]} for name in both
        ],
    }


def of_reply(method: str, path: str, reply: Fields) -> list[Event]:
    """The events that a reply tells of.

    Args:
        method: The request's.
        path: What follows the cloud name, without the slash.
        reply: What was answered with 200.
    """
    if method == "POST" and UPLOAD.fullmatch(path):
        whole = "public_id" in reply and reply.get("done", True)
        return [Event(type="upload", payload=reply)] if whole else []
    named = REPLIES.fullmatch(path)
    if method == "POST" and named:
        return [Event(type=named[1], payload=reply)]
    if path.startswith("folders/") and path != "folders/search" and method in FOLDERS:
        return [Event(type=FOLDERS[method], payload=_folder(path, reply))]
    if path.startswith("resources/related_assets/") and method in {"POST", "DELETE"}:
        return [Event(type="related_assets", payload=reply)]
    if method == "POST" and path.endswith("/restore"):
        return [Event(type="restore_asset_version", payload={"resources": reply})]
    return []


def _folder(path: str, reply: Fields) -> dict[str, Any]:
    """A folder's event: what the reply says, and the path where it does not."""
    folder = path.removeprefix("folders/")
    names = {"folder_path": folder, "folder_name": folder.rpartition("/")[2]}
    if "from" in reply:
        ends = {"from_path": reply["from"]["path"], "to_path": reply["to"]["path"]}
        return {**names, **ends, "source": "api"}
    return {**names, "source": "api"}
