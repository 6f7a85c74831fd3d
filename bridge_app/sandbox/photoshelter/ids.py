"""The service's identifiers: a prefix that tells the kind, and eleven letters.

Source: reference/photoshelter.md, 2.
"""

import base64
import hashlib
import re

COLLECTION = "C0000"
GALLERY = "G0000"
ORGANIZATION = "O0000"
USER = "U0000"
ACCESS = "A0000"
ACCESS_RIGHT = "AR000"
WORKSPACE = "W0000"
OAUTH_CLIENT = "OAC00"
CUSTOM_FIELD = "MF000"
CUSTOM_OPTION = "MO000"
NOTE = "NT000"
MEDIA_PREFIXES = {"image": "I0000", "video": "VD000", "audio": "AD000", "document": "DO000"}
MEDIA_ID = re.compile(r"(?:AD|VD|DO|I0)000[a-zA-Z0-9._]{11}")
LETTERS = 11


def make_id(prefix: str, *, seed: str, number: int) -> str:
    """The identifier of the `number`-th thing; the same for the same `seed`."""
    digest = hashlib.sha256(f"{seed}{prefix}{number}".encode()).digest()
    text = base64.b64encode(digest).decode().replace("+", ".").replace("/", "_")
    return prefix + text[:LETTERS]
