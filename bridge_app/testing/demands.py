"""How a contract complains: with the rule that was broken, and what was there instead.

Not by `assert`: the test runner explains that only in files of its own.
"""

from collections.abc import Callable
from typing import TypeVar

from bridge_app.domain.errors import BridgeError

Error = TypeVar("Error", bound=BridgeError)


def demand(holds: object, rule: str) -> None:
    """Raise AssertionError with the rule unless it holds."""
    if not holds:
        raise AssertionError(rule)


def demand_same(found: object, expected: object, rule: str) -> None:
    """The same for two values that have to be equal."""
    demand(found == expected, f"{rule}: found {found!r}, expected {expected!r}")


def refusal(act: Callable[[], object], kind: type[Error], rule: str) -> Error:
    """The error of that kind that `act` raises; AssertionError if it raises none, or another."""
    try:
        answer = act()
    except kind as error:
        return error
    except BridgeError as error:
        raise AssertionError(f"{rule}: raised {type(error).__name__} ({error})") from error
    raise AssertionError(f"{rule}: answered {answer!r}")
