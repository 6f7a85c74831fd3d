"""Tags and context of assets, within the bounds of the service.

Source: reference/cloudinary.md 3.1 and 3.2.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.errors import bad_request

MAX_TAGS = 1_000
MAX_TAG_LETTERS = 255
MAX_PAIRS = 1_000
MAX_VALUE_LETTERS = 1_024


def checked_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of one asset.

    Raises:
        CloudinaryError: 400, they are too many, or one is too long.
    """
    if len(tags) > MAX_TAGS:
        raise bad_request(f"Too many tags ({len(tags)}), maximum is {MAX_TAGS}")
    if any(len(tag) > MAX_TAG_LETTERS for tag in tags):
        raise bad_request(f"tag is too long (maximum is {MAX_TAG_LETTERS} characters)")
    return tags


def checked_context(context: Mapping[str, str]) -> dict[str, str]:
    """The context of one asset.

    Raises:
        CloudinaryError: 400, it has too many keys, or a value is too long.
    """
    if len(context) > MAX_PAIRS:
        raise bad_request(f"Too many context keys ({len(context)}), maximum is {MAX_PAIRS}")
    long = next((key for key, value in context.items() if len(value) > MAX_VALUE_LETTERS), None)
    if long is not None:
        raise bad_request(
            f"context value of {long} is too long (maximum is {MAX_VALUE_LETTERS} characters)"
        )
    return dict(context)
