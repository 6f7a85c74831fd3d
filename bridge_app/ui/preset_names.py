"""Names that follow from titles, for presets and sets."""

import re
import unicodedata

LONGEST = 64


def slug(title: str) -> str:
    """A title as a name: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
