"""Archives of many assets: chosen, derived where wanted, and packed as zip or tar.

Source: reference/cloudinary.md 3.9. Files go from disk to disk, so that size is no matter.
"""

import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request, not_found
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.records import Key, StoredAsset

MAX_ASSETS = 1_000
KEY_PARTS = 3
ANY_KIND = frozenset({"all", "auto"})
CONTENT_TYPES = {"zip": "application/zip", "tgz": "application/gzip"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name there, and where its bytes are."""

    name: str
    path: Path


def archive_format(params: Params) -> str:
    """`zip` or `tgz`.

    Raises:
        CloudinaryError: 400, another one is wanted.
    """
    wanted = params.text("target_format", "zip")
    if wanted not in CONTENT_TYPES:
        raise bad_request(f"Invalid target_format {wanted}")
    return wanted


def chosen(cloud: Cloud, kind: str, params: Params) -> list[StoredAsset]:
    """The assets that tags, public IDs, prefixes and full names choose, each once.

    Raises:
        CloudinaryError: 400, nothing chooses, or too many are chosen; 404, one is not there.
    """
    delivery_type = params.text("type", "upload")
    tags, prefixes = frozenset(params.array("tags")), params.array("prefixes")
    named = [_key(name) for name in params.array("fully_qualified_public_ids")]
    named += [(kind, delivery_type, name) for name in params.array("public_ids")]
    if not (tags or prefixes or named):
        raise bad_request("Must supply tags, public_ids, prefixes or fully_qualified_public_ids")
    found: dict[str, StoredAsset] = {}
    for key in named:
        asset = cloud.environment.find(key)
        if asset is not None:
            found[asset.asset_id] = asset
        elif not params.flag("allow_missing"):
            raise not_found(key[2])
    for asset in cloud.environment.assets() if tags or prefixes else []:
        fits = kind in ANY_KIND | {asset.resource_type} and asset.type == delivery_type
        wanted = tags.intersection(asset.tags) or _is_below(cloud, asset, prefixes)
        if fits and wanted:
            found[asset.asset_id] = asset
    if len(found) > MAX_ASSETS:
        raise bad_request(f"Too many resources ({len(found)}), maximum is {MAX_ASSETS}")
    if not found:
        raise CloudinaryError(404, "No resources found to be included in the archive")
    return list(found.values())


def _key(name: str) -> Key:
    """What a full name means: `image/upload/a/b`."""
    parts = name.split("/", KEY_PARTS - 1)
    if len(parts) < KEY_PARTS:
        raise bad_request(f"Invalid fully_qualified_public_id {name}")
    return parts[0], parts[1], parts[2]


def _is_below(cloud: Cloud, asset: StoredAsset, prefixes: Iterable[str]) -> bool:
    """Whether an asset is in one of the folders, or its public ID begins with a prefix."""
    for prefix in prefixes:
        folder = prefix.strip("/")
        inside = f"{asset.asset_folder}/".startswith(f"{folder}/")
        if asset.public_id.startswith(prefix) or (cloud.folder_mode == "dynamic" and inside):
            return True
    return False


async def entries(
    cloud: Cloud, assets: Iterable[StoredAsset], params: Params, derivations: Derivations
) -> list[Entry]:
    """The files, one for each asset and transformation, under names of their own.

    Raises:
        CloudinaryError: 400, a transformation cannot be done.
    """
    given = params.text("transformations")
    transformations = given.split("|") if given else [""]
    found: list[Entry] = []
    for asset in assets:
        for transformation in transformations:
            path, ending = await _file(cloud, asset, transformation, derivations)
            name = _name(asset, transformation, ending, params)
            found.append(Entry(name, path))
    return list(_distinct(found))


async def _file(
    cloud: Cloud, asset: StoredAsset, transformation: str, derivations: Derivations
) -> tuple[Path, str]:
    """Where the bytes are, and their format."""
    if not transformation or asset.resource_type == "raw":
        return cloud.content(asset), asset.format
    before, slash, last = transformation.rpartition("/")
    text, extension = (before, last) if slash and "_" not in last else (transformation, "")
    derived = await derivations.derive(cloud, asset, transformation=text, extension=extension)
    return cloud.environment.rendition(derived), derived.format


def _name(asset: StoredAsset, transformation: str, ending: str, params: Params) -> str:
    """What a file is called in the archive."""
    own = asset.public_id
    if params.flag("use_original_filename") and asset.original_filename:
        folder = own.rpartition("/")[0]
        own = "/".join(filter(None, [folder, asset.original_filename]))
    path = PurePosixPath(f"{own}.{ending}" if ending else own)
    folder = "" if params.flag("flatten_folders") else "/".join(path.parts[:-1])
    label = transformation.replace("/", "_")
    if not label or params.flag("skip_transformation_name"):
        return "/".join(filter(None, [folder, path.name]))
    if params.flag("flatten_transformations"):
        return "/".join(filter(None, [folder, f"{path.stem}_{label}{path.suffix}"]))
    return "/".join(filter(None, [folder, label, path.name]))


def _distinct(found: Iterable[Entry]) -> Iterator[Entry]:
    """The same files; a name that is taken gets a number."""
    taken: set[str] = set()
    for entry in found:
        path, name, number = PurePosixPath(entry.name), entry.name, 1
        while name in taken:
            name = str(path.with_name(f"{path.stem}_{number}{path.suffix}"))
            number += 1
        taken.add(name)
        yield Entry(name, entry.path)


def pack(files: Iterable[Entry], target: Path, archive: str) -> None:
    """Write the archive; blocks."""
    if archive == "zip":
        # Pictures and films are compressed already.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
            for entry in files:
                packed.write(entry.path, entry.name)
        return
    with tarfile.open(target, "w:gz") as bundle:
        for entry in files:
            bundle.add(entry.path, entry.name)
