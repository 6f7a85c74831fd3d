"""Access rules as wishes and the ledger hold them: one text each."""

from collections.abc import Iterable

from bridge_app.domain.cloud import AccessRule
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError


def rule_text(rule: AccessRule) -> str:
    """An access rule as a wish holds it: `token`, or `anonymous|START|END`."""
    parts = (rule.access_type, rule.start or "", rule.end or "")
    return "|".join(parts).rstrip("|")


def access_rules(texts: Iterable[str]) -> tuple[AccessRule, ...]:
    """The rules that texts of `rule_text` say. Raises InvalidInputError."""
    rules = []
    for text in texts:
        kind, start, end = (*text.split("|"), "", "")[:3]
        if kind not in ("token", "anonymous"):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The access rule"),
                detail=f"{kind} is no kind of access",
            )
        if start and end and end <= start:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The access rule"),
                detail=QT_TRANSLATE_NOOP("facts", "it ends before it begins"),
            )
        rules.append(AccessRule(access_type=kind, start=start or None, end=end or None))
    return tuple(rules)
