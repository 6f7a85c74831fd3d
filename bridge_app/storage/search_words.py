"""The words of a search as SQL: trigrams for long ones, a scan of narrow text for short ones."""

from bridge_app.domain.query import Query
from bridge_app.storage.by_url import url_condition

TRIGRAM = 3
"""Characters; shorter terms are looked for by scanning the narrow text table."""


SHORT_TERM = "instr((SELECT folded FROM found_by WHERE rowid = a.rowid), :{name}) > 0"
SHORT_TERM_BY_TEXT = "instr(a.folded, :{name}) > 0"
LONG_TERM = "a.rowid IN (SELECT rowid FROM asset_text WHERE asset_text MATCH :{name})"


def text_conditions(query: Query, short: str) -> tuple[str, dict[str, object]]:
    """The clauses of the words of a query; `short` is that of words below a trigram."""
    address = url_condition(query.text)
    if address is not None and address[2]:
        return address[:2]
    clauses: list[str] = []
    values: dict[str, object] = {}
    for number, term in enumerate(query.terms()):
        name = f"term{number}"
        is_short = len(term) < TRIGRAM
        clauses.append((short if is_short else LONG_TERM).format(name=name))
        values[name] = term if is_short else phrase(term)
    words = " AND ".join(clauses)
    if address is None:
        return words, values
    return f"({address[0]} OR ({words or 0}))", {**address[1], **values}


def phrase(term: str) -> str:
    """A term as FTS5 takes it literally."""
    return '"' + term.replace('"', '""') + '"'
