"""How far the sync of an account of a PhotoShelter-style service is, as the catalog keeps it."""

import json
from dataclasses import dataclass
from sqlite3 import Connection

STATE = """
    SELECT account, listing, complete, tree, todo, batch, since, page, newest, difference,
        doubtful, finished_at, swept_at
    FROM shelter_sync WHERE account = ?
"""
PUT_STATE = """
    INSERT INTO shelter_sync (account, listing, complete, tree, todo, batch, since, page, newest,
        difference, doubtful, finished_at, swept_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account) DO UPDATE SET listing = excluded.listing, complete = excluded.complete,
        tree = excluded.tree, todo = excluded.todo, batch = excluded.batch, since = excluded.since,
        page = excluded.page, newest = excluded.newest, difference = excluded.difference,
        doubtful = excluded.doubtful, finished_at = excluded.finished_at,
        swept_at = excluded.swept_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterSync:
    """How far the sync of an account is.

    `tree` counts the complete walks through the containers; `todo` are the (collection, page)
    that the walk under way has yet to read, "" being the root, and None between two walks.
    `batch` are the galleries whose media are being listed, () for all media, None for no listing;
    it stands at `page` of those created from `since` on. `listing` numbers the complete listings,
    `complete` says that everything was read once. `newest` is the latest change that is known.
    `difference` is by how much the service counts more than the mirror although a complete
    listing has explained it, `doubtful` in how many syncs in a row the counts did not agree.
    Times are ISO 8601.
    """

    account: str
    listing: int = 1
    complete: bool = False
    tree: int = 0
    todo: tuple[tuple[str, int], ...] | None = None
    batch: tuple[str, ...] | None = None
    since: str = ""
    page: int = 1
    newest: str | None = None
    difference: int = 0
    doubtful: int = 0
    finished_at: str | None = None
    swept_at: str | None = None


def read_state(connection: Connection, account: str) -> ShelterSync:
    """How far the sync is; one that was never begun is at its beginning."""
    row = connection.execute(STATE, (account,)).fetchone()
    if row is None:
        return ShelterSync(account=account)
    known = dict(zip(ShelterSync.__dataclass_fields__, row, strict=True))
    todo, batch = known["todo"], known["batch"]
    known |= {
        "complete": bool(known["complete"]),
        "todo": None if todo is None else tuple((one, page) for one, page in json.loads(todo)),
        "batch": None if batch is None else tuple(json.loads(batch)),
    }
    return ShelterSync(**known)


def write_state(connection: Connection, state: ShelterSync) -> None:
    """Remember it, in the transaction of what was fetched."""
    told = {name: getattr(state, name) for name in ShelterSync.__dataclass_fields__}
    told["todo"] = None if state.todo is None else json.dumps(state.todo)
    told["batch"] = None if state.batch is None else json.dumps(state.batch)
    connection.execute(PUT_STATE, tuple(told.values()))
