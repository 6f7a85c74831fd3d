"""What is to come out of a film: another film, sound, an animation, or one still."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bridge_app.transform.model import Component, Transformation, VideoCodec
from bridge_app.transform.video.film import Film


class Product(Enum):
    """The kinds of rendition a film can become."""

    FILM = "film"
    SOUND = "sound"
    ANIMATION = "animation"
    STILL = "still"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What comes out, and the extension it is written as.

    `asked` is what the transformation names (`""`: nothing); where that cannot be written here,
    `format` is what stands in for it.
    """

    product: Product
    format: str
    asked: str = ""

    @property
    def stands_in(self) -> bool:
        """Whether another format was asked for than is written."""
        return self.asked not in {"", self.format}


FILMS = ("mp4", "mov", "mkv", "webm")
SOUNDS = ("mp3", "m4a", "aac", "wav", "aiff", "flac", "ogg", "opus")
STILLS = frozenset(
    {"avif", "bmp", "gif", "heic", "ico", "jp2", "jpe", "jpeg", "jpg", "jxl", "pdf", "png", "psd"}
    | {"tif", "tiff", "webp"}
)
# Other names, and the nearest that can be written for those that cannot.
_WRITTEN: Mapping[str, str] = {
    "m4v": "mp4",
    "3gp": "mp4",
    "oga": "ogg",
    "aif": "aiff",
    "ogv": "webm",
    "wma": "mp3",
    "amr": "mp3",
}
_OWN: Mapping[str, str] = {name: name for name in (*FILMS, *SOUNDS)}
_MOVING_FLAGS = frozenset({"animated", "awebp", "apng"})
_BROWSER_FILMS = (("video/mp4", "mp4"), ("video/webm", "webm"))


def outcome_of(film: Film, components: tuple[Component, ...], *, accept: str) -> Outcome:
    """What a chain makes of a film; the last `f_` counts, wherever it stands.

    An animation is asked for by `f_gif`, or by `f_webp` with `fl_animated` or `fl_awebp`.

    Args:
        film: The master.
        components: Those that work on the picture itself.
        accept: The browser's `Accept` header, for `f_auto`.
    """
    texts = [p.text for c in components if (p := c.parameter("f"))]
    asked = texts[-1] if texts else ""
    if asked.partition(":")[0] == "auto":
        return _automatic(film, asked.partition(":")[2], accept)
    if asked in STILLS:
        flags = frozenset(flag for component in components for flag in component.flags)
        moves = film.size is not None and (asked == "gif" or (flags & _MOVING_FLAGS))
        return Outcome(product=Product.ANIMATION if moves else Product.STILL, format=asked)
    name = asked or film.container
    written = _OWN.get(name) or _WRITTEN.get(name) or ("mp4" if film.size else "mp3")
    if film.size is None and written in {"mov", "mkv", "webm"} and not asked:
        written = "m4a"
    heard_only = written in SOUNDS
    return Outcome(
        product=Product.SOUND if heard_only else Product.FILM, format=written, asked=asked
    )


def _automatic(film: Film, kind: str, accept: str) -> Outcome:
    """`f_auto`, `f_auto:video`, `f_auto:image`, `f_auto:animated`."""
    if film.size is None:
        return Outcome(product=Product.SOUND, format="mp3")
    if kind == "image":
        return Outcome(product=Product.STILL, format="auto")
    if kind == "animated":
        return Outcome(product=Product.ANIMATION, format="webp")
    named = (name for kind_, name in _BROWSER_FILMS if kind_ in accept)
    return Outcome(product=Product.FILM, format=next(named, "mp4"))


def asks_for_film(transformation: Transformation) -> bool:
    """Whether a picture that moves is to become a film: by the last `f_` anywhere."""
    texts = [p.text for c in transformation.components if (p := c.parameter("f"))]
    return bool(texts) and texts[-1] in FILMS


def drops_pictures(components: tuple[Component, ...]) -> bool:
    """Whether `vc_none` leaves the sound alone."""
    codecs = [codec for c in components if (codec := c.find("vc", VideoCodec))]
    return bool(codecs) and codecs[-1].name == "none"
