"""What masters say in a field by now, and the places that they name: read from their records."""

import json
import sqlite3

from bridge_app.domain.known_places import Place

READ_AT_MOST = 50_000
"""Masters whose words are counted: what is in use shows in so many."""
MOST_PLACES = 20_000
KEYWORDS = """
    SELECT word.value, count(*) AS often
    FROM (
        SELECT keywords FROM asset
        WHERE keywords != '[]' AND library NOT LIKE 'cloud:%' LIMIT :read
    ) AS master, json_each(master.keywords) AS word
    GROUP BY word.value ORDER BY often DESC, word.value LIMIT :most
"""
"""What is at services has keywords too, and no record of its own."""
WORDS = """
    SELECT word.value, count(*) AS often
    FROM (
        SELECT record AS said FROM asset_record
        WHERE json_extract(record, :place) IS NOT NULL LIMIT :read
    ) AS master, json_each(master.said, :place) AS word
    GROUP BY word.value ORDER BY often DESC, word.value LIMIT :most
"""
"""`json_each` goes through the words of a set, and takes a text as one word."""
PLACES = """
    SELECT DISTINCT json_extract(record, '$.coordinate'), json_extract(record, '$.city'),
        json_extract(record, '$.state'), json_extract(record, '$.country'),
        json_extract(record, '$.country_iso')
    FROM asset_record
    WHERE json_extract(record, '$.coordinate') IS NOT NULL
        AND json_extract(record, '$.city') IS NOT NULL
    LIMIT ?
"""


def words_in_use(connection: sqlite3.Connection, field: str, most: int) -> tuple[str, ...]:
    """What masters say in a field (its identity), the most frequent first."""
    sql = KEYWORDS if field == "keywords" else WORDS
    asked = {"place": f"$.{json.dumps(field)}", "read": READ_AT_MOST, "most": most}
    return tuple(str(row[0]) for row in connection.execute(sql, asked))


def known_places(connection: sqlite3.Connection) -> tuple[Place, ...]:
    """The places of masters that name their city beside their coordinate."""
    found = []
    for coordinate, *said in connection.execute(PLACES, (MOST_PLACES,)):
        names = zip(Place.NAMES, (str(one or "") for one in said), strict=True)
        if place := Place.read(str(coordinate), dict(names)):
            found.append(place)
    return tuple(found)
