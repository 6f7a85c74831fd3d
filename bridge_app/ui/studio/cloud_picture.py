"""Pictures that lack what Cloudinary alone can do: what to do about it, and the real ones.

Never fetched by themselves: each that is asked for is made there, and counts.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform.fidelity import Fidelity
from bridge_app.ui.decoded import decoded
from bridge_app.ui.studio.sampling import Made, small
from bridge_app.work.pictures import Delivered

Fetch = Callable[[AssetId, RenditionPreset], Delivered]
"""Asks the gate and delivery; blocking, raises BridgeError."""


def is_alone(made: Made | None) -> bool:
    """Does it lack what Cloudinary alone can do?"""
    return made is not None and made.fidelity == Fidelity.CLOUD_ONLY.value


def in_the_way(asset: Asset) -> str:
    """Why Cloudinary cannot be asked for a rendition of it; "" if it can."""
    if asset.kind is not Kind.IMAGE:
        return QCoreApplication.translate("studio", "A film is not fetched only to be looked at.")
    if asset.cloud is None:
        return QCoreApplication.translate(
            "studio", "Push the master, and Cloudinary can show what it alone can do."
        )
    return ""


def as_delivered(asset: Asset, preset: RenditionPreset) -> RenditionPreset:
    """The preset with the ending of the copy where it names none."""
    ending = preset.format or (asset.cloud.format if asset.cloud is not None else "")
    return RenditionPreset(
        name=preset.name,
        title="",
        transformation=preset.transformation,
        format=ending,
        channel=preset.channel,
    )


def fetched(fetch: Fetch, asset: Asset, preset: RenditionPreset) -> Made:
    """The rendition as Cloudinary makes it. Blocking; raises BridgeError."""
    found = fetch(asset.id, as_delivered(asset, preset))
    return Made(
        image=small(decoded(found.picture)),
        size=(found.width, found.height),
        fidelity=Fidelity.EXACT.value,
        reasons=(),
        bytes=found.bytes,
        format="jpg" if found.format == "jpeg" else found.format,
    )
