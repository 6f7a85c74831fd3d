"""Letting something pass in spite of its review: by whom, why, for how long, on the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from bridge_app.domain.approvals import linked_digest
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, GateRefusalError
from bridge_app.domain.reasons import LIFTABLE, Reason


class OverrideRefusedError(GateRefusalError):
    """Somebody who may not, or something that nobody may."""

    text = QT_TRANSLATE_NOOP("errors", "{name} was not let through: {detail}. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One entry of the append-only record of overrides.

    It is about `content` through `transformation` ("" is the master), in one environment; `role`
    is the role by which `who` may do so. It holds at moments before `until` (None: until it is
    taken back); one that lifts nothing takes earlier ones of its subject back. `at` is ISO 8601 in
    UTC, `previous` and `digest` bind it to the entries before it, as in `Decision`. `has_ended` is
    as `as_recorded` finds it.
    """

    asset: str
    name: str
    content: str
    transformation: str = ""
    environment: str
    who: str
    role: str
    reason: str
    lifts: frozenset[Reason]
    until: datetime | None = None
    at: str
    previous: str = ""
    digest: str = ""
    has_ended: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        never = sorted(self.lifts - LIFTABLE)
        if never:
            detail = f"nobody may override “{never[0].replace('_', ' ')}”"
            raise OverrideRefusedError(name=self.name, detail=detail)

    def holds(self, at: datetime) -> bool:
        """Does it hold at `at` (UTC)?"""
        return not self.has_ended and (self.until is None or at < self.until)

    def as_recorded(self, newest: datetime | None) -> Self:
        """The same, ended for good if that lies before the newest moment on record."""
        if newest is None or self.until is None or newest < self.until:
            return self
        return replace(self, has_ended=True)


def override_digest(one: Override) -> str:
    """The SHA-256, in hex, that binds an override to all before it."""
    return linked_digest(
        one.previous,
        one.asset,
        one.name,
        one.content,
        one.transformation,
        one.environment,
        one.who,
        one.role,
        one.reason,
        " ".join(sorted(one.lifts)),
        one.until.isoformat() if one.until else "",
        one.at,
    )


def newest_of(overrides: Iterable[Override], environment: str, subject: str) -> Override | None:
    """The last word of a subject (a transformation, "" for the master) in an environment.

    `overrides` are of one content, oldest first.
    """
    own = [
        one for one in overrides if one.environment == environment and one.transformation == subject
    ]
    return own[-1] if own else None
