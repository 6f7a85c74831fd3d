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
from functools import lru_cache

from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.eager import EagerRendition, eager_for
from bridge_app.domain.environments import MediaLimits
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.gate import Reason, verdict
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.push_policies import (
    Access,
    DeliveryType,
    IdFrom,
    Limit,
    Moderated,
    OnConflict,
    ShownAs,
    access_rules,
    public_limits,
)
from bridge_app.domain.resource_types import resource_type
from bridge_app.domain.shelter import shelter_of

MAX_PUBLIC_ID = 255
"""Characters. Source: Cloudinary upload parameters, `public_id`."""
SUFFIX_LENGTH = 6
RANDOM_LENGTH = 20
MAX_CONTEXT_VALUE = 1024
"""Characters. Source: Cloudinary upload parameters, `context`."""


class PushAction(StrEnum):
    """What a push would do with one asset."""

    NEW = "new"
    NEW_VERSION = "new_version"
    SAME_CONTENT = "same_content"
    ALREADY_QUEUED = "already_queued"
    KEPT = "kept"
    """An earlier version is delivered, and the policy leaves it there."""
    TOO_LARGE = "too_large"
    """The plan of the product environment takes no file of this size."""
    REFUSED = "refused"


SENDING = frozenset({PushAction.NEW, PushAction.NEW_VERSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class PushTarget:
    """Where pushed masters go and how: the folder ("" is the root), what is said, and policies.

    `context` holds pairs of contextual metadata, `metadata` the values of structured fields by
    their external IDs, as `metadata_values.checked_pairs` leaves them.
    """

    folder: str = ""
    tags: tuple[str, ...] = ()
    preset: str | None = None
    context: tuple[tuple[str, str], ...] = ()
    on_conflict: OnConflict = OnConflict.NEW_VERSION
    id_from: IdFrom = IdFrom.FILE_NAME
    shown_as: ShownAs = ShownAs.PUBLIC_ID
    access: Access = Access.PUBLIC
    delivery_type: DeliveryType = DeliveryType.UPLOAD
    metadata: tuple[tuple[str, FieldValue], ...] = ()
    moderated: Moderated = Moderated.NO
    eager: tuple[EagerRendition, ...] = ()

    def __post_init__(self) -> None:
        for key, value in self.context:
            if not key.strip() or not value.strip() or len(value) > MAX_CONTEXT_VALUE:
                raise InvalidInputError(
                    what=f"{key}={value[:20]}",
                    detail=QT_TRANSLATE_NOOP("facts", "context needs a name and a short value"),
                )
        parts = self.folder.split("/") if self.folder else []
        if any(not part.strip() or part in {".", ".."} for part in parts):
            raise InvalidInputError(
                what=self.folder,
                detail=QT_TRANSLATE_NOOP("facts", "a folder needs a name at each level"),
            )
        if len(self.folder) > MAX_PUBLIC_ID - 50 or re.search(r"[?&#\\%<>+]", self.folder):
            raise InvalidInputError(
                what=self.folder,
                detail=QT_TRANSLATE_NOOP("facts", r"a folder name cannot hold ? & # \ % < > +"),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PushStep:
    """What will happen to one asset, and why.

    `resource_type` is Cloudinary's (image, video, raw); `fallback_id` is the public ID to use
    if somebody else's content turns out to hold `public_id`; `like` names the asset or public
    ID whose content is the same; `replaces` is the content of what a new version replaces;
    `access` is the upload's `access_control`, `limits` why that lets in tokens only though more
    was chosen; `most_bytes` the plan's limit for a TOO_LARGE one; `fields` the required fields that
    are empty, by their ids.
    `content` is what decisions are bound to: the SHA-256, or of a master whose bytes have never
    been here its version at the service. `by_reference`: the service is asked for it.
    """

    asset: AssetId
    name: str
    action: PushAction
    bytes: int
    sha256: str = ""
    md5: str = ""
    content: str = ""
    by_reference: bool = False
    public_id: str = ""
    fallback_id: str = ""
    resource_type: str = "image"
    like: str = ""
    replaces: str = ""
    display_name: str = ""
    access: tuple[Mapping[str, str], ...] = ()
    limits: tuple[Limit, ...] = ()
    most_bytes: int = 0
    reasons: tuple[Reason, ...] = ()
    fields: tuple[str, ...] = ()
    eager: tuple[EagerRendition, ...] = ()

    @property
    def sends(self) -> bool:
        """Do bytes leave in this step?"""
        return self.action in SENDING


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

    @property
    def derived(self) -> int:
        """Derived assets that are made as they arrive; each is billed."""
        return sum(len({one.wanted for one in step.eager}) for step in self.sending)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteState:
    """What is known of the product environment when a push is planned.

    `copies` are delivered copies by their content; `placed` maps an asset to
    the copy of it that we delivered before; `reserved` to a public ID that was chosen for it,
    although nothing of ours is there yet; `taken` are public IDs in use; `queued` are the
    (asset, content) pairs that an unfinished push already carries; `policies` what the environment
    demands.
    """

    copies: Mapping[str, CloudCopy] = field(default_factory=dict)
    placed: Mapping[AssetId, CloudCopy] = field(default_factory=dict)
    reserved: Mapping[AssetId, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    queued: frozenset[tuple[AssetId, str]] = frozenset()
    policies: tuple[Policy, ...] = ()


def plan_push(
    assets: Sequence[Asset],
    *,
    target: PushTarget,
    environment: str,
    remote: RemoteState,
    now: datetime,
    limits: MediaLimits | None = None,
) -> PushPlan:
    """What a push of `assets` would do at `now` (UTC). Order is kept; nothing is changed."""
    planner = _Planner(
        target=target,
        environment=environment,
        remote=remote,
        now=now,
        limits=limits or MediaLimits(),
    )
    steps = tuple(planner.step(asset) for asset in assets)
    return PushPlan(environment=environment, target=target, steps=steps)


@dataclass(slots=True, kw_only=True)
class _Planner:
    """Makes steps one after another; what an earlier one takes, a later one does not get."""

    target: PushTarget
    environment: str
    remote: RemoteState
    now: datetime
    limits: MediaLimits
    taken: set[str] = field(init=False)
    sent: dict[str, AssetId] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = {canonical(public_id) for public_id in self.remote.taken}

    def step(self, asset: Asset) -> PushStep:
        """The step of one asset."""
        elsewhere = shelter_of(asset.library) is not None
        known = bool(asset.content) if elsewhere else bool(asset.sha256 and asset.md5)
        asked = demands(self.remote.policies, asset, environment=self.environment)
        answer = verdict(asset, at=self.now, readable=known, demands=asked)
        kind = resource_type(asset.kind, asset.format)
        most = self.limits.most_bytes(kind)
        placed = self.remote.placed.get(asset.id)
        if not answer.allows:
            action, like = PushAction.REFUSED, ""
        else:
            action, like = self._action(asset, placed, most)
        sends = action in SENDING
        folder = self.target.folder
        eager = self.target.eager if sends else ()
        step = PushStep(
            asset=asset.id,
            name=asset.name,
            action=action,
            bytes=asset.bytes,
            sha256=asset.sha256 or "",
            md5=asset.md5 or "",
            content=asset.content or "",
            by_reference=elsewhere,
            public_id=self._public_id(asset, action, placed, like),
            fallback_id=public_id_for(asset, folder, taken=None) if sends else "",
            resource_type=kind,
            like=like,
            replaces=placed.sha256 if placed and action is PushAction.NEW_VERSION else "",
            display_name=display_name(asset, self.target.shown_as) if sends else "",
            access=self._access(asset) if sends else (),
            limits=public_limits(asset.restrictions) if sends else (),
            most_bytes=most or 0,
            reasons=answer.against,
            fields=answer.fields,
            eager=eager_for(asset, eager, self.remote.policies, self.environment, self.now),
        )
        if step.sends:
            self.taken.add(canonical(step.public_id))
            self.sent[step.content] = asset.id
        return step

    def _access(self, asset: Asset) -> tuple[Mapping[str, str], ...]:
        """A window that a service states travels with the master, unless less was chosen."""
        policy = self.target.access
        if policy is Access.PUBLIC and shelter_of(asset.library) is not None:
            policy = Access.WHILE_LICENSED
        return access_rules(policy, asset.rights, asset.restrictions)

    def _action(
        self, asset: Asset, placed: CloudCopy | None, most: int | None
    ) -> tuple[PushAction, str]:
        """What happens to an asset that may leave, and what it is like.

        The order of the questions is the order of what matters.
        """
        content = asset.content or ""
        if content in self.remote.copies:
            return PushAction.SAME_CONTENT, self.remote.copies[content].public_id
        if (asset.id, content) in self.remote.queued:
            return PushAction.ALREADY_QUEUED, ""
        if content in self.sent:
            return PushAction.SAME_CONTENT, str(self.sent[content])
        conflict = self.target.on_conflict if placed is not None else None
        if placed is not None and conflict is OnConflict.SKIP:
            return PushAction.KEPT, placed.public_id
        if most is not None and asset.bytes > most:
            return PushAction.TOO_LARGE, ""
        replaces = conflict is OnConflict.NEW_VERSION
        return PushAction.NEW_VERSION if replaces else PushAction.NEW, ""

    def _public_id(
        self, asset: Asset, action: PushAction, placed: CloudCopy | None, like: str
    ) -> str:
        """The one it has, the one that was chosen for it before, or one of the policy's making."""
        content = asset.content or ""
        if action is PushAction.SAME_CONTENT and content in self.remote.copies:
            return like
        if placed is not None and action is PushAction.NEW:
            return public_id_for(asset, self.target.folder, taken=None, version=content)
        chosen = placed.public_id if placed else self.remote.reserved.get(asset.id, "")
        if chosen or action is not PushAction.NEW:
            return chosen
        if self.target.id_from is IdFrom.RANDOM:
            return random_id(asset, self.target.folder)
        unique = self.target.id_from is IdFrom.UNIQUE_FILE_NAME
        return public_id_for(asset, self.target.folder, taken=None if unique else self.taken)


def display_name(asset: Asset, shown_as: ShownAs) -> str:
    """The name in the media library; "" for the service's own rule.

    Source: Cloudinary upload parameters, `display_name`: no slash, at most 255 characters.
    """
    stem = asset.name.rpartition(".")[0] or asset.name
    wanted = {ShownAs.FILE_NAME: stem, ShownAs.TITLE: asset.title.strip() or stem}
    return wanted.get(shown_as, "").replace("/", "_")[:MAX_PUBLIC_ID]


def public_id_for(asset: Asset, folder: str, *, taken: set[str] | None, version: str = "") -> str:
    """A public ID that reads like the file's name; with a suffix of the asset's own if taken.

    `taken` None always adds the suffix: that name belongs to this asset alone, or to one
    `version` of it.
    """
    stem, dot, extension = asset.name.rpartition(".")
    if not (dot and stem):
        stem, extension = asset.name, ""
    tail = (
        f".{slug(extension)}"
        if extension and resource_type(asset.kind, asset.format) == "raw"
        else ""
    )
    own = _own_digest(asset, version)[:SUFFIX_LENGTH]
    room = MAX_PUBLIC_ID - len(folder) - len(tail) - SUFFIX_LENGTH - 2
    plain = f"{folder}/{slug(stem)[:room]}" if folder else slug(stem)[:room]
    if taken is not None and canonical(plain + tail) not in taken:
        return plain + tail
    return f"{plain}_{own}{tail}"


def random_id(asset: Asset, folder: str) -> str:
    """A public ID that tells nothing of the file; always the same one for one asset."""
    extension = asset.name.rpartition(".")[2] if "." in asset.name else ""
    tail = (
        f".{slug(extension)}"
        if extension and resource_type(asset.kind, asset.format) == "raw"
        else ""
    )
    name = _own_digest(asset, "random")[:RANDOM_LENGTH] + tail
    return f"{folder}/{name}" if folder else name


def _own_digest(asset: Asset, version: str) -> str:
    return hashlib.sha256(f"{asset.id}{version}".encode()).hexdigest()


@lru_cache(maxsize=256)
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


@lru_cache(maxsize=4096)
def _stays(character: str) -> bool:
    category = unicodedata.category(character)
    return character in "-_." or category[0] in "LNM" or category == "So"


def canonical(public_id: str) -> str:
    """Public IDs that differ in case or composition only are kept apart by us on purpose."""
    return unicodedata.normalize("NFC", public_id).casefold()
