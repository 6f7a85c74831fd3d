"""The library that everybody starts with: the formats that today's channels ask for.

The pixels are those that the channels' own guidelines recommend in 2026; they change, so they are
copied into the ledger, where people change them.
"""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.presets import READY_PRESETS, Contract, RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet

KILOBYTE = 1024
AD_BYTES = 150 * KILOBYTE
"""The largest first load of a display ad. Source: IAB New Ad Portfolio, 150 kB."""
EDITION = 1
"""Counts up when formats are added; a profile gets those of editions it has not seen."""


def _format(
    name: str, title: str, size: tuple[int, int], channel: str, *, most_bytes: int = 0
) -> RenditionPreset:
    """A format of exactly this width and height, cut around what matters in the picture."""
    width, height = size
    return RenditionPreset(
        name=name,
        title=title,
        transformation=f"c_fill,g_auto,h_{height},w_{width}/q_auto",
        format="jpg",
        channel=channel,
        contract=Contract(width=width, height=height, most_bytes=most_bytes),
    )


_WEB = (
    _format("hero-desktop", QT_TRANSLATE_NOOP("presets", "Web hero, desktop"), (1920, 800), "web"),
    _format("hero-tablet", QT_TRANSLATE_NOOP("presets", "Web hero, tablet"), (1024, 640), "web"),
    _format("hero-mobile", QT_TRANSLATE_NOOP("presets", "Web hero, mobile"), (750, 1000), "web"),
    _format("card", QT_TRANSLATE_NOOP("presets", "Web card"), (800, 600), "web"),
    _format(
        "og-image", QT_TRANSLATE_NOOP("presets", "Link preview (og:image)"), (1200, 630), "web"
    ),
    RenditionPreset(
        name="product",
        title=QT_TRANSLATE_NOOP("presets", "Product on white"),
        transformation="b_white,c_pad,h_2000,w_2000/q_auto",
        format="jpg",
        channel="commerce",
        contract=Contract(width=2000, height=2000),
    ),
    RenditionPreset(
        name="product-thumbnail",
        title=QT_TRANSLATE_NOOP("presets", "Product thumbnail"),
        transformation="b_white,c_pad,h_400,w_400/q_auto",
        format="jpg",
        channel="commerce",
        contract=Contract(width=400, height=400),
    ),
)
_SOCIAL = (
    _format(
        "instagram-portrait",
        QT_TRANSLATE_NOOP("presets", "Instagram portrait"),
        (1080, 1350),
        "instagram",
    ),
    _format(
        "instagram-square",
        QT_TRANSLATE_NOOP("presets", "Instagram square"),
        (1080, 1080),
        "instagram",
    ),
    _format(
        "instagram-landscape",
        QT_TRANSLATE_NOOP("presets", "Instagram landscape"),
        (1080, 566),
        "instagram",
    ),
    _format(
        "instagram-story",
        QT_TRANSLATE_NOOP("presets", "Instagram story"),
        (1080, 1920),
        "instagram",
    ),
    _format("tiktok", QT_TRANSLATE_NOOP("presets", "TikTok photo"), (1080, 1920), "tiktok"),
    _format(
        "facebook-post", QT_TRANSLATE_NOOP("presets", "Facebook post"), (1080, 1350), "facebook"
    ),
    _format(
        "facebook-cover", QT_TRANSLATE_NOOP("presets", "Facebook cover"), (1640, 624), "facebook"
    ),
    _format(
        "youtube-thumbnail",
        QT_TRANSLATE_NOOP("presets", "YouTube thumbnail"),
        (1280, 720),
        "youtube",
        most_bytes=2_000_000,
    ),
    _format(
        "youtube-banner", QT_TRANSLATE_NOOP("presets", "YouTube banner"), (2560, 1440), "youtube"
    ),
    _format("x-post", QT_TRANSLATE_NOOP("presets", "X post"), (1600, 900), "x"),
    _format("x-header", QT_TRANSLATE_NOOP("presets", "X header"), (1500, 500), "x"),
    _format(
        "linkedin-post", QT_TRANSLATE_NOOP("presets", "LinkedIn post"), (1200, 627), "linkedin"
    ),
    _format(
        "linkedin-cover",
        QT_TRANSLATE_NOOP("presets", "LinkedIn page cover"),
        (1128, 191),
        "linkedin",
    ),
    _format(
        "pinterest-pin", QT_TRANSLATE_NOOP("presets", "Pinterest pin"), (1000, 1500), "pinterest"
    ),
)
_EMAIL = (
    _format("email-header", QT_TRANSLATE_NOOP("presets", "E-mail header"), (1200, 400), "email"),
    _format("email-teaser", QT_TRANSLATE_NOOP("presets", "E-mail teaser"), (560, 374), "email"),
)
_ADS = tuple(
    _format(name, title, size, "display", most_bytes=AD_BYTES)
    for name, title, size in (
        ("ad-medium-rectangle", QT_TRANSLATE_NOOP("presets", "Ad, medium rectangle"), (300, 250)),
        ("ad-large-rectangle", QT_TRANSLATE_NOOP("presets", "Ad, large rectangle"), (336, 280)),
        ("ad-leaderboard", QT_TRANSLATE_NOOP("presets", "Ad, leaderboard"), (728, 90)),
        ("ad-billboard", QT_TRANSLATE_NOOP("presets", "Ad, billboard"), (970, 250)),
        ("ad-half-page", QT_TRANSLATE_NOOP("presets", "Ad, half page"), (300, 600)),
        ("ad-skyscraper", QT_TRANSLATE_NOOP("presets", "Ad, wide skyscraper"), (160, 600)),
        ("ad-mobile-banner", QT_TRANSLATE_NOOP("presets", "Ad, mobile banner"), (320, 50)),
        ("ad-mobile-large", QT_TRANSLATE_NOOP("presets", "Ad, large mobile banner"), (320, 100)),
    )
)
_PRINT = (
    RenditionPreset(
        name="press",
        title=QT_TRANSLATE_NOOP("presets", "Press, at most 4000"),
        transformation="c_limit,fl_keep_iptc,h_4000,w_4000/q_92",
        format="jpg",
        channel="press",
        contract=Contract(width=4000, height=4000, exact=False),
    ),
)


