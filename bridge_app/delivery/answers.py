"""What Cloudinary's answers mean, said once: try again, wait until, ask a person, or stop.

Its answers are terse ("General Error"), sometimes HTML, sometimes only a header. Nothing that
would be answered the same way again is tried again. Sources: reference/cloudinary.md 1.8, 2.2,
3.3, 4.1 and 15.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)

SERVICE = "Cloudinary"
LONGEST_DETAIL = 300
SLOW_DOWN = frozenset({420, 429})


class WrongClockError(CredentialsError):
    """Signatures carry the time, and the service does not take ours."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} refuses what is signed here because the clock of this computer is wrong "
        "({detail}). Set the clock, then try again; what is queued stays queued.",
    )


class TooLargeError(RefusedByServiceError):
    """The file is larger than the plan allows."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "This file is larger than the plan at {service} allows ({detail}). Nothing was changed "
        "there; send a smaller version, or ask for a larger plan.",
    )


class NotAcceptedError(RefusedByServiceError):
    """The content is not what the service takes at this place."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} cannot read this file, or does not take its format ({detail}). Nothing was "
        "changed there; look whether the file opens here.",
    )


class NoSuchPresetError(RefusedByServiceError):
    """The upload preset does not exist."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} knows no upload preset of that name ({detail}). Nothing was changed there; "
        "choose another one, or none.",
    )


class AddOnMissingError(RefusedByServiceError):
    """Something was asked for that is booked separately."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "An add-on that this asks for is not booked at {service} ({detail}). Nothing was "
        "changed there.",
    )


class NotPermittedError(RefusedByServiceError):
    """The key is right, but may not do this."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The key of this account may not do this at {service} ({detail}). Nothing was changed "
        "there; use a key with that permission, or ask who gives them.",
    )


class RedirectedError(ServiceTroubleError):
    """Somebody points to another address; keys are sent to the configured one alone."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} was asked, and the answer points to another address ({detail}). Nothing was "
        "sent there. If this network wants you to log in first, do that; else check the API's "
        "address in the account. It is tried again by itself.",
    )


class NotUnderstoodError(ServiceTroubleError):
    """The answer is not what an API says."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "What came back from {service} cannot be understood ({detail}). Something on the way may "
        "have answered in its place. It is tried again by itself.",
    )


def _rate_limited(**_: object) -> BridgeError:
    """Who knows the headers says until when."""
    return RateLimitedError(service=SERVICE, retry_after_s=None)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Answers with one of `statuses` whose message has `words` mean `error`."""

    statuses: Iterable[int]
    words: str
    error: Callable[..., BridgeError]

    def fits(self, status: int, message: str) -> bool:
        """Is it such an answer?"""
        return status in self.statuses and re.search(self.words, message, re.IGNORECASE) is not None

    def said(self, message: str) -> BridgeError:
        """The trouble, in the service's words as far as they help."""
        detail = message[:LONGEST_DETAIL].strip()
        return self.error(service=SERVICE, detail=detail)


ANY = range(400, 600)
REFUSED = range(400, 500)
TABLE = (
    # Ask a person.
    _Meaning({400, 401}, r"stale request", WrongClockError),
    # Stop: the same would be said again.
    _Meaning({400, 401, 403, 420}, r"subscription (for|to) ", AddOnMissingError),
    _Meaning({413}, "", TooLargeError),
    _Meaning(
        {400}, r"(file size|image) (is )?too large|maximum is \d+|exceeds .*limit", TooLargeError
    ),
    _Meaning({400, 404}, r"upload preset (not found|must)|preset .*not found", NoSuchPresetError),
    _Meaning(
        {400},
        r"invalid (image|video|audio) file|unsupported|file format .* not allowed|^empty file",
        NotAcceptedError,
    ),
    # Ask a person.
    _Meaning({401}, "", CredentialsError),
    _Meaning({403}, "", NotPermittedError),
    # Wait until.
    _Meaning(SLOW_DOWN, "", _rate_limited),
    # Try again.
    _Meaning({400}, r"^(error 400 - )?general error", ServiceTroubleError),
    _Meaning(
        {408, 409, 423, 425, 499}, r"time.?out|timed out|in progress|lock", ServiceTroubleError
    ),
    # Stop.
    _Meaning(REFUSED, "", RefusedByServiceError),
    # Try again.
    _Meaning(ANY, "", ServiceTroubleError),
)
"""The first that fits counts."""


def meaning(status: int, message: str) -> BridgeError:
    """The trouble an answer with this status (400 to 599) and message stands for."""
    for row in TABLE:
        if row.fits(status, message):
            told = f"HTTP {status}"
            return row.said(
                message if message and status < 500 else f"{told}, {message}".strip(", ")
            )
    return NotUnderstoodError(service=SERVICE, detail=f"HTTP {status}")


def plain_text(body: bytes) -> str:
    """What an HTML page or a text says, on one line; its title, if it has one."""
    text = body[:20_000].decode("utf-8", "replace")
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    found = title[1] if title else re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.S)
    return " ".join(found.split())[:LONGEST_DETAIL]
