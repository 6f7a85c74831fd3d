"""Which name in the recipe means which drawing."""

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from bridge_app.sandbox import (
    drawing_land,
    drawing_night,
    drawing_people,
    drawing_print,
    drawing_products,
    drawing_water,
)
from bridge_app.sandbox.campaign_recipe import Piece
from bridge_app.sandbox.drawing import SHORT_EDGE, Sheet

SCENES: Mapping[str, Callable[[Sheet], None]] = MappingProxyType(
    {
        "mountains": drawing_land.mountains,
        "hills": drawing_land.hills,
        "dunes": drawing_land.dunes,
        "forest": drawing_land.forest,
        "lake": drawing_land.lake,
        "canyon": drawing_land.canyon,
        "fjord": drawing_water.fjord,
        "coast": drawing_water.coast,
        "waves": drawing_water.waves,
        "town": drawing_water.town,
        "camp": drawing_night.camp,
        "aurora": drawing_night.aurora,
        "fire": drawing_night.fire,
        "beanie": drawing_people.beanie,
        "hood": drawing_people.hood,
        "shades": drawing_people.shades,
        "lookout": drawing_people.lookout,
        "friends": drawing_people.friends,
        "flask_on_stage": drawing_products.flask_on_stage,
        "mug_on_stage": drawing_products.mug_on_stage,
        "backpack_on_stage": drawing_products.backpack_on_stage,
        "lantern_on_stage": drawing_products.lantern_on_stage,
        "pour_over_on_stage": drawing_products.pour_over_on_stage,
        "flask_cut_out": drawing_products.flask_cut_out,
        "mug_cut_out": drawing_products.mug_cut_out,
        "backpack_cut_out": drawing_products.backpack_cut_out,
        "flat_lay": drawing_print.flat_lay,
        "contours": drawing_print.contours,
        "scales": drawing_print.scales,
        "tiles": drawing_print.tiles,
        "poster": drawing_print.poster,
        "quote": drawing_print.quote,
        "quote_cool": drawing_print.quote_cool,
        "banner": drawing_print.banner,
        "logo": drawing_print.logo,
        "logo_light": drawing_print.logo_light,
        "brand_sheet": drawing_print.brand_sheet,
        "sticker": drawing_print.sticker,
    }
)

TRANSPARENT = frozenset(
    {"flask_cut_out", "mug_cut_out", "backpack_cut_out", "logo", "logo_light", "sticker"}
)


def drawn(piece: Piece, *, moment: float = 0.0) -> Sheet:
    """The piece on a sheet; `moment` is 0..1 through a film. Same piece, same sheet."""
    width, height = piece.size
    unit = SHORT_EDGE / min(width, height)
    sheet = Sheet(
        width * unit,
        height * unit,
        palette=piece.palette,
        rng=Random(piece.seed),  # noqa: S311 - the accidents of a picture, not a secret
        words=piece.words,
        moment=moment,
    )
    sheet.brand = piece.brand.upper()
    SCENES[piece.scene](sheet)
    return sheet
