"""A desk with four presets of a person's own, and the looks that dialogs need."""

import pytest

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture


def preset(name: str, transformation: str, form: str = "jpg") -> RenditionPreset:
    return RenditionPreset(
        name=name, title=name.capitalize(), transformation=transformation, format=form
    )


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons, english: None) -> Looks:
    """The light looks, in English."""
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    return Looks(theme, icons, pixels, desk.clock)


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    """Three presets, two sets, and nothing else of what everybody starts with."""
    shelf = desk.parts.worker.rendition_presets
    library = shelf.library()
    shelf.remove([*library.presets], [*library.sets])
    wide = RenditionPreset(
        name="wide",
        title="Wide",
        transformation="c_fill,h_90,w_160",
        format="jpg",
        channel="web",
        contract=Contract(width=160, height=90),
    )
    shelf.save(preset("square", "c_fill,h_120,w_120"), wide, preset("small", "c_scale,w_40"))
    shelf.save_set(
        RenditionSet(name="pair", title="Pair", presets=("wide", "square")),
        RenditionSet(name="one", title="One", presets=("small",)),
    )
    return desk


@pytest.fixture
def photo(campaign: Desk) -> Asset:
    """A picture in the library."""
    picture(campaign.folder / "photo.jpg", 3, size=(640, 400))
    campaign.library()
    return campaign.asset("photo.jpg")
