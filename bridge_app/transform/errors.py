"""What a transformation's author is told when the text, or what it asks for, cannot be."""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

_LONGEST = 60
"""Characters of what was typed that a sentence repeats; the place says where the rest is."""


class TransformationError(BridgeError):
    """A transformation that cannot be used.

    Args:
        position: 0-based index in the transformation's text where the trouble starts.
        found: What stands there, as typed.
        expected: What would be right, as the end of the sentence "… was expected".
        cloudinary: The sentence Cloudinary answers with (its `X-Cld-Error`); empty if unknown.
        suggestions: What may have been meant instead of `found`, likeliest first.
    """

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The transformation cannot be used: at character {place} stands “{found}”, "
        "where {expected} was expected. Nothing was changed.",
    )

    def __init__(
        self,
        *,
        position: int,
        found: str,
        expected: str,
        cloudinary: str = "",
        suggestions: tuple[str, ...] = (),
    ) -> None:
        self.position = position
        self.found = found
        self.expected = expected
        self.cloudinary = cloudinary
        self.suggestions = suggestions
        super().__init__(place=position + 1, found=self.short, expected=expected)

    @property
    def short(self) -> str:
        """What stands there, as long as a sentence bears it."""
        return self.found if len(self.found) <= _LONGEST else f"{self.found[: _LONGEST - 1]}…"

    def at(self, position: int) -> "TransformationError":
        """The same trouble, told with its place in another text."""
        return TransformationError(
            position=position,
            found=self.found,
            expected=self.expected,
            cloudinary=self.cloudinary,
            suggestions=self.suggestions,
        )
