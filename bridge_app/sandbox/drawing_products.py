"""Product pictures: each thing on its stage, and the same thing cut out."""

from bridge_app.sandbox.drawing import Sheet
from bridge_app.sandbox.drawing_gear import backpack, flask, lantern, mug, pour_over
from bridge_app.sandbox.drawing_studio import cut_out, on_stage


def flask_on_stage(sheet: Sheet) -> None:
    """The flask before an arch."""
    on_stage(sheet, flask, tall=0.62)


def mug_on_stage(sheet: Sheet) -> None:
    """The mug before an arch."""
    on_stage(sheet, mug, tall=0.32)


def backpack_on_stage(sheet: Sheet) -> None:
    """The backpack before an arch."""
    on_stage(sheet, backpack, tall=0.56)


def lantern_on_stage(sheet: Sheet) -> None:
    """The lantern before an arch."""
    on_stage(sheet, lantern, tall=0.52)


def pour_over_on_stage(sheet: Sheet) -> None:
    """The carafe before an arch."""
    on_stage(sheet, pour_over, tall=0.5)


def flask_cut_out(sheet: Sheet) -> None:
    """The flask alone."""
    cut_out(sheet, flask, tall=0.86)


def mug_cut_out(sheet: Sheet) -> None:
    """The mug alone."""
    cut_out(sheet, mug, tall=0.44)


def backpack_cut_out(sheet: Sheet) -> None:
    """The backpack alone."""
    cut_out(sheet, backpack, tall=0.78)
