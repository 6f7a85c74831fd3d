"""The words of a search as SQL: trigrams for long ones, a scan of narrow text for short ones."""

from collections.abc import Sequence

from bridge_app.domain.query import Query
from bridge_app.storage.by_url import url_condition

TRIGRAM = 3
"""Characters; shorter terms are looked for by scanning the narrow text table."""


SHORT_TERM = "instr((SELECT folded FROM found_by WHERE rowid = a.rowid), :{name}) > 0"
SHORT_TERM_BY_TEXT = "instr(a.folded, :{name}) > 0"
LONG_TERM = "a.rowid IN (SELECT rowid FROM asset_text WHERE asset_text MATCH :{name})"
SAID = "({clause} OR a.id IN (SELECT value FROM json_each(:{name}_said)))"


def text_conditions(
    query: Query, short: str, said: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """The clauses of the words of a query; `short` is that of words below a trigram.

    `said` has for each word a JSON list of assets that have it in an open edit, or "".
    """
    address = url_condition(query.text)
    if address is not None and address[2]:
        return address[:2]
    clauses: list[str] = []
    values: dict[str, object] = {}
    for number, term in enumerate(query.terms()):
        name = f"term{number}"
        is_short = len(term) < TRIGRAM
        clause = (short if is_short else LONG_TERM).format(name=name)
        values[name] = term if is_short else phrase(term)
        if number < len(said) and said[number]:
            clause = SAID.format(clause=clause, name=name)
            values[f"{name}_said"] = said[number]
        clauses.append(clause)
    words = " AND ".join(clauses)
    if address is None:
        return words, values
    return f"({address[0]} OR ({words or 0}))", {**address[1], **values}


def phrase(term: str) -> str:
    """A term as FTS5 takes it literally."""
    return '"' + term.replace('"', '""') + '"'
