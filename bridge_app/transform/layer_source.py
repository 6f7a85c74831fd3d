"""What a layer shows: the value of `l_` or `u_`, read and written.

Source: reference of Cloudinary's layers, 9.8; slashes of public IDs stand as colons.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.layer_text import decoded_once, escaped, unescaped
from bridge_app.transform.text_style import FONT_SUFFIXES, TextStyle, text_style


class LayerKind(StrEnum):
    """What kind of stored asset a layer names; a font is named by a text's style."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    SUBTITLES = "subtitles"
    LUT = "lut"
    FONT = "font"


class Access(StrEnum):
    """The delivery type of a stored asset; all but the first need a signed URL."""

    UPLOAD = "upload"
    PRIVATE = "private"
    AUTHENTICATED = "authenticated"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLayer:
    """An asset of the account: its public ID with slashes, and its extension if one is written."""

    public_id: str
    kind: LayerKind = LayerKind.IMAGE
    access: Access = Access.UPLOAD

    def __str__(self) -> str:
        """The value of `l_`."""
        kind = [] if self.kind is LayerKind.IMAGE else [str(self.kind)]
        access = [] if self.access is Access.UPLOAD else [str(self.access)]
        return ":".join([*kind, *access, quote(self.public_id.replace("/", ":"), safe=":")])


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedLayer:
    """A picture or video at an address outside the account."""

    url: str
    kind: LayerKind = LayerKind.IMAGE

    def __str__(self) -> str:
        """The value of `l_`."""
        address = base64.urlsafe_b64encode(self.url.encode()).decode()
        return (
            f"fetch:{address}" if self.kind is LayerKind.IMAGE else f"{self.kind}:fetch:{address}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """Words to be set in a style, or in that of a stored text asset, named by `template`.

    `style` is None exactly when `template` is not empty; `text` is as people read it.
    """

    text: str
    style: TextStyle | None = None
    template: str = ""

    def __str__(self) -> str:
        """The value of `l_`, the text escaped."""
        style = str(self.style) if self.style else self.template.replace("/", ":")
        return f"text:{quote(style, safe=':')}:{escaped(self.text)}"


LayerSource = StoredLayer | FetchedLayer | TextLayer

_KINDS: Mapping[str, LayerKind] = {
    str(kind): kind for kind in LayerKind if kind is not LayerKind.FONT
}
_ACCESSES: Mapping[str, Access] = {str(access): access for access in Access}


def layer_source(written: str, *, position: int = 0) -> LayerSource:
    """Read the value of `l_` or `u_`: `logo`, `private:dir:logo`, `text:Inter_40:Hello`.

    Args:
        written: As it stands in the transformation.
        position: Where it stands there, for errors.

    Raises:
        TransformationError: It names nothing, its bytes are no UTF-8, or an address is no
            Base64.
    """
    first, _, rest = written.partition(":")
    if first == "text" and rest:
        return _text(rest, position + len("text:"))
    kind = LayerKind.IMAGE
    if first in _KINDS and rest:
        kind, written, position = _KINDS[first], rest, position + len(first) + 1
        first, _, rest = written.partition(":")
    if first == "fetch" and rest:
        return FetchedLayer(url=_address(rest, position + len("fetch:")), kind=kind)
    access = Access.UPLOAD
    if first in _ACCESSES and rest:
        access, written = _ACCESSES[first], rest
    public_id = decoded_once(written, position=position).replace(":", "/").strip("/")
    if not public_id:
        raise TransformationError(position=position, found=written, expected=Expected.LAYER)
    return StoredLayer(public_id=public_id, kind=kind, access=access)


def _text(written: str, position: int) -> TextLayer:
    """The style ends at the first colon before which stands one; else a template is named."""
    at = written.find(":")
    while at >= 0:
        style = text_style(decoded_once(written[:at], position=position))
        if style and (":" not in written[:at] or style.is_uploaded):
            text = unescaped(written[at + 1 :], position=position + at + 1)
            return TextLayer(text=text, style=style)
        if not any(suffix in written.lower() for suffix in FONT_SUFFIXES):
            break
        at = written.find(":", at + 1)
    template, _, text = written.partition(":")
    return TextLayer(
        text=unescaped(text, position=position + len(template) + 1),
        template=decoded_once(template, position=position),
    )


def _address(written: str, position: int) -> str:
    address = decoded_once(written, position=position).rstrip("=")
    try:
        # Python's decoder ignores what is not of the alphabet; a wrong address is no address.
        decoded = base64.b64decode(
            address + "=" * (-len(address) % 4), altchars=b"-_", validate=True
        )
        return decoded.decode()
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise TransformationError(
            position=position, found=written[:80], expected=Expected.ADDRESS
        ) from error
