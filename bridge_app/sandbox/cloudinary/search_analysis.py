"""What searches know of the content of pictures: measured when somebody asks, and kept.

Source: reference/cloudinary.md 5.2 and 5.4, tier 2. The service measures when a picture comes; here
most searches never ask, and an upload waits for nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.findings import measured
from bridge_app.sandbox.cloudinary.search_match import Kind, SearchField
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import StoredAsset

MEASURES = ["colors", "quality_analysis", "accessibility_analysis"]
FLAGS = {"grayscale": "grayscale", "transparent": "semi_transparent"}
SCORES = frozenset({"illustration_score", "quality_score"})
GROUPS = frozenset(MEASURES)
SHOWN = frozenset({"quality_analysis", "accessibility_analysis"})
"""What replies tell of it, if they are asked to. `image_analysis` tells what is known already: who
compares folders asks for it of everything."""

Analyses = Mapping[str, Json]
"""By the version's ID."""


def needs_analysis(names: Iterable[str]) -> bool:
    """Whether one of these fields is about the content."""
    return any(
        name in FLAGS or name in SCORES or name.partition(".")[0] in GROUPS for name in names
    )


async def analysed(cloud: Cloud, assets: Iterable[StoredAsset]) -> Analyses:
    """What these pictures look like; each version is looked at once."""
    known = cloud.index.analyses
    for asset in assets:
        is_picture = asset.resource_type == "image" and asset.bytes > 0
        if is_picture and asset.version_id not in known:
            known[asset.version_id] = await cloud.in_thread(measured, cloud, asset, MEASURES)
    return known


def analysis_field(name: str, known: Analyses) -> SearchField[StoredAsset] | None:
    """The field of this name; None if it is not about the content."""
    group, _, key = name.partition(".")
    if name in FLAGS:
        return _field(Kind.FLAG, known, FLAGS[name])
    if name in SCORES:
        return _field(Kind.NUMBER, known, name)
    if name == "colors":
        return SearchField(Kind.NAME, lambda asset: _shares(known, asset))
    if group == "colors":
        return _number(lambda asset: _shares(known, asset).get(key))
    if key and group in GROUPS:
        return _number(lambda asset: known.get(asset.version_id, {}).get(group, {}).get(key))
    return None


def told(asset: StoredAsset, known: Analyses) -> Json:
    """What `image_analysis` and its like say in replies."""
    found = known.get(asset.version_id, {})
    faces = asset.coordinates.get("faces", [])
    image: Json = {"face_count": len(faces), "faces": faces, "etag": asset.etag}
    if found:
        image |= {name: found[key] for name, key in FLAGS.items()}
        image |= {
            "illustration_score": found["illustration_score"],
            "colors": _shares(known, asset),
        }
    shown = {name: found[name] for name in SHOWN if name in found}
    return {"image_analysis": image, **shown}


def _field(kind: Kind, known: Analyses, key: str) -> SearchField[StoredAsset]:
    def read(asset: StoredAsset) -> Iterable[Any]:
        value = known.get(asset.version_id, {}).get(key)
        return () if value is None else (value,)

    return SearchField(kind, read)


def _number(read: Any) -> SearchField[StoredAsset]:
    return SearchField(
        Kind.NUMBER, lambda asset: () if (value := read(asset)) is None else (value,)
    )


def _shares(known: Analyses, asset: StoredAsset) -> dict[str, float]:
    """How many per cent of a picture have which named colour."""
    found = known.get(asset.version_id, {})
    return dict(found["predominant"]["google"]) if found else {}
