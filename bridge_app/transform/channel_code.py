"""A rendition as a channel shows it: its defaults, widths, stand-in, and words in addresses."""

import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote

from bridge_app.domain.channel_settings import ChannelSettings, Placeholder
from bridge_app.transform.breakpoints import BreakpointRules, even_widths
from bridge_app.transform.delivery_address import IMAGE_UPLOAD
from bridge_app.transform.embed import Embed, with_density
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse

PLACEHOLDERS = {
    Placeholder.NONE: "",
    Placeholder.BLUR: "c_limit,w_64/e_blur:400/f_auto,q_1",
    Placeholder.PIXELATE: "c_limit,w_64/e_pixelate:8/f_auto,q_1",
    Placeholder.VECTORIZE: "e_vectorize:colors_3:detail_100/f_svg",
    Placeholder.PREDOMINANT: "b_auto:predominant,c_pad,h_2,w_64/c_crop,g_east,h_1,w_1/f_png",
}
"""What is put behind a rendition to have its stand-in. Source: the effects of the same names in
reference/cloudinary.md, 9."""
LONGEST_SUFFIX = 60


def with_defaults(transformation: str, settings: ChannelSettings) -> str:
    """A rendition with what the channel wants of format, quality and density, unless it says so.

    The result is what has to be asked of the gate: it is another file. Raises TransformationError.
    """
    parsed = parse(transformation)
    if settings.dpr:
        dense = with_density(parsed, settings.dpr)
        parsed = parse(dense) if dense is not None else parsed
    added = [
        f"{key}_{value}"
        for key, value in (("f", settings.format), ("q", settings.quality))
        if value and not _says(parsed, key)
    ]
    return "/".join(filter(None, (str(parsed), ",".join(added))))


def on_channel(embed: Embed, settings: ChannelSettings) -> Embed:
    """What is shown by the channel's code; its transformation is `with_defaults` already."""
    kind = (embed.path.resource_type, embed.path.delivery_type)
    is_picture = kind == IMAGE_UPLOAD
    return replace(
        embed,
        widths=embed.widths or _widths(embed.width, settings),
        is_lazy=settings.lazy,
        placeholder=PLACEHOLDERS[settings.placeholder] if is_picture else "",
        suffix=quote(seo_suffix(embed.alt)) if settings.seo_suffix and is_picture else "",
    )


def seo_suffix(words: str) -> str:
    """Words as they may stand at the end of an address: letters and digits of any script."""
    composed = unicodedata.normalize("NFC", words).casefold()
    joined = re.sub(r"[\W_]+", "-", composed).strip("-")
    if len(joined) <= LONGEST_SUFFIX:
        return joined
    return joined[: LONGEST_SUFFIX + 1].rpartition("-")[0] or joined[:LONGEST_SUFFIX]


def _widths(width: int, settings: ChannelSettings) -> tuple[int, ...]:
    rules = settings.breakpoints
    if rules is None or not width:
        return ()
    wanted = BreakpointRules(
        min_width=rules.narrowest, max_width=rules.widest, max_images=rules.most
    )
    return tuple(sorted(even_widths(wanted, whole_width=width)))


def _says(transformation: Transformation, key: str) -> bool:
    return any(component.has(key) for component in transformation.components)
