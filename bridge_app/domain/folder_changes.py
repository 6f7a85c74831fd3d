"""Another name or place for a whole folder at Cloudinary, planned before anything is done.

Where folders are dynamic one call moves the folder, and no address changes. Where they are fixed a
folder is only the beginning of public IDs: every asset is renamed, and every address changes. The
folder that they leave would stay behind, empty, so it goes after them.
Source: reference/cloudinary.md 7.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.cloud_changes import (
    ChangePlan,
    ChangeStep,
    CloudAction,
    CloudChange,
    Objection,
    Wish,
    is_public_id,
    plan_changes,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPlace:
    """A folder of a product environment; its path has no slash at its ends, and is never empty."""

    environment: str
    path: str

    def holds(self, path: str) -> bool:
        """Is this the folder, or one below it?"""
        return path == self.path or path.startswith(f"{self.path}/")

    def expression(self, mode: FolderMode) -> str:
        """What finds all that is in it, in the service's search language (reference, 5.3, 5.4)."""
        field = "folder" if mode is FolderMode.FIXED else "asset_folder"
        path = self.path.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")
        return f'{field}="{path}" OR {field}:"{path}/*"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an environment is like.

    `total` is how many assets it holds; `taken` whether another one has a (resource type, delivery
    type, public ID).
    """

    mode: FolderMode
    total: int
    folders: Collection[str]
    taken: Callable[[str, str, str], bool]


def plan_folder(
    place: FolderPlace, to: str, inside: Iterable[CloudAsset], around: Surroundings
) -> ChangePlan:
    """What giving a folder the path `to` would do to the assets in it and below.

    Raises InvalidInputError for a path that no folder can have.
    """
    to = to.strip().strip("/")
    if not is_public_id(to):
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The folder"),
            detail=f"“{to}” cannot be its path" if to else "it needs a path",
        )
    if to != place.path and place.holds(to):
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The folder"),
            detail=QT_TRANSLATE_NOOP("facts", "it cannot be moved into itself"),
        )
    if around.mode is FolderMode.DYNAMIC:
        count = sum(place.holds(asset.asset_folder) for asset in inside)
        return _plan(place, to, (_whole(place, to, around.folders),), around, inside=count)
    beginning = f"{place.path}/"
    steps = tuple(
        step
        for asset in inside
        if asset.public_id.startswith(beginning)
        for step in _renamed(asset, f"{to}/{asset.public_id[len(beginning) :]}", around)
    )
    plan = _plan(place, to, steps, around, inside=0)
    if any(step.objection for step in steps) or not steps:
        return plan
    return replace(plan, after=(_left(place, to, around.folders),))


def _plan(
    place: FolderPlace,
    to: str,
    steps: tuple[ChangeStep, ...],
    around: Surroundings,
    *,
    inside: int,
) -> ChangePlan:
    return ChangePlan(
        environment=place.environment,
        wish=Wish(action=CloudAction.FOLDER, value=to),
        steps=steps,
        total=around.total,
        inside=inside,
    )


def _left(place: FolderPlace, to: str, folders: Collection[str]) -> CloudChange:
    """The folder goes that nothing is in any more; an undo leaves one that was there before."""
    there = (to,) if to in folders else ()
    return _of_folder(CloudAction.LEAVE, place, to, there)


def _whole(place: FolderPlace, to: str, folders: Collection[str]) -> ChangeStep:
    """The one call of dynamic folders."""
    change = _of_folder(CloudAction.FOLDER, place, to)
    objection = Objection.FOLDER_TAKEN if to in folders else None
    if to == place.path:
        objection = Objection.NOTHING_TO_DO
    return ChangeStep(change=change, objection=objection)


def _of_folder(
    action: CloudAction, place: FolderPlace, to: str, values: tuple[str, ...] = ()
) -> CloudChange:
    return CloudChange(
        environment=place.environment,
        action=action,
        asset_id="",
        name=place.path.rpartition("/")[2],
        public_id=place.path,
        resource_type="",
        delivery_type="",
        version=0,
        etag="",
        before=place.path,
        value=to,
        values=values,
    )


def _renamed(asset: CloudAsset, public_id: str, around: Surroundings) -> tuple[ChangeStep, ...]:
    wish = Wish(action=CloudAction.RENAME, value=public_id)
    return plan_changes(
        [asset], wish, mode=around.mode, total=around.total, taken=around.taken
    ).steps
