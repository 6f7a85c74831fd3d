"""The pictures and fonts that overlays name, in a product environment."""

from collections.abc import Iterable
from pathlib import Path

from bridge_app.sandbox.records import Key
from bridge_app.sandbox.state import Environment
from bridge_app.transform.layer_source import Access, FetchedLayer, LayerKind, StoredLayer


class EnvironmentLayers:
    """Layer sources over what was uploaded or fetched before; nothing is fetched for a layer.

    Private, authenticated and restricted pictures are left out: Cloudinary lays them on in signed
    URLs only, and what is rendered here is kept for unsigned ones too.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def open(self, layer: StoredLayer | FetchedLayer) -> Path | None:
        """The file of the asset; None when there is none, or it may not be laid on."""
        for key in _keys(layer):
            asset = self._environment.find(key)
            if asset is not None and not asset.access_control:
                return self._environment.content(asset)
        return None


def _keys(layer: StoredLayer | FetchedLayer) -> Iterable[Key]:
    """What the layer may be stored as, likeliest first; an ID may be written with its format."""
    if isinstance(layer, FetchedLayer):
        return [("image", "fetch", layer.url)] if layer.kind is LayerKind.IMAGE else []
    if layer.kind is LayerKind.FONT:
        return [("raw", str(access), layer.public_id) for access in reversed(Access)]
    if layer.kind is not LayerKind.IMAGE or layer.access is not Access.UPLOAD:
        return []
    stem = layer.public_id.rpartition(".")[0]
    names = [layer.public_id, *([stem] if stem else [])]
    return [("image", "upload", name) for name in names]
