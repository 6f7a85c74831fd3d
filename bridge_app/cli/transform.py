"""The command `transform`: a file rendered on this machine, with how true the result is."""

import argparse
from pathlib import Path

from bridge_app.cli.files import read_file
from bridge_app.cli.output import DONE, note, say, say_json
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import Rendered, parse
from bridge_app.transform.layer_sources import LayerFolder
from bridge_app.transform.spelling import doubts
from bridge_app.transform.whole_url import whole_url
from bridge_app.work.rendition_files import write_whole

FORMATS = {"jpeg": "jpg", "tif": "tiff"}


def transform(arguments: argparse.Namespace) -> int:
    """Render a file locally, in a decoder process, and say how true the result is."""
    target = Path(arguments.output)
    wanted = _asked(arguments.transformation)
    extension = target.suffix.lstrip(".").lower()
    if extension and not any(part.has("f") for part in parse(wanted).components):
        wanted = f"{wanted}/f_{FORMATS.get(extension, extension)}".lstrip("/")
    named = _definitions(arguments.presets) if arguments.presets else {}
    with DecoderPool(size=1) as decoder:
        layers = LayerFolder(Path(arguments.layers)) if arguments.layers else None
        rendered = decoder.render(Path(arguments.file), wanted, layers=layers, named=named)
    write_whole(target, rendered.data, replaces=True, with_folders=False)
    facts = {
        "output": str(target),
        "width": rendered.width,
        "height": rendered.height,
        "format": rendered.format,
        "bytes": len(rendered.data),
        "fidelity": rendered.fidelity.value,
        "reasons": list(rendered.reasons),
    }
    if arguments.json:
        say_json(facts)
        return DONE
    say(
        f"{target}: {_size(rendered)}{rendered.format}, "
        f"{len(rendered.data)} bytes, {rendered.fidelity.value}"
    )
    for reason in rendered.reasons:
        say(f"  {reason}")
    return DONE


def _definitions(name: str) -> dict[str, str]:
    """What the presets of a document say that named transformations stand for."""
    # What presets need is loaded only where they count.
    from bridge_app.work.preset_shelf import LARGEST_DOCUMENT, library_in  # noqa: PLC0415

    library = library_in(read_file(name, at_most=LARGEST_DOCUMENT))
    return {name: one.transformation for name, one in library.presets.items()}


def _size(rendered: Rendered) -> str:
    """Width and height; sound has none."""
    return f"{rendered.width}×{rendered.height} " if rendered.width else ""


def _asked(text: str) -> str:
    """What was typed, or what a delivery address asks for; doubtful words are named."""
    address = whole_url(text) if "://" in text else None
    transformation = address.transformation if address else parse(text)
    for doubt in doubts(transformation):
        near = ", ".join(doubt.suggestions)
        note(f"character {doubt.position + 1}: “{doubt.found}” is not known here; near it: {near}")
    return str(transformation)
