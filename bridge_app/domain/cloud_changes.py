"""What is wished for assets in the cloud, and the plan that shows it before it is carried out.

A pure function of what the mirror knows. The steps say what each asset looked like when a person
saw it; whoever carries them out reads the asset by its ID first, and leaves alone what has moved
on since.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bridge_app.domain.access_rules import access_rules, rule_text, told_rules, widens
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.many import are_many

LONGEST_ID = 255
FORBIDDEN = frozenset("?&#\\%<>+")
"""Characters that a public ID cannot hold. Source: reference/cloudinary.md, 3.2."""


class CloudAction(StrEnum):
    """What is done to one asset at Cloudinary."""

    RENAME = "rename"
    """Another public ID: every delivered URL changes."""
    MOVE = "move"
    """Another asset folder, where folders are dynamic."""
    TITLE = "title"
    """Another display name, where folders are dynamic."""
    FOLDER = "folder"
    """A whole folder has another place, where folders are dynamic."""
    LEAVE = "leave"
    """A folder from which all was renamed goes, where folders are fixed; `value` is where to."""
    DELETE = "delete"
    RESTORE = "restore"
    REFRESH = "refresh"
    """Derived assets are made again and the CDN's copies dropped."""
    RELATE = "relate"
    UNRELATE = "unrelate"
    ACCESS = "access"
    MODERATE = "moderate"


DESTRUCTIVE = frozenset({CloudAction.DELETE})
RELEASING = (CloudAction.MODERATE, "approved")
"""What delivers again what was rejected there."""
NAMING = frozenset({CloudAction.RENAME, CloudAction.MOVE, CloudAction.TITLE, CloudAction.FOLDER})


class Objection(StrEnum):
    """Why a step is not part of the plan."""

    NOTHING_TO_DO = "nothing_to_do"
    NAME_TAKEN = "name_taken"
    FOLDER_TAKEN = "folder_taken"
    NAME_IMPOSSIBLE = "name_impossible"
    TITLE_IMPOSSIBLE = "title_impossible"
    ONE_AT_A_TIME = "one_at_a_time"
    IS_DELETED = "is_deleted"
    IS_THERE = "is_there"


OBJECTIONS = {
    Objection.NOTHING_TO_DO: QT_TRANSLATE_NOOP("objection", "it is so already"),
    Objection.NAME_TAKEN: QT_TRANSLATE_NOOP("objection", "another asset has that public ID"),
    Objection.FOLDER_TAKEN: QT_TRANSLATE_NOOP("objection", "another folder has that place"),
    Objection.NAME_IMPOSSIBLE: QT_TRANSLATE_NOOP("objection", "this cannot be a public ID"),
    Objection.TITLE_IMPOSSIBLE: QT_TRANSLATE_NOOP(
        "objection", "a name has no slash, and 1 to 255 letters"
    ),
    Objection.ONE_AT_A_TIME: QT_TRANSLATE_NOOP("objection", "one asset at a time"),
    Objection.IS_DELETED: QT_TRANSLATE_NOOP("objection", "it was deleted; restore it first"),
    Objection.IS_THERE: QT_TRANSLATE_NOOP("objection", "it is there"),
}
"""Each in words, to be translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wished for some assets.

    `value` is, by action: the public ID to RENAME to; the folder to MOVE to; the display name as
    TITLE; the new path of a FOLDER; the version ID to RESTORE ("" for the newest one); the status
    for MODERATE. `values` are the transformations to REFRESH, the asset IDs to RELATE or UNRELATE,
    or the rules of ACCESS as `access_rules.rule_text` writes them.
    """

    action: CloudAction
    value: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudChange:
    """One action on one asset, with what the asset looked like when it was decided on.

    `before` is what `value`, or the rules of ACCESS, take the place of; `sha256` is of the master
    it came from, "" where that is not known.
    """

    environment: str
    action: CloudAction
    asset_id: str
    name: str
    public_id: str
    resource_type: str
    delivery_type: str
    version: int
    etag: str
    sha256: str = ""
    before: str = ""
    value: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep:
    """One asset's part of the plan. `objection` None: it is done."""

    change: CloudChange
    objection: Objection | None = None
    changes_url: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """All of it.

    `total` is how many assets the environment holds; `inside` how many of them move with a folder
    that is changed by one call. `after` is done once the steps are.
    """

    environment: str
    wish: Wish
    steps: tuple[ChangeStep, ...]
    total: int
    inside: int = 0
    after: tuple[CloudChange, ...] = ()

    @property
    def doing(self) -> tuple[ChangeStep, ...]:
        """The steps that are carried out."""
        return tuple(step for step in self.steps if step.objection is None)

    @property
    def urls_changed(self) -> int:
        """How many delivered addresses stop working."""
        return sum(step.changes_url for step in self.doing)

    @property
    def is_large(self) -> bool:
        """Does it take away so much that a person has to confirm it by the names?"""
        many = are_many(len(self.doing), self.total)
        breaks = self.wish.action is CloudAction.FOLDER and self.urls_changed > 0
        return many and (breaks or self.wish.action in DESTRUCTIVE)


