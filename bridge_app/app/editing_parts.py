"""The parts that edit metadata, put together; `build` gives them their places."""

from collections.abc import Callable
from datetime import datetime

from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.metadata_schema import MetadataSchemas
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.editing import Editing, EditingStores
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.edit import EditHandler, EditPlaces
from bridge_app.work.lessons import Lessons


def make_editing(
    stock: Stock,
    environments: Environments,
    lessons: Lessons,
    announcer: Announcer,
    *,
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> Editing:
    """What is asked about edits."""
    stores = EditingStores(
        edits=stock.edits,
        schemas=MetadataSchemas(stock.catalog.writer),
        readers=stock.readers,
        mirror=CloudMirror(stock.catalog.writer),
        deliveries=stock.deliveries,
    )
    return Editing(
        stores,
        environments,
        emit=announcer.tell,
        permission=lessons.permission,
        who=who,
        now=now,
    )


def edit_handler(stock: Stock, editing: Editing, announcer: Announcer) -> EditHandler:
    """Who delivers them."""
    return EditHandler(
        EditPlaces(
            edits=stock.edits,
            desk=editing.desk,
            mode=editing.mode,
            keep=editing.keep,
            emit=announcer.tell,
        )
    )
