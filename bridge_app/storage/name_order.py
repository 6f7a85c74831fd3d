"""The keys by which names are listed: in the order of the language that the window speaks.

They are kept, and indexed, so that no listing has to sort; another language makes those of the
names anew that are not in ASCII, which are in the same order everywhere.
"""

import re
import sqlite3
from contextlib import closing

from bridge_app.domain.reading_order import reading_key
from bridge_app.storage.database import Writer, open_reader, storage_errors

LANGUAGE = "SELECT language FROM reading_order"
FORGET = "DELETE FROM reading_order"
SAY = "INSERT INTO reading_order (language) VALUES (?)"
ELSEWHERE = "SELECT rowid FROM asset WHERE name GLOB '*[^ -~]*'"
RENEW = "UPDATE asset SET name_key = name_key(name) WHERE rowid = ?"
AT_ONCE = 500
"""In one transaction, so that others who write wait little."""
DIGITS = re.compile(r"\d+")


def padded(key: str) -> str:
    """The key with its numbers in order of their value."""
    return DIGITS.sub(lambda digits: digits.group().lstrip("0").zfill(20), key)


def language_of(connection: sqlite3.Connection) -> str:
    """In whose order the keys are; "" before anybody said it."""
    row = connection.execute(LANGUAGE).fetchone()
    return str(row[0]) if row else ""


def sort_in(connection: sqlite3.Connection, language: str) -> None:
    """Teach SQLite the keys of this language."""

    def name_key(name: str) -> str:
        return padded(reading_key(name, language))

    connection.create_function("name_key", 1, name_key, deterministic=True)


def resort(writer: Writer, language: str) -> None:
    """Make the keys anew that depend on the language, and say at last whose they are."""
    with storage_errors(writer.path), closing(open_reader(writer.path)) as reader:
        rows = reader.execute(ELSEWHERE).fetchall()
    for first in range(0, len(rows), AT_ONCE):
        with writer.atomic() as connection:
            connection.executemany(RENEW, rows[first : first + AT_ONCE])
    with writer.atomic() as connection:
        connection.execute(FORGET)
        connection.execute(SAY, (language,))