def named_wish(name: str, mode: FolderMode, asset: CloudAsset) -> Wish:
    """What giving an asset another name means. Source: reference/cloudinary.md, 7.

    Where folders are fixed the name is the end of the public ID; else it is the display name,
    and no address changes. Of a raw file the extension belongs to the public ID.
    """
    shown = name.strip()
    if not shown:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The name"),
            detail=QT_TRANSLATE_NOOP("facts", "it is empty"),
        )
    ending = f".{asset.format}" if asset.format else ""
    if ending and asset.resource_type != "raw" and shown.lower().endswith(ending.lower()):
        shown = shown[: -len(ending)] or shown
    if mode is FolderMode.DYNAMIC:
        return Wish(action=CloudAction.TITLE, value=shown)
    folder = asset.public_id.rpartition("/")[0]
    return Wish(action=CloudAction.RENAME, value=f"{folder}/{shown}" if folder else shown)


def plan_changes(
    assets: Sequence[CloudAsset],
    wish: Wish,
    *,
    mode: FolderMode,
    total: int,
    taken: Callable[[str, str, str], bool],
) -> ChangePlan:
    """What carrying out a wish would do.

    Args:
        assets: What is chosen, all of one environment.
        wish: What is wished.
        mode: Whether a folder is part of the public ID.
        total: How many assets the environment holds.
        taken: Whether another asset has this (resource type, delivery type, public ID).
    """
    _check(wish)
    environments = {asset.environment for asset in assets}
    if len(environments) != 1:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "This choice"),
            detail=QT_TRANSLATE_NOOP("facts", "it has to be assets of one product environment"),
        )
    claimed: set[tuple[str, str, str]] = set()
    steps = []
    for asset in {asset.asset_id: asset for asset in assets}.values():
        change = _change(asset, wish, mode)
        objection = _objection(change, asset, alone=len(assets) == 1)
        key = (asset.resource_type, asset.delivery_type, change.value)
        if objection is None and change.action is CloudAction.RENAME:
            objection = Objection.NAME_TAKEN if key in claimed or taken(*key) else None
            claimed.add(key)
        steps.append(
            ChangeStep(
                change=change,
                objection=objection,
                changes_url=change.action in (CloudAction.RENAME, CloudAction.DELETE),
            )
        )
    return ChangePlan(environment=environments.pop(), wish=wish, steps=tuple(steps), total=total)


def _change(asset: CloudAsset, wish: Wish, mode: FolderMode) -> CloudChange:
    """The wish as the service's own action on one asset."""
    action, value = wish.action, wish.value
    before = {
        CloudAction.RENAME: asset.public_id,
        CloudAction.MOVE: asset.asset_folder,
        CloudAction.TITLE: asset.display_name,
        CloudAction.ACCESS: ";".join(map(rule_text, asset.access_control)),
    }.get(action, "")
    if action is CloudAction.MOVE:
        value = value.strip("/")
        if mode is FolderMode.FIXED:
            last = asset.public_id.rpartition("/")[2]
            action, before = CloudAction.RENAME, asset.public_id
            value = f"{value}/{last}" if value else last
    return CloudChange(
        environment=asset.environment,
        action=action,
        asset_id=asset.asset_id,
        name=asset.name,
        public_id=asset.public_id,
        resource_type=asset.resource_type,
        delivery_type=asset.delivery_type,
        version=asset.version,
        etag=asset.etag,
        sha256=asset.claimed_sha256 or "",
        before=before,
        value=value,
        values=wish.values,
    )


def _objection(change: CloudChange, asset: CloudAsset, *, alone: bool) -> Objection | None:
    if change.action in NAMING and change.value == change.before:
        return Objection.NOTHING_TO_DO
    if change.action is CloudAction.RESTORE and not change.value and not asset.placeholder:
        return Objection.IS_THERE
    if asset.placeholder and change.action is not CloudAction.RESTORE:
        return Objection.IS_DELETED
    if change.action is CloudAction.RENAME and not is_public_id(change.value):
        return Objection.NAME_IMPOSSIBLE
    if change.action is CloudAction.TITLE and not is_display_name(change.value):
        return Objection.TITLE_IMPOSSIBLE
    names_one = change.action is CloudAction.RESTORE and change.value
    return Objection.ONE_AT_A_TIME if names_one and not alone else None


