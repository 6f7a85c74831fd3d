"""Layers as the official SDKs describe them (`overlay`, `underlay`), written as `l_` and `u_`.

Source: reference/cloudinary.md, 9.8.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

_VARIABLE = re.compile(r"(\$\([a-zA-Z]\w+\))")
_UNSAFE = re.compile(rb"[^A-Za-z0-9_.\-/:]")
# A style word that says what holds anyway is left out.
_STYLE_WORDS = {
    "font_weight": "normal",
    "font_style": "normal",
    "text_decoration": "none",
    "text_align": None,
    "stroke": "none",
}
_STYLE_FIGURES = {
    "letter_spacing": "letter_spacing",
    "line_spacing": "line_spacing",
    "font_antialiasing": "antialias",
    "font_hinting": "hinting",
}
_WORDED = {"text", "subtitles"}
# The SDK looks for a kind in front of `:fetch:` only this far.
_KIND_UNTIL = 12


def written_layer(layer: object) -> str:
    """What stands behind `l_` or `u_` for a layer: a text of ours, or the SDK's dictionary.

    Raises:
        InvalidInputError: The dictionary names neither an asset nor a text, or half a font.
    """
    if isinstance(layer, str):
        return _of_text(layer)
    if not isinstance(layer, Mapping):
        return "" if layer is None else str(layer)
    return ":".join(_parts(layer))


def _of_text(layer: str) -> str:
    if layer.startswith("fetch:"):
        return f"fetch:{_encoded(layer.removeprefix('fetch:'))}"
    if ":fetch:" in layer[:_KIND_UNTIL]:
        kind, _, url = layer.split(":", 2)
        return ":".join(filter(None, ("" if kind == "image" else kind, "fetch", _encoded(url))))
    return layer


def _parts(layer: Mapping[str, object]) -> list[str]:
    text, url = layer.get("text"), layer.get("url")
    kind = layer.get("resource_type")
    if text is not None and kind is None:
        kind = "text"
    source = layer.get("type") or ("fetch" if url else None)
    parts = [str(kind)] if kind is not None and kind != "image" else []
    if source is not None and source != "upload":
        parts.append(str(source))
    name = _name(layer)
    if kind in _WORDED:
        if not name and text is None:
            raise _wrong("it needs a text or a public ID")
        written = None if text is None else written_text(str(text))
        return [*parts, *(part for part in (text_style(layer), name, written) if part is not None)]
    if source == "fetch":
        return [*parts, _encoded(str(url))]
    if name is None:
        raise _wrong("it needs a public ID")
    return [*parts, name]


def _name(layer: Mapping[str, object]) -> str | None:
    name, extension = layer.get("public_id"), layer.get("format")
    if name is None:
        return None
    return f"{name}.{extension}".replace("/", ":") if extension else str(name).replace("/", ":")


def text_style(layer: Mapping[str, object]) -> str | None:
    """`Arial_20_bold_letter_spacing_4`; None when the layer says nothing of its look.

    Raises:
        InvalidInputError: A look needs a font's family and its size.
    """
    style = str(layer.get("text_style", ""))
    if style.strip():
        return style
    family, size = layer.get("font_family"), layer.get("font_size")
    words = [
        str(layer[name])
        for name, usual in _STYLE_WORDS.items()
        if layer.get(name) is not None and layer[name] != usual
    ]
    words += [
        f"{word}_{layer[name]}"
        for name, word in _STYLE_FIGURES.items()
        if layer.get(name) is not None
    ]
    if family is None and size is None and not words:
        return None
    if family is None or size is None:
        raise _wrong("its text needs font_family and font_size")
    return "_".join((str(family), str(size), *words))


def written_text(text: str) -> str:
    """A layer's text, escaped: commas and slashes twice, `$(variables)` not at all."""
    return "".join(
        piece if index % 2 else _escaped(piece.replace(",", "%2C").replace("/", "%2F"))
        for index, piece in enumerate(_VARIABLE.split(text))
    )


def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda mark: b"%%%02X" % mark[0][0], text.encode()).decode("ascii")


def _encoded(url: str) -> str:
    return urlsafe_b64encode(url.encode()).decode("ascii")


def _wrong(detail: str) -> InvalidInputError:
    return InvalidInputError(what=QT_TRANSLATE_NOOP("facts", "The layer"), detail=detail)
