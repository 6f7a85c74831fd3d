"""Collections and galleries of PhotoShelter-style services, as last seen. Disposable."""

from collections.abc import Iterable
from sqlite3 import Row

from bridge_app.domain.shelter import ShelterContainer
from bridge_app.domain.shelter_tree import ShelterFolder, ShelterTree
from bridge_app.storage.database import Writer
from bridge_app.storage.paths import from_blob, to_blob
from bridge_app.storage.shelter_rows import PUT_CONTAINER, container_from, container_values
from bridge_app.storage.shelter_state import ShelterSync, write_state

CONTAINERS = "SELECT * FROM shelter_container WHERE account = ? ORDER BY created_at, id"
SEEN_IN_WALK = "SELECT id FROM shelter_container WHERE account = ? AND seen >= ?"
DROP_CONTAINER = "DELETE FROM shelter_container WHERE account = ? AND id = ?"
MARK_GONE = "UPDATE shelter_container SET gone_at = ? WHERE account = ? AND id = ?"
GONE = "SELECT id FROM shelter_container WHERE account = ? AND gone_at <= ? ORDER BY id"
HOLDING = "SELECT DISTINCT gallery FROM shelter_place WHERE account = ?"
UNREAD = """
    SELECT id FROM shelter_container
    WHERE account = ? AND kind = 'gallery' AND listed_as IS NULL
"""
GALLERIES = """
    SELECT count(*), count(listed_as) FROM shelter_container
    WHERE account = ? AND kind = 'gallery'
"""
OUTDATED = """
    SELECT id FROM shelter_container
    WHERE account = ? AND kind = 'gallery' AND listed_as <> modified_at
"""
CLEAR_FOLDERS = "DELETE FROM shelter_folder WHERE account = ?"
FOLDERS = "SELECT path, container, name FROM shelter_folder WHERE account = ?"
PUT_FOLDER = "INSERT INTO shelter_folder (account, path, container, name) VALUES (?, ?, ?, ?)"


class ShelterContainers:
    """Thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def containers(self, account: str) -> tuple[ShelterContainer, ...]:
        """All containers as last seen."""
        with self._writer.reading() as connection:
            cursor = connection.cursor()
            cursor.row_factory = Row
            rows = cursor.execute(CONTAINERS, (account,)).fetchall()
        return tuple(container_from(row) for row in rows)

    def tree(self, account: str) -> ShelterTree:
        """The same as folders."""
        return ShelterTree(self.containers(account))

    def put_containers(
        self, containers: Iterable[ShelterContainer], state: ShelterSync, *, walk: int
    ) -> None:
        """Add containers or replace what was known; `walk` numbers the walk that showed them."""
        account = state.account
        with self._writer.atomic() as connection:
            rows = [container_values(account, one, seen=walk) for one in containers]
            connection.executemany(PUT_CONTAINER, rows)
            write_state(connection, state)

    def seen_containers(self, account: str, walk: int) -> frozenset[str]:
        """The containers that the walk of that number has shown."""
        return frozenset(self._texts(SEEN_IN_WALK, account, walk))

    def mark_gone(self, account: str, containers: Iterable[str], at: str) -> None:
        """These were not there when they were asked for by id: once is no proof."""
        with self._writer.atomic() as connection:
            connection.executemany(MARK_GONE, [(at, account, one) for one in containers])

    def gone(self, account: str, until: str) -> list[str]:
        """The containers that were not there at `until` or before."""
        return self._texts(GONE, account, until)

    def holding(self, account: str) -> frozenset[str]:
        """The galleries that masters lie in, those included that are gone themselves."""
        return frozenset(self._texts(HOLDING, account))

    def drop_containers(self, account: str, containers: Iterable[str]) -> None:
        """Forget containers that are proven to be gone."""
        with self._writer.atomic() as connection:
            connection.executemany(DROP_CONTAINER, [(account, one) for one in containers])

    def put_folders(self, account: str, tree: ShelterTree) -> None:
        """Replace the folders that the window shows."""
        rows = [(account, to_blob(one.path), one.container, one.name) for one in tree.folders]
        with self._writer.atomic() as connection:
            connection.execute(CLEAR_FOLDERS, (account,))
            connection.executemany(PUT_FOLDER, rows)

    def folders(self, account: str) -> frozenset[ShelterFolder]:
        """The folders that the window shows."""
        with self._writer.reading() as connection:
            rows = connection.execute(FOLDERS, (account,)).fetchall()
        return frozenset(
            ShelterFolder(path=from_blob(row[0]), container=row[1], name=row[2]) for row in rows
        )

    def unread(self, account: str) -> frozenset[str]:
        """The galleries whose media were never read to the end."""
        return frozenset(self._texts(UNREAD, account))

    def outdated(self, account: str) -> list[str]:
        """The galleries that have changed since their media were read."""
        return self._texts(OUTDATED, account)

    def galleries(self, account: str) -> tuple[int, int]:
        """How many galleries there are, and how many of them were read."""
        with self._writer.reading() as connection:
            found: tuple[int, int] = connection.execute(GALLERIES, (account,)).fetchone()
        return found

    def _texts(self, sql: str, *values: object) -> list[str]:
        with self._writer.reading() as connection:
            return [row[0] for row in connection.execute(sql, values)]
