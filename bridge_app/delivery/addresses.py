"""Delivery URLs of an account's assets, signed where delivery asks for it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from cloudinary.search import Search

from bridge_app.delivery.accounts import Account, Credentials
from bridge_app.delivery.links import AddressWish, CannotSignError
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform import Transformation, parse
from bridge_app.transform.auth_token import TokenRules
from bridge_app.transform.delivery_address import DeliveryUrl, UrlSignature, fetched
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath

Opened = Callable[[], Credentials]
"""How credentials are come by: a look into the key store, which most addresses do not need."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SIGNATURES = {
    "sha1": UrlSignature.SHA1,
    "sha256": UrlSignature.SHA256,
    "long": UrlSignature.LONG,
}
SHARED_MOST = 100
"""Assets on a page of a search that is shared."""
GUARDED = frozenset({"private", "authenticated"})
"""The delivery types whose originals answer to signed addresses only."""


def rendition_url(
    copy: CloudCopy, preset: RenditionPreset, account: Account, credentials: Opened
) -> str:
    """The delivery URL of a copy through a preset; it names the version, so caches cannot lie.

    What is private or authenticated is signed, with the `credentials` that are asked for then.
    """
    path = _path(copy, transformation=parse(preset.transformation), extension=preset.format)
    return _signed_where_guarded(DeliveryUrl(host=host_of(account), path=path), credentials)


def master_url(copy: CloudCopy, account: Account, credentials: Opened) -> str:
    """The delivery URL of the copy itself, signed as above."""
    path = _path(copy, extension=copy.format)
    return _signed_where_guarded(DeliveryUrl(host=host_of(account), path=path), credentials)


def host_of(account: Account) -> DeliveryHost:
    """Where an account's assets are delivered.

    A name of one's own means a private CDN; only this machine's own services, which play the
    shared host, are asked without TLS.
    """
    if account.cname is None:
        return DeliveryHost(cloud=account.environment)
    if urlsplit(f"//{account.cname}").hostname in LOOPBACK:
        return DeliveryHost(cloud=account.environment, secure=False, cname=account.cname)
    return DeliveryHost(
        cloud=account.environment, secure_distribution=account.cname, private_cdn=True
    )


def search_url(expression: str, credentials: Credentials, *, seconds: int) -> str:
    """A signed address that shows anybody what a search finds, newest first, as JSON.

    Source: reference/cloudinary.md 5.5. Raises CannotSignError.
    """
    if not credentials.can_sign:
        raise CannotSignError
    search = Search().expression(expression).sort_by("created_at", "desc").max_results(SHARED_MOST)
    signed: str = search.to_url(ttl=seconds, **credentials.options())
    _, _, found = signed.partition("/search/")
    return f"{host_of(credentials.account).prefix('')}/search/{found}"


def _path(
    copy: CloudCopy | CloudAsset, *, transformation: Transformation | None = None, extension: str
) -> DeliveryPath:
    return DeliveryPath(
        public_id=copy.public_id,
        resource_type=copy.resource_type,
        delivery_type=copy.delivery_type,
        transformation=transformation or Transformation(components=()),
        version=copy.version,
        extension="" if copy.resource_type == "raw" else extension,
    )


def asset_url(asset: CloudAsset, credentials: Credentials, wish: AddressWish) -> str:
    """The address of a cloud asset as wished.

    Raises CannotSignError, InvalidInputError for a form that this asset does not have, or
    TransformationError.
    """
    path = _path(
        asset,
        transformation=parse(wish.transformation),
        extension=wish.format or asset.format,
    )
    return _as_wished(path, credentials, wish)


def fetch_url(remote: str, credentials: Credentials, wish: AddressWish) -> str:
    """The address at which the service fetches somebody's picture and delivers it.

    Raises as `asset_url`, and InvalidInputError for what is no address of the web.
    """
    if urlsplit(remote).scheme not in {"http", "https"}:
        what = QT_TRANSLATE_NOOP("facts", "The address to fetch")
        raise InvalidInputError(what=what, detail="http://…, https://…")
    return _as_wished(fetched(remote, parse(wish.transformation), wish.format), credentials, wish)


def list_url(tag: str, credentials: Credentials, wish: AddressWish) -> str:
    """The address that lists the images with a tag, as JSON. Raises as `asset_url`."""
    path = DeliveryPath(public_id=tag, delivery_type="list", extension="json")
    return _as_wished(path, credentials, wish)


def _as_wished(path: DeliveryPath, credentials: Credentials, wish: AddressWish) -> str:
    url = DeliveryUrl(
        host=host_of(credentials.account),
        path=path,
        suffix=wish.suffix,
        root_path=wish.root_path,
        analytics=wish.analytics,
    )
    if wish.token_key is not None:
        return str(url.with_token(TokenRules(expires=wish.expires), wish.token_key.reveal()))
    if not wish.sign:
        return _signed_where_guarded(url, lambda: credentials)
    return _signed(url, credentials, SIGNATURES[wish.sign])


def _signed_where_guarded(url: DeliveryUrl, credentials: Opened) -> str:
    if url.path.delivery_type not in GUARDED:
        return str(url)
    return _signed(url, credentials(), UrlSignature.SHA1)


def _signed(url: DeliveryUrl, credentials: Credentials, kind: UrlSignature) -> str:
    if not credentials.can_sign:
        raise CannotSignError
    return str(url.signed(credentials.secret.reveal(), kind))
