"""Moderation: who has looked at an asset, and what they said.

Source: reference/cloudinary.md 11. Only people moderate here; automatic kinds are add-ons.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bridge_app.sandbox.cloudinary.addons import no_subscription
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.records import StoredAsset

MANUAL = "manual"
AUTOMATIC = re.compile(
    r"(perception_point|webpurify|aws_rek|aws_rek_video|google_video_moderation|duplicate"
    r"|metascan)(:.*)?"
)
DECISIONS = frozenset({"approved", "rejected"})
STATUSES = DECISIONS | {"pending", "queued", "aborted"}

Moderation = Mapping[str, Any]


def requested(text: str) -> tuple[Moderation, ...]:
    """The moderations that an upload asks for: the first one is pending, the others wait.

    Raises:
        CloudinaryError: 400, there is no such kind; 420, nobody subscribed to it.
    """
    kinds = [kind.strip() for kind in text.split("|") if kind.strip()]
    for kind in kinds:
        if kind == MANUAL:
            continue
        if AUTOMATIC.fullmatch(kind):
            raise no_subscription(kind.partition(":")[0])
        raise bad_request(f"Moderation {kind} moderation is not valid")
    return tuple(
        {"kind": kind, "status": "queued" if place else "pending"}
        for place, kind in enumerate(kinds)
    )


def decided(asset: StoredAsset, status: str, *, at: str) -> StoredAsset:
    """The asset after somebody approved or rejected it; a rejection ends what still waits.

    Raises:
        CloudinaryError: 400, that is no decision.
    """
    if status not in DECISIONS:
        raise bad_request(f"Illegal value {status} for moderation_status")
    before = asset.moderation or ({"kind": MANUAL},)
    current = _current_place(before)
    after = [*before]
    after[current] = {**before[current], "status": status, "updated_at": at}
    for place in range(current + 1, len(after)):
        follows = place == current + 1 and status == "approved"
        after[place] = {**after[place], "status": _next_status(status, follows=follows)}
    return replace(asset, moderation=tuple(after))


def _next_status(status: str, *, follows: bool) -> str:
    """What becomes of a moderation that comes after the one decided on."""
    if status == "rejected":
        return "aborted"
    return "pending" if follows else "queued"


def _current_place(moderations: Sequence[Moderation]) -> int:
    """The one that is being carried out, or that ended it all; the last when all are done."""
    statuses = [one.get("status") for one in moderations]
    for status in ("pending", "rejected"):
        if status in statuses:
            return statuses.index(status)
    return len(moderations) - 1


def current(asset: StoredAsset) -> Moderation | None:
    """The moderation that counts now; None for an asset that nobody is to look at."""
    if not asset.moderation:
        return None
    return asset.moderation[_current_place(asset.moderation)]


def is_rejected(asset: StoredAsset) -> bool:
    """Whether somebody rejected it; such an asset is not delivered."""
    return any(one["status"] == "rejected" for one in asset.moderation)
