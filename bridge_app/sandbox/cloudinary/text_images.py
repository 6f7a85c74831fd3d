"""Pictures of text, in the one typeface the sandbox has.

Source: reference/cloudinary.md 3.1, `text`.
"""

import io
import re

from PIL import Image, ImageColor, ImageDraw, ImageFont

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params

MAX_FONT_SIZE = 500
MAX_LETTERS = 2_000
HEXADECIMAL = re.compile(r"(?:rgb:|#)?([0-9a-fA-F]{3,8})")
CLEAR = (0, 0, 0, 0)


def text_png(params: Params) -> tuple[bytes, int, int]:
    """A PNG of the parameter `text`, with its width and height; blocks.

    Raises:
        CloudinaryError: 400, a value is wrong.
    """
    text = params.text("text")
    size = params.number("font_size", 12, least=1, most=MAX_FONT_SIZE)
    if not text or len(text) > MAX_LETTERS:
        raise bad_request("Missing required parameter - text" if not text else "text is too long")
    font = ImageFont.load_default(size)
    left, top, right, bottom = ImageDraw.Draw(Image.new("RGBA", (1, 1))).multiline_textbbox(
        (0, 0), text, font=font
    )
    width, height = max(round(right - left), 1), max(round(bottom - top), 1)
    ground = _colour(params.text("background"), CLEAR)
    image = Image.new("RGBA", (width, height), ground)
    ink = _colour(params.text("font_color"), (0, 0, 0, 255))
    opacity = params.number("opacity", 100, most=100)
    pen = ImageDraw.Draw(image)
    pen.multiline_text((-left, -top), text, font=font, fill=(*ink[:3], ink[3] * opacity // 100))
    if params.text("text_decoration") == "underline":
        pen.line((0, height - 1, width, height - 1), fill=ink)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue(), width, height


def _colour(text: str, default: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """A colour by name or as hexadecimal digits."""
    if not text:
        return default
    digits = HEXADECIMAL.fullmatch(text)
    try:
        red, green, blue, *alpha = ImageColor.getrgb(f"#{digits[1]}" if digits else text)
    except ValueError as error:
        raise bad_request(f"Invalid color {text}") from error
    return red, green, blue, alpha[0] if alpha else 255
