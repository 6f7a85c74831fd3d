"""The parts that edit metadata, put together; `build` gives them their places."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import Record
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.cloud_places import whereabouts
from bridge_app.storage.metadata_schema import MetadataSchemas
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.edit_record import EditRecord
from bridge_app.work.editing import Editing, EditingStores
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.edit import EditHandler, EditPlaces
from bridge_app.work.lessons import Lessons


def edit_record(
    stock: Stock,
    announcer: Announcer,
    *,
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> EditRecord:
    """Where everything is said that is said about assets."""
    return EditRecord(stock.edits, emit=announcer.tell, who=who, now=now)


def make_editing(
    stock: Stock,
    environments: Environments,
    lessons: Lessons,
    record: EditRecord,
    *,
    check: Callable[[Sequence[Change], Record], object],
    now: Callable[[], datetime],
) -> Editing:
    """What is asked about edits of what Cloudinary keeps."""
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
        record,
        permission=lessons.permission,
        check=check,
        now=now,
    )


def edit_handler(stock: Stock, editing: Editing, announcer: Announcer) -> EditHandler:
    """Who delivers them."""
    return EditHandler(
        EditPlaces(
            edits=stock.edits,
            desk=editing.desk,
            mode=editing.mode,
            where=partial(whereabouts, stock.catalog.writer),
            keep=editing.keep,
            emit=announcer.tell,
        )
    )
