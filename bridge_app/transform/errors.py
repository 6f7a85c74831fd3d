"""What a transformation's author is told when the text, or what it asks for, cannot be."""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError


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
        super().__init__(place=position + 1, found=found, expected=expected)

    def at(self, position: int) -> "TransformationError":
        """The same trouble, told with its place in another text."""
        return TransformationError(
            position=position,
            found=self.found,
            expected=self.expected,
            cloudinary=self.cloudinary,
            suggestions=self.suggestions,
        )
