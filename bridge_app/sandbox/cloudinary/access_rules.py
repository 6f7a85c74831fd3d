"""Reads the rules of who may see an asset: `access_control` of uploads and updates.

Source: reference/cloudinary.md 12. A rule is a token's or anybody's; anybody's may have a window.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json

KINDS = frozenset({"token", "anonymous"})
TIMES = ("start", "end")
SPELLINGS = (
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M %z",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)

AccessRule = dict[str, str]


def access_rules(text: str) -> tuple[AccessRule, ...]:
    """The rules in a JSON array, or the one in a JSON object, with times in UTC.

    Raises:
        CloudinaryError: 400, they are not rules, or two of them are for anybody.
    """
    try:
        parsed = parsed_json(text)
    except ValueError as error:
        raise bad_request("Invalid access_control - not valid JSON") from error
    rules = tuple(_rule(one) for one in (parsed if isinstance(parsed, list) else [parsed]))
    if sum(rule["access_type"] == "anonymous" for rule in rules) > 1:
        raise bad_request("Invalid access_control - only one anonymous access type is allowed")
    return rules


def _rule(given: object) -> AccessRule:
    """One rule, its times in one spelling."""
    if not isinstance(given, dict) or given.get("access_type") not in KINDS:
        raise bad_request("Invalid access_control - access_type must be token or anonymous")
    texts = {str(name): str(value) for name, value in given.items() if value is not None}
    window = {name: _iso(texts[name]) for name in TIMES if texts.get(name)}
    starts, ends = (window.get(name, "") for name in TIMES)
    if starts and ends and ends <= starts:
        raise bad_request("Invalid access_control - end must be after start")
    return {**_without(texts, TIMES), **window}


def _without(texts: AccessRule, names: Iterable[str]) -> AccessRule:
    return {name: value for name, value in texts.items() if name not in set(names)}


def _iso(text: str) -> str:
    """A time as replies show it; one without a zone is in UTC."""
    for spelling in SPELLINGS:
        try:
            at = datetime.strptime(text, spelling)  # noqa: DTZ007 - a zone is added below
        except ValueError:
            continue
        zoned = at if at.tzinfo else at.replace(tzinfo=UTC)
        return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    raise bad_request(f"Invalid access_control - {text} is not a time")
