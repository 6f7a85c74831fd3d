"""The filters and the order of a search as SQL; text from outside is only ever a bound value."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import CLOUD, SHELTER
from bridge_app.domain.query import Query, Sort, fold
from bridge_app.domain.rights import RightsState
from bridge_app.storage.claimed import CLAIMED, EFFECTIVE
from bridge_app.storage.paths import to_blob
from bridge_app.storage.reviewed import OVERALL
from bridge_app.storage.search_words import (
    LONG_TERM,
    SHORT_TERM,
    TRIGRAM,
    phrase,
    text_conditions,
)

OF_WHOLE = OVERALL.format(review="r")
ORDERS = {
    Sort.NAME: ("name_key", "id"),
    Sort.MODIFIED: ("modified_at", "id"),
    Sort.TAKEN: ("dated", "id"),
    Sort.BYTES: ("bytes", "id"),
    Sort.RATING: ("rating", "id"),
    Sort.KIND: ("kind", "name_key", "id"),
}

HAS_KEYWORD = """
    EXISTS (SELECT 1 FROM json_each(a.keywords) AS k WHERE lower(k.value) = :{name})
"""
INSIDE = "instr('/' || lower(CAST(a.folder AS TEXT)) || '/', :inside) > 0"
ENDS_SOON = "(a.rights_unreadable IS NULL AND a.rights_until > :now AND a.rights_until <= :soon)"
DELIVERED = """
    SELECT sha256 FROM ledger.delivery WHERE environment IS :environment
    UNION ALL
    SELECT content FROM asset WHERE library = :mirror AND content IS NOT NULL
