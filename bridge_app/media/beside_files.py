"""What counts beside a file when it is transformed, told to a child that can ask nobody."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bridge_app.transform.layer_sources import LayerSources
    from bridge_app.transform.record import Record

NOTHING_NAMED: Mapping[str, str] = MappingProxyType({})


def told_beside(
    transformation: str,
    layers: "LayerSources | None",
    named: Mapping[str, str],
    record: "Record | None",
) -> dict[str, Any]:
    """The part of a request that says it.

    Args:
        transformation: The text that will be carried out.
        layers: Finds the pictures and fonts that its layers name; None: they are left out.
        named: What named transformations stand for; those that it does not name are not told.
        record: What is known of the master beside the file.

    Raises TransformationError when the text is none.
    """
    return {
        "layers": _layer_paths(transformation, layers),
        "named": _definitions(transformation, named),
        "record": record.plain() if record else None,
    }


def _layer_paths(transformation: str, sources: "LayerSources | None") -> dict[str, str]:
    """From what each layer is called to its file's path; a path may hold escaped bytes."""
    if sources is None or ("l_" not in transformation and "u_" not in transformation):
        return {}
    # libvips takes 0.15 s to load, and belongs into the children.
    from bridge_app.transform.layer_files import layer_files  # noqa: PLC0415
    from bridge_app.transform.parse import parse  # noqa: PLC0415

    found = layer_files(parse(transformation), sources)
    return {name: str(path.absolute()) for name, path in found.paths.items()}


def _definitions(transformation: str, named: Mapping[str, str]) -> dict[str, str]:
    if "t_" not in transformation or not named:
        return {}
    from bridge_app.transform.definitions import definitions_used  # noqa: PLC0415 - as above

    return definitions_used(transformation, named)
