"""Where the files of layers lie, told to a child that can ask nobody."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge_app.transform.layer_sources import LayerSources


def layer_paths(transformation: str, sources: "LayerSources | None") -> dict[str, str]:
    """From what each layer is called to its file's path; a path may hold escaped bytes.

    Raises TransformationError when the text is none.
    """
    if sources is None or ("l_" not in transformation and "u_" not in transformation):
        return {}
    # libvips takes 0.15 s to load, and belongs into the children.
    from bridge_app.transform.layer_files import layer_files  # noqa: PLC0415
    from bridge_app.transform.parse import parse  # noqa: PLC0415

    found = layer_files(parse(transformation), sources)
    return {name: str(path.absolute()) for name, path in found.paths.items()}
