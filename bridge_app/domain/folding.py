"""Text without case and accents: what is compared where people do not care for either."""

import unicodedata


def bare(text: str) -> str:
    """Text in small letters, taken apart into plain forms, without what is combined with them."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
