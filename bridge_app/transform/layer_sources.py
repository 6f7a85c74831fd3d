"""Where the pictures and fonts that layers name are on this computer, if they are."""

from pathlib import Path
from typing import Protocol

from bridge_app.transform.layer_source import FetchedLayer, LayerKind, StoredLayer
from bridge_app.transform.text_style import FONT_SUFFIXES

_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".avif", ".tif", ".tiff")


class LayerSources(Protocol):
    """Finds the file of a layer. Blocks; may be asked from any thread; never asks the network."""

    def open(self, layer: StoredLayer | FetchedLayer) -> Path | None:
        """The file that holds it; None when it is not known here: the layer is then left out."""


class NoLayers:
    """Knows no picture at all: text layers are set, the others are left out."""

    def open(self, layer: StoredLayer | FetchedLayer) -> Path | None:
        """Always None."""
        del layer
        return None


class LayerFolder:
    """A folder whose files are named by their public IDs: `brand/logo` is `brand/logo.png`.

    Args:
        folder: Public IDs are looked up inside it, and nowhere else, links included.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def open(self, layer: StoredLayer | FetchedLayer) -> Path | None:
        """The file named exactly so, or so with the extension of a picture or font."""
        if isinstance(layer, FetchedLayer) or "\0" in layer.public_id:
            return None
        suffixes = FONT_SUFFIXES if layer.kind is LayerKind.FONT else _SUFFIXES
        names = (layer.public_id, *(f"{layer.public_id}{suffix}" for suffix in suffixes))
        return next((path for name in names if (path := self._file(name))), None)

    def _file(self, name: str) -> Path | None:
        try:
            path = (self._folder / name).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except OSError:  # a name that this file system cannot hold names nothing
            return None
