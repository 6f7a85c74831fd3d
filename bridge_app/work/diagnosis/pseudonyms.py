"""Names that stand for names: the same for the same one, and nobody else can tell whose it is."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SALT_BYTES = 32
DIGITS = 6


class Pseudonyms:
    """Makes `path-3fa2c1` of a path; the same `salt` makes the same of it another time."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of(self, kind: str, value: str) -> str:
        """What stands for `value`; "" for nothing."""
        if not value:
            return ""
        told = hmac.new(self._salt, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"{kind}-{told.hexdigest()[:DIGITS]}"


def profile_salt(profile: Path) -> bytes:
    """The profile's own salt, which never leaves it; made when it is first asked for."""
    place = profile / "diagnosis.salt"
    try:
        found = place.read_bytes()
    except FileNotFoundError:
        found = b""
    if len(found) != SALT_BYTES:
        found = secrets.token_bytes(SALT_BYTES)
        place.unlink(missing_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(found)
    return found
