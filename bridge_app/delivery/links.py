"""What people want of a delivery URL, and what they paste it into."""

import html
from dataclasses import dataclass

from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.uses import ANY_USE, Use
from bridge_app.storage.secrets import Secret


class CannotSignError(BridgeError):
    """An address has to be signed, and the account is logged in to without a secret."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "This needs an address signed with the API secret, which a login does not have. Add the "
        "account with its key and secret.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressWish:
    """How an asset's delivery URL is to be; the default is that of its own file.

    `sign` is "", "sha1", "sha256" or "long"; what is private or authenticated is signed anyway.
    With a `token_key` (hexadecimal) the address opens until `expires`, seconds since 1970, instead
    of being signed. `use` is what it is wanted for. Source: reference/cloudinary.md, 2.6, 2.7, 8.
    """

    transformation: str = ""
    format: str = ""
    suffix: str = ""
    root_path: bool = False
    sign: str = ""
    token_key: Secret | None = None
    expires: int = 0
    use: Use = ANY_USE
    analytics: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLink:
    """One rendition's address, as text for three uses."""

    url: str
    html: str
    markdown: str


def delivery_link(asset: Asset, copy: CloudCopy, url: str) -> DeliveryLink:
    """The address with the asset's own words as alternative text."""
    words = " ".join((asset.title or asset.caption or copy.public_id.rpartition("/")[2]).split())
    safe = words.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
    return DeliveryLink(
        url=url,
        html=f'<img src="{html.escape(url)}" alt="{html.escape(words)}">',
        markdown=f"![{safe}]({url.replace('(', '%28').replace(')', '%29')})",
    )
