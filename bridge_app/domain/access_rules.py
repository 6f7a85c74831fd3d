"""Access rules as wishes and the ledger hold them: one text each."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bridge_app.domain.cloud import AccessRule
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


def rule_text(rule: AccessRule) -> str:
    """An access rule as a wish holds it: `token`, or `anonymous|START|END`."""
    parts = (rule.access_type, rule.start or "", rule.end or "")
    return "|".join(parts).rstrip("|")


def told_rules(texts: Iterable[str]) -> tuple[AccessRule, ...]:
    """What `rule_text` wrote, whatever it says."""
    parts = ((*text.split("|"), "", "")[:3] for text in texts)
    return tuple(
        AccessRule(access_type=kind, start=start or None, end=end or None)
        for kind, start, end in parts
    )


def access_rules(texts: Iterable[str]) -> tuple[AccessRule, ...]:
    """The rules that texts of `rule_text` say. Raises InvalidInputError."""
    rules = told_rules(texts)
    for rule in rules:
        if rule.access_type not in ("token", "anonymous"):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The access rule"),
                detail=f"{rule.access_type} is no kind of access",
            )
        if rule.start and rule.end and rule.end <= rule.start:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The access rule"),
                detail=QT_TRANSLATE_NOOP("facts", "it ends before it begins"),
            )
    return rules


def widens(before: Sequence[AccessRule], after: Sequence[AccessRule]) -> bool:
    """Does anybody get in by `after` at a time at which `before` let in none but token holders?"""
    there = _open(before)
    return any(
        not any(starts <= one[0] and one[1] <= ends for starts, ends in there)
        for one in _open(after)
    )


def _open(rules: Sequence[AccessRule]) -> list[tuple[datetime, datetime]]:
    """When anybody gets in; without a rule always."""
    if not rules:
        return [(FIRST, LAST)]
    return [
        (_moment(rule.start, FIRST), _moment(rule.end, LAST))
        for rule in rules
        if rule.access_type == "anonymous"
    ]


def _moment(text: str | None, without: datetime) -> datetime:
    """What nobody can read counts as without an end."""
    try:
        read = datetime.fromisoformat(text) if text else without
    except ValueError:
        return without
    return read if read.tzinfo else read.replace(tzinfo=UTC)
