"""Delivery URLs of renditions, and what people paste them into."""

import html
from dataclasses import dataclass
from urllib.parse import urlsplit

from cloudinary.utils import cloudinary_url

from bridge_app.delivery.accounts import Account
from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.presets import RenditionPreset

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLink:
    """One rendition's address, as text for three uses."""

    url: str
    html: str
    markdown: str


def rendition_url(copy: CloudCopy, preset: RenditionPreset, account: Account) -> str:
    """The delivery URL of a copy through a preset; it names the version, so caches cannot lie."""
    return _url(copy, account, format=preset.format, raw_transformation=preset.transformation)


def master_url(copy: CloudCopy, account: Account) -> str:
    """The delivery URL of the copy itself."""
    return _url(copy, account, format=copy.format or None)


def _url(copy: CloudCopy, account: Account, **options: object) -> str:
    url, _ = cloudinary_url(
        copy.public_id,
        cloud_name=account.environment,
        resource_type=copy.resource_type,
        type=copy.delivery_type,
        version=copy.version,
        **_host(account.cname),
        cdn_subdomain=False,
        sign_url=False,
        shorten=False,
        auth_token=False,
        **options,
    )
    return str(url)


def _host(cname: str | None) -> dict[str, object]:
    """The SDK's host options; only this machine's own services are asked without TLS."""
    if cname is None:
        return {"secure": True, "cname": None, "private_cdn": False}
    if urlsplit(f"//{cname}").hostname in LOOPBACK:
        return {"secure": False, "cname": cname, "private_cdn": False}
    return {"secure": True, "secure_distribution": cname, "private_cdn": True}


def delivery_link(asset: Asset, copy: CloudCopy, url: str) -> DeliveryLink:
    """The address with the asset's own words as alternative text."""
    words = " ".join((asset.title or asset.caption or copy.public_id.rpartition("/")[2]).split())
    safe = words.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
    return DeliveryLink(
        url=url,
        html=f'<img src="{html.escape(url)}" alt="{html.escape(words)}">',
        markdown=f"![{safe}]({url.replace('(', '%28').replace(')', '%29')})",
    )