def _names(presets: tuple[RenditionPreset, ...]) -> tuple[str, ...]:
    return tuple(preset.name for preset in presets)


STARTING_LIBRARY = PresetLibrary.of(
    (*READY_PRESETS, *_WEB, *_SOCIAL, *_EMAIL, *_ADS, *_PRINT),
    (
        RenditionSet(
            name="ready",
            title=QT_TRANSLATE_NOOP("presets", "Ready presets"),
            presets=_names(READY_PRESETS),
        ),
        RenditionSet(
            name="website", title=QT_TRANSLATE_NOOP("presets", "Website"), presets=_names(_WEB[:5])
        ),
        RenditionSet(
            name="shop", title=QT_TRANSLATE_NOOP("presets", "Shop"), presets=_names(_WEB[5:])
        ),
        RenditionSet(
            name="social",
            title=QT_TRANSLATE_NOOP("presets", "Social networks"),
            presets=_names(_SOCIAL),
        ),
        RenditionSet(
            name="email", title=QT_TRANSLATE_NOOP("presets", "E-mail"), presets=_names(_EMAIL)
        ),
        RenditionSet(
            name="display",
            title=QT_TRANSLATE_NOOP("presets", "Display advertising"),
            presets=_names(_ADS),
        ),
        RenditionSet(
            name="campaign",
            title=QT_TRANSLATE_NOOP("presets", "Whole campaign"),
            presets=_names((*_WEB[:5], *_SOCIAL, *_EMAIL, *_ADS)),
        ),
    ),
)
"""5 ready presets, and 32 formats of channels, in seven sets."""