"""
"""The contents that are in the environment: sent by us, or mirrored and vouched for."""


def order(query: Query) -> str:
    """The ORDER BY terms, from a closed mapping of ours."""
    direction = " DESC" if query.descending else ""
    return ", ".join(f"a.{column}{direction}" for column in ORDERS[query.sort])


def conditions(
    query: Query, now: datetime, said: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """The WHERE clause of a query and its values; `said` is as `text_conditions` takes it."""
    text, values = text_conditions(query, SHORT_TERM, said)
    clauses = [text] if text else []
    _place(query, clauses, values)
    _states(query, now, clauses, values)
    _ends(query, now, clauses, values)
    _facts(query, clauses, values)
    _named(query, clauses, values)
    bound = {name: bindable(one) if isinstance(one, str) else one for name, one in values.items()}
    return " AND ".join(clauses) or "1", bound


def _place(query: Query, clauses: list[str], values: dict[str, object]) -> None:
    if query.library is None:
        return
    clauses.append("a.library = :library")
    values["library"] = query.library
    if query.folder and query.library.startswith(SHELTER):
        from bridge_app.storage.shelter_folders import BELOW, folder_values  # noqa: PLC0415

        clauses.append(f"a.id IN ({BELOW})")
        values.update(folder_values(query.library, query.folder))
    elif query.folder:
        clauses.append("(a.folder = :folder OR (a.folder >= :below AND a.folder < :beyond))")
        raw = to_blob(query.folder)
        values.update(folder=raw, below=raw + b"/", beyond=raw + b"0")


def _states(query: Query, now: datetime, clauses: list[str], values: dict[str, object]) -> None:
    if query.approvals:
        clauses.append(_approval_clause(query.approvals))
    if query.rights:
        values["now"] = now.isoformat()
        clauses.append(_rights_clause(query.rights))
    if query.pushed is not None:
        values["environment"] = query.environment
        values["mirror"] = CLOUD + (query.environment or "")
        if query.pushed:
            clauses.append(f"(a.content IN ({DELIVERED}) OR a.library = :mirror)")
        else:
            clauses.append(f"(a.content IS NULL OR a.content NOT IN ({DELIVERED}))")
            clauses.append("a.library <> :mirror")
    if query.unreadable:
        clauses.append("a.error IS NOT NULL")


def _approval_clause(approvals: frozenset[Approval]) -> str:
    decided = ", ".join(f"'{approval.value}'" for approval in sorted(approvals))
    said = f"SELECT sha256 FROM ledger.review AS r WHERE {OF_WHOLE}"
    clause = f"a.content IN ({said} AND approval IN ({decided}))"
    if Approval.DRAFT not in approvals:
        return clause
    undecided = f"{said} AND approval <> 'draft'"
    return f"({clause} OR a.content IS NULL OR a.content NOT IN ({undecided}))"


RIGHTS_CLAUSES = {
    RightsState.UNREADABLE: "a.rights_unreadable IS NOT NULL",
    RightsState.ENDED: "(a.rights_unreadable IS NULL AND a.rights_until <= :now)",
    RightsState.NOT_YET: "(a.rights_unreadable IS NULL AND a.rights_from > :now"
    " AND (a.rights_until IS NULL OR a.rights_until > :now))",
    RightsState.OPEN: "(a.rights_unreadable IS NULL AND"
    " (a.rights_from IS NULL OR a.rights_from <= :now) AND"
    " (a.rights_until IS NULL OR a.rights_until > :now))",
}


def _rights_clause(states: frozenset[RightsState]) -> str:
    """Over what files say, and over what is claimed beside it where anything is."""
    wanted = "(" + " OR ".join(RIGHTS_CLAUSES[state] for state in sorted(states)) + ")"
    narrowed = f"SELECT a.id FROM ({EFFECTIVE}) AS a WHERE {wanted}"
    return f"(({wanted} AND a.id NOT IN ({CLAIMED})) OR a.id IN ({narrowed}))"


def _ends(query: Query, now: datetime, clauses: list[str], values: dict[str, object]) -> None:
    if query.ends_within_days:
        values["now"] = now.isoformat()
        values["soon"] = (now + timedelta(days=query.ends_within_days)).isoformat()
        narrowed = f"SELECT a.id FROM ({EFFECTIVE}) AS a WHERE {ENDS_SOON}"
        clauses.append(f"(({ENDS_SOON} AND a.id NOT IN ({CLAIMED})) OR a.id IN ({narrowed}))")


def _facts(query: Query, clauses: list[str], values: dict[str, object]) -> None:
    if query.kinds:
        clauses.append(_one_of("a.kind", [kind.value for kind in query.kinds]))
    if query.orientations:
        clauses.append(_one_of("a.shape", [shape.value for shape in query.orientations]))
    if query.min_rating:
        clauses.append("a.rating >= :rating")
        values["rating"] = query.min_rating
    if query.taken_from:
        clauses.append("a.dated >= :since")
        values["since"] = query.taken_from
    if query.taken_until:
        clauses.append("a.dated <= :until")
        values["until"] = query.taken_until


def _named(query: Query, clauses: list[str], values: dict[str, object]) -> None:
    """What is asked for by its name: keywords, and a folder somewhere above."""
    for number, keyword in enumerate(sorted(query.keywords)):
        name = f"keyword{number}"
        clauses.append(HAS_KEYWORD.format(name=name))
        values[name] = lowered(keyword)
        if len(fold(keyword)) >= TRIGRAM:
            # The index finds the few that have it anywhere; only these are looked through.
            clauses.append(LONG_TERM.format(name=f"{name}_text"))
            values[f"{name}_text"] = phrase(fold(keyword))
    if query.inside:
        clauses.append(INSIDE)
        values["inside"] = f"/{lowered(query.inside)}/"


def bindable(text: str) -> str:
    """Text that SQLite takes: bytes of a terminal that are no text are question marks."""
    return text.encode("utf-8", "replace").decode()


def lowered(text: str) -> str:
    """Text as SQLite's `lower` has it: only the letters of English are others."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _one_of(column: str, choices: Sequence[str]) -> str:
    """A clause over values of our own enums, never over text from outside."""
    return f"{column} IN ({', '.join(repr(choice) for choice in sorted(choices))})"
