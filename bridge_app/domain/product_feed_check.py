"""What can be kept as a feed: its name, where it comes from, when it is read, what it may do."""

from urllib.parse import urlsplit

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.product_feed_names import name_patterns
from bridge_app.domain.rights_block import CHANNELS

LONGEST_NAME = 100
SOONEST_MIN, SELDOMEST_MIN = 5, 7 * 24 * 60
"""Minutes between two scheduled looks."""
LOWEST_PORT, HIGHEST_PORT = 1024, 65535
"""The ports that a person's program may listen on."""


class FeedNameError(InvalidInputError):
    """It has none, one that is too long, or one that another feed has."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The feed needs a name of its own, of at most {most} letters."
    )


class FeedSettingError(InvalidInputError):
    """Something of a feed that cannot be."""

    text = QT_TRANSLATE_NOOP("errors", "The feed cannot be kept: {detail}. Nothing was changed.")


def check_feed(feed: Feed) -> None:
    """Raises InvalidInputError for what cannot be kept."""
    if not feed.name.strip() or len(feed.name) > LONGEST_NAME:
        raise FeedNameError(most=LONGEST_NAME)
    if not feed.source.strip():
        raise FeedSettingError(
            detail=QT_TRANSLATE_NOOP("facts", "it has neither a folder nor an address")
        )
    if feed.is_remote:
        _check_address(feed.source)
    if feed.every_min and not SOONEST_MIN <= feed.every_min <= SELDOMEST_MIN:
        raise FeedSettingError(
            detail=f"it is read every {SOONEST_MIN} minutes at most, and once a week at least"
        )
    if feed.channel not in CHANNELS:
        raise FeedSettingError(detail=f"the channels are {', '.join(sorted(CHANNELS))}")
    if feed.pushes and not feed.environment:
        raise FeedSettingError(
            detail=QT_TRANSLATE_NOOP("facts", "to push, it needs a Cloudinary environment")
        )
    if feed.port and not LOWEST_PORT <= feed.port <= HIGHEST_PORT:
        raise FeedSettingError(detail=f"posts are received on port {LOWEST_PORT} to {HIGHEST_PORT}")
    name_patterns(feed.pattern)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, secret = parts.hostname, parts.password or parts.username
    except ValueError:
        host, secret = None, None
    if parts_scheme(url) not in ("https", "http") or not host:
        raise FeedSettingError(detail=QT_TRANSLATE_NOOP("facts", "an address begins with https://"))
    if secret:
        raise FeedSettingError(
            detail=QT_TRANSLATE_NOOP(
                "facts", "a password has no place in an address; give it as a token"
            )
        )


def parts_scheme(url: str) -> str:
    """What an address begins with, in small letters."""
    return url.partition("://")[0].casefold()
