"""Texts that could not be kept after their grid was closed, as a table to be pasted elsewhere."""

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_tables import Block
from bridge_app.ui.grid_editor.drafts import Faults
from bridge_app.ui.grid_editor.saying import MasterWords, in_chunks
from bridge_app.ui.metadata_wording import standard_text


def unkept_table(masters: MasterWords, faults: Faults) -> Block:
    """A row for each text: its master, its field, and the text; blocks."""
    assets = tuple(dict.fromkeys(asset for asset, _ in faults))
    try:
        names = {one.asset.id: one.asset.name for one in in_chunks(masters, assets)}
    except BridgeError:
        # What kept the texts from being kept may also hide the names; the texts matter more.
        names = {}
    return tuple(
        (names.get(asset, asset), standard_text(path), text)
        for (asset, path), (text, _) in faults.items()
    )
