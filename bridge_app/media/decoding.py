"""Foreign errors stop here: whatever a decoder raises over a bad file becomes a sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, DecoderLimitError, MediaError
from bridge_app.media.facts import Facts

CONTAINER_TURNED = ("heic", "heif", "avif")  # EXIF's orientation is a note there, no order
NO_MEMORY = ("out of memory", "memory allocation", "bad_alloc", "cannot allocate")


@contextmanager
def decoding(what: str) -> Iterator[None]:
    """Turn anything a decoder raises into MediaError, lack of memory into DecoderLimitError.

    Decoders of hostile files raise every class there is (struct.error, IndexError, their own),
    so this is one of the three places where any exception is caught.
    """
    try:
        yield
    except (BridgeError, NameError, ImportError):  # the latter are bugs of ours
        raise
    except MemoryError as error:
        raise DecoderLimitError(
            detail=QT_TRANSLATE_NOOP("facts", "it needs too much memory")
        ) from error
    except Exception as error:
        said = re.sub(r"\s*<[^>]*>", "", " ".join(str(error).split())).rstrip(".")
        if any(mark in said.lower() for mark in NO_MEMORY):
            raise DecoderLimitError(
                detail=QT_TRANSLATE_NOOP("facts", "it needs too much memory")
            ) from error
        raise MediaError(detail=f"{what}: {said[:200] or type(error).__name__}") from error


def bounded(width: int | None, height: int | None, pixels: int) -> None:
    """Raise DecoderLimitError for a picture of more than `pixels`."""
    if width and height and width * height > pixels:
        raise DecoderLimitError(
            detail=f"{width} x {height} pixels are more than {pixels // 1_000_000} megapixels"
        )


def turned(facts: Facts) -> tuple[int | None, int | None]:
    """Width and height as a viewer shows them."""
    if facts.format in CONTAINER_TURNED or facts.kind is Kind.VIDEO:
        is_sideways = facts.rotation % 180 == 90
    else:
        is_sideways = facts.orientation >= 5
    sides = (facts.width, facts.height)
    return (sides[1], sides[0]) if is_sideways else sides
