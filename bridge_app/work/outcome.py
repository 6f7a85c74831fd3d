"""How a run of a job can end."""

from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import WaitingFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The effect is there, and was checked; `copy` is what is delivered now."""

    copy: CloudCopy | None = None
    result: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Its time has not come; `error` says what a person may want to know about the reason.

    `counts` says that this run used up a try.
    """

    reason: WaitingFor
    until: datetime | None = None
    error: BridgeError | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It ends here unless a person tries again."""

    error: BridgeError


Outcome = Done | Waiting | Failed


class CancelledError(Exception):
    """The job was asked to stop; raised by `Context.report`."""
