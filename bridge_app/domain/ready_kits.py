"""The kits that everybody starts with; they are copied into the ledger, where people change them.

The weights are ours where no source is named: what pages and mailings of good speed have in 2026.
"""

from bridge_app.domain.channel_formats import STARTING_LIBRARY
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.kits import KILOBYTE, Kit, WeightLimit

KIT_EDITION = 1
"""Counts up when kits are added; a profile gets those of editions it has not seen."""
OLD_FORMATS = ("jpg", "png", "gif")
"""What every mail program and every ad server shows."""


def _at_most(kilobytes: int, preset: str = "", form: str = "") -> WeightLimit:
    return WeightLimit(most_bytes=kilobytes * KILOBYTE, preset=preset, format=form)


READY_KITS = (
    Kit(
        name="email",
        title=QT_TRANSLATE_NOOP("presets", "E-mail"),
        channel="email",
        presets=STARTING_LIBRARY.sets["email"].presets,
        formats=OLD_FORMATS,
        limits=(_at_most(200), _at_most(100, "email-teaser")),
    ),
    Kit(
        name="cms-page",
        title=QT_TRANSLATE_NOOP("presets", "CMS page"),
        channel="web",
        presets=("hero-desktop", "hero-tablet", "hero-mobile", "card", "og-image"),
        limits=(_at_most(400), _at_most(150, "card"), _at_most(300, "og-image")),
    ),
    Kit(
        name="landing-page",
        title=QT_TRANSLATE_NOOP("presets", "Landing page"),
        channel="web",
        presets=("hero-desktop", "hero-mobile", "card", "og-image"),
        limits=(_at_most(250), _at_most(100, "card")),
    ),
    Kit(
        name="display-ads",
        title=QT_TRANSLATE_NOOP("presets", "Display advertising"),
        channel="web",
        presets=STARTING_LIBRARY.sets["display"].presets,
        formats=OLD_FORMATS,
        # Source: IAB New Ad Portfolio, an initial load of 150 kB.
        limits=(_at_most(150),),
    ),
    Kit(
        name="social",
        title=QT_TRANSLATE_NOOP("presets", "Social networks"),
        channel="social",
        presets=STARTING_LIBRARY.sets["social"].presets,
        formats=("jpg", "png"),
        limits=(_at_most(5_000),),
    ),
)
