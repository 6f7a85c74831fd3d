"""What the service told of product environments: usage, what keys may do, and who lists them.

Kept in the ledger so that it can be shown offline; asking again brings it back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bridge_app.domain.environments import Learnt, Meter, Usage
from bridge_app.storage.database import Writer

USAGE = "SELECT told, read_at FROM usage WHERE environment = ?"
PUT_USAGE = """
    INSERT INTO usage (environment, told, read_at) VALUES (?, ?, ?)
    ON CONFLICT (environment) DO UPDATE SET told = excluded.told, read_at = excluded.read_at
"""
PUT_DAY = """
    INSERT INTO usage_day (environment, day, told, read_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (environment, day) DO UPDATE SET told = excluded.told, read_at = excluded.read_at
"""
DAYS = """
    SELECT environment, told, read_at FROM usage_day
    WHERE environment = :environment AND day BETWEEN :since AND :until ORDER BY day
"""
FORGET_USAGE = "DELETE FROM usage WHERE environment = ?"
ALL_LEARNT = "SELECT environment, capability, allowed, reason, at FROM learnt"
PUT_LEARNT = """
    INSERT INTO learnt (environment, capability, allowed, reason, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (environment, capability) DO UPDATE SET allowed = excluded.allowed,
        reason = excluded.reason, at = excluded.at
"""
FORGET_LEARNT = "DELETE FROM learnt WHERE environment = ?"
ORGANISATIONS = "SELECT id, name, api_key, upload_prefix FROM organisation ORDER BY added_at, id"
PUT_ORGANISATION = """
    INSERT INTO organisation (id, name, api_key, upload_prefix, added_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, api_key = excluded.api_key,
        upload_prefix = excluded.upload_prefix
"""
REMOVE_ORGANISATION = "DELETE FROM organisation WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A Cloudinary account that owns product environments; its secret is in the key store."""

    account_id: str
    name: str
    api_key: str
    upload_prefix: str | None = None


class EnvironmentFacts:
    """What is known of environments beyond their keys; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def usage(self, environment: str) -> Usage | None:
        """What was told last; None if nothing ever was."""
        with self._writer.reading() as connection:
            row = connection.execute(USAGE, (environment,)).fetchone()
        return None if row is None else _usage(json.loads(row[0]), datetime.fromisoformat(row[1]))

    def put_usage(self, environment: str, usage: Usage) -> None:
        """Remember what was told; of each UTC day what was told last, which nobody tells again."""
        told, at = json.dumps(_told(usage)), usage.read_at.isoformat()
        day = usage.read_at.astimezone(UTC).date().isoformat()
        with self._writer.atomic() as connection:
            connection.execute(PUT_USAGE, (environment, told, at))
            connection.execute(PUT_DAY, (environment, day, told, at))

    def usage_days(self, environment: str, since: date, until: date) -> tuple[Usage, ...]:
        """What was told on each of these days (both inclusive), where anything was."""
        asked = {
            "environment": environment,
            "since": since.isoformat(),
            "until": until.isoformat(),
        }
        with self._writer.reading() as connection:
            rows = connection.execute(DAYS, asked).fetchall()
        return tuple(_usage(json.loads(told), datetime.fromisoformat(at)) for _, told, at in rows)

    def learnt(self) -> dict[str, tuple[Learnt, ...]]:
        """What is known of every environment's key."""
        found: dict[str, list[Learnt]] = {}
        with self._writer.reading() as connection:
            rows = connection.execute(ALL_LEARNT).fetchall()
        for environment, capability, allowed, reason, at in rows:
            one = Learnt(
                capability=capability,
                allowed=bool(allowed),
                reason=reason,
                at=datetime.fromisoformat(at),
            )
            found.setdefault(environment, []).append(one)
        return {environment: tuple(many) for environment, many in found.items()}

    def put_learnt(self, environment: str, learnt: Learnt) -> None:
        """Remember what one answer taught."""
        values = (
            environment,
            learnt.capability,
            int(learnt.allowed),
            learnt.reason,
            learnt.at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT_LEARNT, values)

    def forget_learnt(self, environment: str) -> None:
        """Nothing is known of its key any more: it may be another one."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET_LEARNT, (environment,))

    def forget(self, environment: str) -> None:
        """Nothing is known of an environment any more; what it told by day stays on record."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET_LEARNT, (environment,))
            connection.execute(FORGET_USAGE, (environment,))

    def organisations(self) -> tuple[Organisation, ...]:
        """Those whose environments can be listed, in the order they were added."""
        with self._writer.reading() as connection:
            rows = connection.execute(ORGANISATIONS).fetchall()
        return tuple(
            Organisation(account_id=row[0], name=row[1], api_key=row[2], upload_prefix=row[3])
            for row in rows
        )

    def put_organisation(self, organisation: Organisation, *, at: datetime) -> None:
        """Remember an account or its new key."""
        values = (
            organisation.account_id,
            organisation.name,
            organisation.api_key,
            organisation.upload_prefix,
            at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT_ORGANISATION, values)

    def remove_organisation(self, account_id: str) -> None:
        """Forget an account; its environments stay."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_ORGANISATION, (account_id,))


def _told(usage: Usage) -> dict[str, object]:
    return {
        "plan": usage.plan,
        "last_updated": usage.last_updated,
        "resources": usage.resources,
        "derived": usage.derived,
        "requests": usage.requests,
        "meters": {
            name: [meter.used, meter.limit, meter.credits_used]
            for name, meter in usage.meters.items()
        },
    }


def _usage(told: Mapping[str, Any], read_at: datetime) -> Usage:
    return Usage(
        read_at=read_at,
        plan=told["plan"],
        last_updated=told["last_updated"],
        resources=told["resources"],
        derived=told["derived"],
        requests=told["requests"],
        meters={
            name: Meter(used=used, limit=limit, credits_used=credits_used)
            for name, (used, limit, credits_used) in told["meters"].items()
        },
    )