def is_public_id(text: str) -> bool:
    """Can this be a public ID?"""
    clean = text.strip("/") == text and text.strip() == text and "//" not in text
    return bool(text) and clean and len(text) <= LONGEST_ID and not FORBIDDEN & set(text)


def is_display_name(text: str) -> bool:
    """Can an asset be called this where folders are dynamic? Source: as above."""
    return bool(text.strip()) and "/" not in text and len(text) <= LONGEST_ID


def _check(wish: Wish) -> None:
    """Raises InvalidInputError for a wish that no asset can have."""
    if wish.action is CloudAction.MODERATE and wish.value not in ("approved", "rejected"):
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The moderation status"),
            detail=QT_TRANSLATE_NOOP("facts", "say approved or rejected"),
        )
    if wish.action in (CloudAction.RELATE, CloudAction.UNRELATE) and not wish.values:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The relation"),
            detail=QT_TRANSLATE_NOOP("facts", "it names no other asset"),
        )
    if wish.action is CloudAction.ACCESS:
        rules = access_rules(wish.values)
        if sum(rule.access_type == "anonymous" for rule in rules) > 1:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The access rules"),
                detail=QT_TRANSLATE_NOOP("facts", "at most one of them can be a time window"),
            )


class Standing(StrEnum):
    """How a wish stands against the asset as it is now."""

    OPEN = "open"
    """To be carried out."""
    FULFILLED = "fulfilled"
    """It is so already: an earlier run got through, or somebody else did the same."""
    MOVED_ON = "moved_on"
    """Somebody changed what it was decided on."""
    GONE = "gone"


def standing(change: CloudChange, found: CloudAsset | None, *, again: bool) -> Standing:
    """What is left to do of a change; `again` says that an earlier run may have got through.

    `found` is a read by the asset's ID, None if there is no such asset and no backup either.
    """
    there = None if found is None or found.placeholder else found
    if change.action is CloudAction.DELETE:
        if there is None:
            return Standing.FULFILLED
        return Standing.OPEN if is_same_content(change, there) else Standing.MOVED_ON
    if change.action is CloudAction.RESTORE:
        return _of_return(change, there, again=again)
    return Standing.GONE if there is None else _of_name(change, there)


def _of_return(change: CloudChange, there: CloudAsset | None, *, again: bool) -> Standing:
    """An asset that is there is back; a version is if it was restored in an earlier run."""
    done = there is not None and (not change.value or (again and there.version != change.version))
    return Standing.FULFILLED if done else Standing.OPEN


def _was_shut(change: CloudChange, there: CloudAsset) -> bool:
    """Would the wish open to anybody what somebody has closed since it was made?"""
    seen = told_rules(filter(None, change.before.split(";")))
    wished = told_rules(change.values)
    return widens(there.access_control, seen) and widens(there.access_control, wished)


def _of_name(change: CloudChange, there: CloudAsset) -> Standing:
    if change.action is CloudAction.ACCESS and _was_shut(change, there):
        return Standing.MOVED_ON
    now = {
        CloudAction.RENAME: there.public_id,
        CloudAction.MOVE: there.asset_folder,
        CloudAction.TITLE: there.display_name,
    }.get(change.action, change.before)
    if now == change.value and change.action in NAMING:
        return Standing.FULFILLED
    return Standing.OPEN if now == change.before else Standing.MOVED_ON


def is_same_content(change: CloudChange, found: CloudAsset) -> bool:
    """Are these the bytes that a person saw? A new upload has another version at least."""
    if change.etag and found.etag:
        return change.etag == found.etag
    return change.version == found.version


def once_done(asset: CloudAsset, changes: Iterable[CloudChange]) -> CloudAsset:
    """What an asset is called, where it lies and who may have it, when these are done."""
    for change in changes:
        match change.action:
            case CloudAction.RENAME:
                asset = replace(asset, public_id=change.value)
            case CloudAction.MOVE:
                asset = replace(asset, asset_folder=change.value)
            case CloudAction.TITLE:
                asset = replace(asset, display_name=change.value)
            case CloudAction.ACCESS:
                asset = replace(asset, access_control=told_rules(change.values))
    return asset


def opposite(change: CloudChange) -> CloudChange | None:
    """What undoes a change; None where nothing can."""
    if change.action is CloudAction.DELETE:
        return replace(change, action=CloudAction.RESTORE, value="", before="")
    if change.action in NAMING:
        whole = change.action in (CloudAction.RENAME, CloudAction.FOLDER)
        name = change.value if whole else change.public_id
        return replace(change, public_id=name, before=change.value, value=change.before)
    if change.action is CloudAction.LEAVE and not change.values:
        return replace(change, public_id=change.value, before=change.value, value=change.before)
    return None
