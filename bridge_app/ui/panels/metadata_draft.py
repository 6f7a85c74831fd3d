"""What a field of text shows, and what a person makes of it."""

from collections.abc import Callable


class Draft:
    """Tells what is being typed from what is there and from what was said already.

    Args:
        read: What stands in the field.
        write: Lets this stand there.
    """

    def __init__(self, read: Callable[[], str], write: Callable[[str], None]) -> None:
        self._read = read
        self._write = write
        self._shown = self._told = ""

    @property
    def is_touched(self) -> bool:
        """Is anything else in the field than what is there?"""
        return self._read() != self._shown

    def show(self, text: str, *, has_focus: bool) -> bool:
        """What is there. False while a person is typing: nobody is interrupted."""
        if has_focus and self._read() not in (self._shown, self._told):
            return False
        self._shown = self._told = text
        if self._read() != text:
            self._write(text)
        return True

    def finished(self) -> str | None:
        """What is to be said now; None if nothing new was typed."""
        text = self._read()
        if text in (self._shown, self._told):
            return None
        self._told = text
        return text

    def refuse(self) -> None:
        """What was said is no value; it stays to be mended."""
        self._told = self._shown

    def abandon(self) -> str:
        """Take back what was typed; what is there."""
        self._told = self._shown
        self._write(self._shown)
        return self._shown
