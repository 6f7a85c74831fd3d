"""Masters and containers of a PhotoShelter-style service as rows of the catalog, and back."""

import json
import sqlite3
from dataclasses import fields
from typing import Any

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.query import fold
from bridge_app.domain.shelter import (
    ContainerKind,
    IptcValue,
    ShelterAsset,
    ShelterContainer,
    Visibility,
)
from bridge_app.domain.shelter_reading import ShelterReading
from bridge_app.domain.shelter_tree import segment
from bridge_app.storage.paths import shown

ASSET_FIELDS = tuple(field.name for field in fields(ShelterAsset))
ASSET_JSON = ("galleries", "iptc", "custom")
"""The fields that a row holds as JSON."""
ASSET_COLUMNS = ("id", *ASSET_FIELDS, "home", "approval", "is_master", "seen")
PUT_ASSET = f"""
    INSERT INTO shelter_asset ({", ".join(ASSET_COLUMNS)})
    VALUES ({", ".join(f":{c}" for c in ASSET_COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET
        {", ".join(f"{c} = excluded.{c}" for c in ASSET_COLUMNS[1:])}, gone_at = NULL
"""
CONTAINER_FIELDS = tuple(field.name for field in fields(ShelterContainer))
CONTAINER_COLUMNS = ("account", *CONTAINER_FIELDS, "seen")
PUT_CONTAINER = f"""
    INSERT INTO shelter_container ({", ".join(CONTAINER_COLUMNS)})
    VALUES ({", ".join(f":{c}" for c in CONTAINER_COLUMNS)})
    ON CONFLICT (account, id) DO UPDATE SET
        {", ".join(f"{c} = excluded.{c}" for c in CONTAINER_COLUMNS[2:])}, gone_at = NULL
"""
SEARCHED = ("headline", "credit", "city", "state", "country", "trans_ref")
"""Fields of the IPTC record that a search looks at, besides what the asset itself has."""
MOST_SEARCHED = 20_000
"""Letters of an asset that a search looks at."""
COMPARED = len("2026-11-21T18:00:00")


def comparable(moment: str) -> str:
    """A time of the service (ISO 8601 in UTC with `Z`) to the second, so that text compares."""
    return moment[:COMPARED] + "Z" if len(moment) > COMPARED else moment


def asset_values(asset: ShelterAsset, *, home: str, approval: str, seen: int) -> dict[str, object]:
    """The values of `PUT_ASSET`; `approval` is what the service was read to say of it, or ""."""
    return {
        **{name: getattr(asset, name) for name in ASSET_FIELDS},
        "id": asset.id,
        "kind": asset.kind.value,
        "visibility": asset.visibility.value,
        "galleries": json.dumps(asset.galleries),
        "iptc": json.dumps(dict(asset.iptc)),
        "custom": json.dumps(dict(asset.custom)),
        "created_at": comparable(asset.created_at),
        "modified_at": comparable(asset.modified_at),
        "home": home,
        "approval": approval,
        "is_master": 1,
        "seen": seen,
    }


def shelter_asset_from(row: sqlite3.Row) -> ShelterAsset:
    """The value a row of `shelter_asset` describes."""
    plain: dict[str, Any] = {name: row[name] for name in ASSET_FIELDS if name not in ASSET_JSON}
    iptc: dict[str, IptcValue] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(row["iptc"]).items()
    }
    plain |= {
        "kind": Kind(row["kind"]),
        "visibility": Visibility(row["visibility"]),
        "flagged": bool(row["flagged"]),
        "model_released": _answer(row["model_released"]),
        "property_released": _answer(row["property_released"]),
    }
    return ShelterAsset(
        **plain,
        galleries=tuple(json.loads(row["galleries"])),
        iptc=iptc,
        custom=json.loads(row["custom"]),
    )


def container_values(account: str, container: ShelterContainer, *, seen: int) -> dict[str, object]:
    """The values of `PUT_CONTAINER`."""
    return {
        **{name: getattr(container, name) for name in CONTAINER_FIELDS},
        "account": account,
        "kind": container.kind.value,
        "visibility": container.visibility.value,
        "parents": json.dumps(container.parents),
        "seen": seen,
    }


def container_from(row: sqlite3.Row) -> ShelterContainer:
    """The value a row of `shelter_container` describes."""
    plain = {name: row[name] for name in CONTAINER_FIELDS}
    plain |= {
        "kind": ContainerKind(row["kind"]),
        "visibility": Visibility(row["visibility"]),
        "parents": tuple(json.loads(row["parents"])),
        "is_listed": bool(row["is_listed"]),
    }
    return ShelterContainer(**plain)


def as_asset(asset: ShelterAsset, reading: ShelterReading, *, folder: str) -> Asset:
    """A master as the catalog's row, in a folder; its `path` is where nobody else has its name."""
    name = segment(asset.file_name) or asset.media_id
    stem, dot, ending = name.rpartition(".")
    md5 = asset.hash.removeprefix("md5:") if asset.hash.startswith("md5:") else None
    return Asset(
        id=asset.id,
        library=asset.library,
        path=f"{folder}/{name}" if folder else name,
        name=name,
        folder=folder,
        kind=asset.kind,
        format=ending.lower()[:16] if stem and dot else "",
        bytes=asset.bytes,
        modified_at=comparable(asset.modified_at).replace("Z", "+00:00"),
        md5=md5,
        version_key=asset.version_key,
        width=asset.width,
        height=asset.height,
        display_width=asset.width,
        display_height=asset.height,
        duration_s=asset.duration_s,
        title=reading.title or reading.headline,
        caption=reading.caption,
        keywords=reading.keywords,
        creator=reading.creator,
        credit=reading.credit,
        copyright=reading.copyright,
        usage_terms=reading.usage_terms,
        rating=reading.rating,
        taken_at=reading.taken_at,
        rights=reading.rights,
        restrictions=reading.restrictions,
    )


def shelter_text(asset: Asset, told: ShelterAsset) -> str:
    """The folded text a search looks at: names, words, places and chosen options."""
    parts = [shown(asset.name), asset.title, asset.caption, *asset.keywords, asset.creator]
    for name in SEARCHED:
        value = told.iptc.get(name, "")
        parts.append(value if isinstance(value, str) else " ".join(value))
    parts.extend(told.custom.values())
    text = "\n".join(dict.fromkeys(part for part in parts if part))[:MOST_SEARCHED]
    return fold(text.replace("\0", "").encode("utf-8", "replace").decode())


def _answer(value: int | None) -> bool | None:
    return None if value is None else bool(value)
