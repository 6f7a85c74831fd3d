"""Pictures made of several pictures: sprites with their CSS, and animations or documents.

Source: reference/cloudinary.md 3.8. Each picture comes from the decoder as PNG; only our own PNGs
are put together here. All functions block.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.files import Received
from bridge_app.transform.errors import TransformationError

MAX_PICTURES = 1_000
MAX_PIXELS = 100_000_000
FRAME_MS = 100
MULTI_FORMATS = {"gif": "GIF", "png": "PNG", "webp": "WEBP", "pdf": "PDF"}
SPRITE_FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "gif": "GIF"}
OPAQUE = frozenset({"jpg", "pdf"})

Place = Mapping[str, int]
"""Width, height, x and y of a picture in a sprite."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture with the name it has in the whole."""

    name: str
    image: Image.Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A finished sprite: its file and where each picture is."""

    data: bytes
    width: int
    height: int
    places: Mapping[str, Place]


def frames(
    decoder: Decoder, files: Iterable[tuple[str, Received]], transformation: str
) -> list[Frame]:
    """The pictures after their transformation, in alphabetical order of their names.

    Raises:
        CloudinaryError: 400, one of them is none, or they are too many or too large.
    """
    named = sorted(files, key=lambda one: one[0])
    if not named or len(named) > MAX_PICTURES:
        raise bad_request(f"Between 1 and {MAX_PICTURES} images are needed, not {len(named)}")
    text = "/".join(filter(None, [transformation, "f_png"]))
    found: list[Frame] = []
    pixels = 0
    for name, file in named:
        try:
            made = decoder.render(file.path(), text)
        except TransformationError as error:
            raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
        except BridgeError as error:
            raise bad_request(f"Invalid image file {name}") from error
        pixels += made.width * made.height
        if pixels > MAX_PIXELS:
            raise bad_request("The images are too large together")
        found.append(Frame(name, Image.open(io.BytesIO(made.data)).convert("RGBA")))
    return found


def sprite(pictures: Sequence[Frame], wanted: str) -> Sheet:
    """All pictures below one another in one file.

    Raises:
        CloudinaryError: 400, the format cannot be made.
    """
    encoder = _encoder(SPRITE_FORMATS, wanted)
    width = max(one.image.width for one in pictures)
    height = sum(one.image.height for one in pictures)
    whole = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    places: dict[str, Place] = {}
    y = 0
    for one in pictures:
        whole.paste(one.image, (0, y))
        size = one.image.size
        places[one.name] = {"width": size[0], "height": size[1], "x": 0, "y": y}
        y += size[1]
    return Sheet(data=encoder(whole, ()), width=width, height=height, places=places)


def stylesheet(places: Mapping[str, Place], url: str, prefix: str) -> str:
    """The CSS that shows each picture of a sprite by a class of its own."""
    return "\n".join(
        f".{prefix}{name} {{ background: url('{url}') -{place['x']}px -{place['y']}px no-repeat; "
        f"width: {place['width']}px; height: {place['height']}px; }}"
        for name, place in places.items()
    )


def index(places: Mapping[str, Place]) -> str:
    """The same as JSON."""
    return json.dumps({name: dict(place) for name, place in places.items()})


def multi(pictures: Sequence[Frame], wanted: str, *, delay_ms: int = FRAME_MS) -> bytes:
    """All pictures one after the other in one file: frames or pages.

    Raises:
        CloudinaryError: 400, the format cannot be made.
    """
    encoder = _encoder(MULTI_FORMATS, wanted, delay_ms=delay_ms)
    width = max(one.image.width for one in pictures)
    height = max(one.image.height for one in pictures)
    sheets = []
    for one in pictures:
        ground = (255, 255, 255, 255) if wanted in OPAQUE else (0, 0, 0, 0)
        sheet = Image.new("RGBA", (width, height), ground)
        sheet.paste(one.image, (0, 0), one.image)
        sheets.append(sheet)
    return encoder(sheets[0], sheets[1:])


Encode = Callable[[Image.Image, Sequence[Image.Image]], bytes]


def _encoder(formats: Mapping[str, str], wanted: str, *, delay_ms: int = FRAME_MS) -> Encode:
    """Writes pictures in a format."""
    if wanted not in formats:
        raise bad_request(f"The sandbox makes {', '.join(formats)} and not {wanted}")

    def encode(first: Image.Image, rest: Sequence[Image.Image]) -> bytes:
        written = io.BytesIO()
        mode = "RGB" if wanted in OPAQUE else "RGBA"
        more = {"save_all": True, "append_images": [one.convert(mode) for one in rest]}
        timing = {"duration": delay_ms, "loop": 0} if wanted in {"gif", "png", "webp"} else {}
        first.convert(mode).save(written, formats[wanted], **(more | timing if rest else {}))
        return written.getvalue()

    return encode
