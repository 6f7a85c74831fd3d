"""What would be right where a transformation is wrong: the end of “… was expected”.

It stands in the domain so that the window can translate it without loading the language itself.
Each text is filled with facts where it is said; a window finds its template again, the first
that fits, so the one that fits nearly everything stands last.
"""

from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


class Expected(StrEnum):
    """A template; most need no facts."""

    PARAMETER = QT_TRANSLATE_NOOP("facts", "a parameter such as w_300")
    LENGTH = QT_TRANSLATE_NOOP(
        "facts", "a whole number of pixels, a share such as 0.5, iw, ih or an expression"
    )
    LENGTH_ABOVE_0 = QT_TRANSLATE_NOOP(
        "facts", "a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0"
    )
    RATIO = QT_TRANSLATE_NOOP("facts", "a ratio such as 16:9 or 1.5")
    FACTOR_OR_AUTO = QT_TRANSLATE_NOOP("facts", "a factor such as 2.0, or auto")
    FACTOR = QT_TRANSLATE_NOOP("facts", "a factor such as 0.7")
    QUALITY = QT_TRANSLATE_NOOP("facts", "1 to 100, or auto with its level")
    UTF_8 = QT_TRANSLATE_NOOP("facts", "text in UTF-8")
    TEXT_LAYER = QT_TRANSLATE_NOOP("facts", "a text layer")
    LAYER = QT_TRANSLATE_NOOP("facts", "the public ID of a layer")
    LAYER_DEPTH = QT_TRANSLATE_NOOP("facts", "at most {count} layers within layers")
    LAYER_SIZE = QT_TRANSLATE_NOOP("facts", "a layer that needs at most {limit} megapixels")
    ADDRESS = QT_TRANSLATE_NOOP("facts", "an address in URL-safe Base64")
    PAGE = QT_TRANSLATE_NOOP("facts", "one of the {count} pages")
    ONLY_PAGE = QT_TRANSLATE_NOOP("facts", "the only page, 1")
    SIZE = QT_TRANSLATE_NOOP("facts", "a size of at most {limit} megapixels")
    INSIDE = QT_TRANSLATE_NOOP("facts", "a crop that lies inside the picture (fl_no_overflow)")
    NOT_ITSELF = QT_TRANSLATE_NOOP("facts", "a named transformation that does not contain itself")
    NAMED_LENGTH = QT_TRANSLATE_NOOP(
        "facts", "named transformations of at most {count} components in all"
    )
    NAMED = QT_TRANSLATE_NOOP(
        "facts",
        "the name of a transformation without mistakes; "
        "in this one {expected} was expected instead of “{found}”",
    )
    OFFSETS_WITHIN = QT_TRANSLATE_NOOP(
        "facts", "offsets that leave a part of the film, which ends after {end} seconds"
    )
    OFFSETS = QT_TRANSLATE_NOOP("facts", "offsets that leave a part of the film")
    CODEC = QT_TRANSLATE_NOOP("facts", "a codec that the format holds ({held})")
    TEXT_FITS = QT_TRANSLATE_NOOP("facts", "a text that fits into {width} × {height} pixels")
    TEXT_LENGTH = QT_TRANSLATE_NOOP("facts", "a text of at most {count} characters")
    TEXT_SIZE = QT_TRANSLATE_NOOP(
        "facts", "a text of at most {side} pixels a side and {limit} megapixels"
    )
    FONT_SIZE = QT_TRANSLATE_NOOP("facts", "a font size above 0")
    RESULT = QT_TRANSLATE_NOOP("facts", "a result that is not beyond all sizes")
    DIVISION = QT_TRANSLATE_NOOP("facts", "a division by something other than 0")
    POWER = QT_TRANSLATE_NOOP("facts", "a power with an exponent up to {count}")
    ROOT = QT_TRANSLATE_NOOP("facts", "a root of something that is not below 0")
    EITHER = QT_TRANSLATE_NOOP("facts", "{one} or {other}")
