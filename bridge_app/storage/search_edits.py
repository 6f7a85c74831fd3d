"""What was said here of assets and is not delivered yet, as a search finds it.

The catalog's text says what the service said last. Where nothing is open, a search pays for one
look at an empty index.
"""

import json
import sqlite3
from collections.abc import Mapping

from bridge_app.domain.query import fold

STATES = "state IN ('pending', 'sending', 'failed', 'conflict')"
"""As the partial index has it, which is what makes these two cheap."""
OPEN_EDITS = f"""
    SELECT count(*), coalesce(max(seq), 0) FROM ledger.edit INDEXED BY edit_open WHERE {STATES}
"""
OPEN_VALUES = f"""
    SELECT asset, value FROM ledger.edit INDEXED BY edit_open WHERE {STATES} ORDER BY asset, seq
"""


def are_open(connection: sqlite3.Connection) -> bool:
    """Is any edit open at all?"""
    return bool(connection.execute(OPEN_EDITS).fetchone()[0])


class OpenWords:
    """The folded words of open edits by asset; for one thread, like the reader that asks it.

    They are read again when other edits are open: edits only ever stop being open, and new ones
    have higher numbers, so their count and the highest number tell.
    """

    def __init__(self) -> None:
        self._seen = (0, 0)
        self._texts: Mapping[str, str] = {}
        self._folded: Mapping[str, str] = {}

    def assets_with(self, connection: sqlite3.Connection, terms: tuple[str, ...]) -> list[str]:
        """For each folded term a JSON list of the assets an open edit of which has it, or ""."""
        texts = self._read(connection) if terms else {}
        return [
            json.dumps(found) if (found := [one for one in texts if term in texts[one]]) else ""
            for term in terms
        ]

    def _read(self, connection: sqlite3.Connection) -> Mapping[str, str]:
        count, newest = connection.execute(OPEN_EDITS).fetchone()
        if (count, newest) != self._seen:
            texts: dict[str, str] = {}
            folded: dict[str, str] = {}
            for asset, value in connection.execute(OPEN_VALUES):
                if value not in folded:
                    # Folding is what takes long; most values were open the last time, too.
                    folded[value] = self._folded.get(value) or _folded(value)
                texts[asset] = f"{texts.get(asset, '')}\n{folded[value]}"
            self._seen, self._texts, self._folded = (count, newest), texts, folded
        return self._texts


def _folded(value: str) -> str:
    told = json.loads(value)
    parts = told if isinstance(told, list) else [told]
    return "\n".join(fold(str(part)) for part in parts if part is not None)
