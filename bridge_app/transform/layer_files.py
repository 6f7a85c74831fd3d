"""The files that the layers of a transformation need, found before it is rendered elsewhere.

Rendering happens in confined children that cannot ask anybody: they are told where each picture
and font lies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.layer_source import (
    FetchedLayer,
    LayerKind,
    StoredLayer,
    TextLayer,
    layer_source,
)
from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.model import Transformation

_MOST_LAYERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFiles:
    """Layer sources as plain values: from what a layer is called (`str(layer)`) to its file."""

    paths: Mapping[str, Path]

    def open(self, layer: StoredLayer | FetchedLayer) -> Path | None:
        """The file, if it was found."""
        return self.paths.get(str(layer))


def layer_files(transformation: Transformation, sources: LayerSources) -> LayerFiles:
    """What `sources` knows of the layers that the text names, whether they will be drawn or not.

    Of a hundred layers and more the rest is not asked for; who renders refuses what is wrong.
    """
    paths: dict[str, Path] = {}
    for layer in list(dict.fromkeys(_named(transformation)))[:_MOST_LAYERS]:
        path = sources.open(layer)
        if path is not None:
            paths[str(layer)] = path
    return LayerFiles(paths=paths)


def _named(transformation: Transformation) -> Iterator[StoredLayer | FetchedLayer]:
    for component in transformation.components:
        for parameter in component.parameters:
            if parameter.key in {"l", "u"}:
                yield from _files_of(parameter.text)


def _files_of(written: str) -> Iterator[StoredLayer | FetchedLayer]:
    try:
        source = layer_source(written)
    except TransformationError:
        return  # whoever renders says so, with its place
    if not isinstance(source, TextLayer):
        yield source
    elif source.style and source.style.is_uploaded:
        yield StoredLayer(public_id=source.style.family, kind=LayerKind.FONT)
