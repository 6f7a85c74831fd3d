"""The planner of pushes: from what is here, what is there and what was said, to steps.

A pure function; the sheet shows its result, `--dry-run` prints it, the worker carries it out.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.gate import Reason, verdict

MAX_PUBLIC_ID = 255
"""Characters. Source: Cloudinary upload parameters, `public_id`."""
SUFFIX_LENGTH = 6


class PushAction(StrEnum):
    """What a push would do with one asset."""

    NEW = "new"
    NEW_VERSION = "new_version"
    SAME_CONTENT = "same_content"
    ALREADY_QUEUED = "already_queued"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PushTarget:
    """Where pushed masters go: the folder ("" is the root), tags, and an upload preset."""

    folder: str = ""
    tags: tuple[str, ...] = ()
    preset: str | None = None

    def __post_init__(self) -> None:
        parts = self.folder.split("/") if self.folder else []
        if any(not part.strip() or part in {".", ".."} for part in parts):
            raise InvalidInputError(what=self.folder, detail="a folder needs a name at each level")
        if len(self.folder) > MAX_PUBLIC_ID - 50 or re.search(r"[?&#\\%<>+]", self.folder):
            raise InvalidInputError(
                what=self.folder, detail=r"a folder name cannot hold ? & # \ % < > +"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PushStep:
    """What will happen to one asset, and why.

    `resource_type` is Cloudinary's (image, video, raw); `fallback_id` is the public ID to use
    if somebody else's content turns out to hold `public_id`; `like` names the asset or public
    ID whose content is the same; `replaces` is the SHA-256 of what a new version replaces.
    """

    asset: AssetId
    name: str
    action: PushAction
    bytes: int
    sha256: str = ""
    md5: str = ""
    public_id: str = ""
    fallback_id: str = ""
    resource_type: str = "image"
    like: str = ""
    replaces: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def sends(self) -> bool:
        """Do bytes leave in this step?"""
        return self.action in (PushAction.NEW, PushAction.NEW_VERSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushPlan:
    """All steps of a push to one product environment, with its totals."""

    environment: str
    target: PushTarget
    steps: tuple[PushStep, ...]

    def count(self, action: PushAction) -> int:
        """How many steps do this."""
        return sum(step.action is action for step in self.steps)

    @property
    def sending(self) -> tuple[PushStep, ...]:
        """The steps in which bytes leave."""
        return tuple(step for step in self.steps if step.sends)

    @property
    def bytes(self) -> int:
        """Bytes that will leave."""
        return sum(step.bytes for step in self.sending)

    @property
    def api_calls(self) -> int:
        """Requests this costs at least; uploads are not counted in the hourly limit."""
        return len(self.sending)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteState:
    """What is known of the product environment when a push is planned.

    `copies` are delivered copies by the SHA-256 of their content; `placed` maps an asset to
    the copy of it that we delivered before; `reserved` to a public ID that was chosen for it,
    although nothing of ours is there yet; `taken` are public IDs in use; `queued` are the
    (asset, SHA-256) pairs that an unfinished push already carries.
    """

    copies: Mapping[str, CloudCopy] = field(default_factory=dict)
    placed: Mapping[AssetId, CloudCopy] = field(default_factory=dict)
    reserved: Mapping[AssetId, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    queued: frozenset[tuple[AssetId, str]] = frozenset()


RESOURCE_TYPES = {Kind.IMAGE: "image", Kind.VIDEO: "video", Kind.AUDIO: "video"}
IMAGE_DOCUMENTS = frozenset({"pdf", "ai", "eps", "psd", "svg"})
IMAGE_FORMATS = frozenset(
    {
        *("jpeg", "png", "gif", "webp", "avif", "tiff", "bmp", "heic", "heif", "jp2", "jxl"),
        *("psd", "svg", "pdf", "ai", "eps", "ico", "dng", "cr2", "cr3", "nef", "arw"),
    }
)


def plan_push(
    assets: Sequence[Asset],
    *,
    target: PushTarget,
    environment: str,
    remote: RemoteState,
    now: datetime,
) -> PushPlan:
    """What a push of `assets` would do at `now` (UTC). Order is kept; nothing is changed."""
    steps: list[PushStep] = []
    taken = {canonical(public_id) for public_id in remote.taken}
    sent: dict[str, AssetId] = {}
    for asset in assets:
        step = _step(asset, target=target, remote=remote, now=now, taken=taken, sent=sent)
        if step.sends:
            taken.add(canonical(step.public_id))
            sent[step.sha256] = asset.id
        steps.append(step)
    return PushPlan(environment=environment, target=target, steps=tuple(steps))


def _step(
    asset: Asset,
    *,
    target: PushTarget,
    remote: RemoteState,
    now: datetime,
    taken: set[str],
    sent: Mapping[str, AssetId],
) -> PushStep:
    """The step of one asset; the order of the questions is the order of what matters."""
    readable = bool(asset.sha256 and asset.md5)
    answer = verdict(
        approval=asset.approval,
        rights=asset.rights,
        at=now,
        lapsed=asset.lapsed,
        readable=readable,
    )
    sha256, placed = asset.sha256 or "", remote.placed.get(asset.id)
    public_id = placed.public_id if placed else remote.reserved.get(asset.id, "")
    action, like = PushAction.NEW, ""
    if not answer.allows:
        action = PushAction.REFUSED
    elif sha256 in remote.copies:
        action, like = PushAction.SAME_CONTENT, remote.copies[sha256].public_id
        public_id = like
    elif (asset.id, sha256) in remote.queued:
        action = PushAction.ALREADY_QUEUED
    elif sha256 in sent:
        action, like = PushAction.SAME_CONTENT, str(sent[sha256])
    elif placed is not None:
        action = PushAction.NEW_VERSION
    elif not public_id:
        public_id = public_id_for(asset, target.folder, taken=taken)
    return PushStep(
        asset=asset.id,
        name=asset.name,
        action=action,
        bytes=asset.bytes,
        sha256=sha256,
        md5=asset.md5 or "",
        public_id=public_id,
        fallback_id=public_id_for(asset, target.folder, taken=None),
        resource_type=resource_type(asset),
        like=like,
        replaces=placed.sha256 if placed and action is PushAction.NEW_VERSION else "",
        reasons=answer.against,
    )


def resource_type(asset: Asset) -> str:
    """Cloudinary's resource type for this asset; what it cannot show is raw."""
    if asset.format in IMAGE_FORMATS:
        return "image"
    return RESOURCE_TYPES.get(asset.kind, "raw") if asset.kind is not Kind.IMAGE else "raw"


