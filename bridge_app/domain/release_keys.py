"""The public keys that releases are signed with; the private ones are nobody's but the signers'.

A key is added by `python packaging/sign_release.py new-key`, which prints its line. While there is
none, no news of a release can be trusted, and none is asked for. To change keys, a release carries
the new one beside the old one, and is signed with both.
"""

import base64
from collections.abc import Mapping

from bridge_app.domain.signed_release import key_id

TRUSTED: tuple[str, ...] = ()
"""32 bytes each, as base64."""


def release_keys(trusted: tuple[str, ...] = TRUSTED) -> Mapping[str, bytes]:
    """The keys by their names, as `signed_release.verified` takes them."""
    public = [base64.b64decode(one, validate=True) for one in trusted]
    return {key_id(one): one for one in public}