def public_id_for(asset: Asset, folder: str, *, taken: set[str] | None) -> str:
    """A public ID that reads like the file's name; with a suffix of the asset's own if taken.

    `taken` None always adds the suffix: that name belongs to this asset alone.
    """
    stem, dot, extension = asset.name.rpartition(".")
    if not (dot and stem):
        stem, extension = asset.name, ""
    tail = f".{slug(extension)}" if extension and resource_type(asset) == "raw" else ""
    own = hashlib.sha256(asset.id.encode()).hexdigest()[:SUFFIX_LENGTH]
    room = MAX_PUBLIC_ID - len(folder) - len(tail) - SUFFIX_LENGTH - 2
    plain = f"{folder}/{slug(stem)[:room]}" if folder else slug(stem)[:room]
    if taken is not None and canonical(plain + tail) not in taken:
        return plain + tail
    return f"{plain}_{own}{tail}"


def slug(text: str) -> str:
    """Text as it may stand in a public ID: composed, without the characters that break URLs.

    Letters, marks, digits and pictures of every script stay. Never empty; never begins or ends
    with a space or a dot; never looks like a version (`v12`). Source: Cloudinary upload
    parameters, `public_id`.
    """
    composed = unicodedata.normalize("NFC", text)
    joined = "".join(c if _stays(c) else "_" for c in composed)
    kept = re.sub(r"_{2,}", "_", joined).strip("._")
    return f"_{kept}" if re.fullmatch(r"v\d+", kept) else kept or "asset"


def _stays(character: str) -> bool:
    category = unicodedata.category(character)
    return character in "-_." or category[0] in "LNM" or category == "So"


def canonical(public_id: str) -> str:
    """Public IDs that differ in case or composition only are kept apart by us on purpose."""
    return unicodedata.normalize("NFC", public_id).casefold()
