"""The options of `asset-bridge sandbox` as settings: short texts of a command line, checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.cloudinary.plans import PLANS
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys, Settings
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY, ShelterSettings
from bridge_app.sandbox.port import Tls

RATE = re.compile(r"(\d{1,9})/(\d{1,6})")
HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})+")


def settings_from(  # noqa: PLR0913 - the options of the command, one by one
    *,
    plan: str = "sandbox",
    strict_transformations: bool = False,
    auth_token_key: str = "",
    hosts: Sequence[str] = (),
    remote_files: Sequence[str] = (),
    provisioning: str = "",
    secure_delivery_base: str = "",
    samples: bool = False,
) -> Settings:
    """The settings that some options ask for.

    Args:
        plan: One of `PLANS`.
        strict_transformations: See `Settings`.
        auth_token_key: Hexadecimal; empty for none.
        hosts: `NAME=CLOUD` each.
        remote_files: `URL=FILE` each.
        provisioning: `account://KEY:SECRET@ACCOUNT_ID`; empty for the usual one.
        secure_delivery_base: A web address; empty where nothing with TLS stands in front.
        samples: See `Settings`.

    Raises:
        InvalidInputError: One of them cannot be understood.
    """
    if plan not in PLANS:
        raise InvalidInputError(what=f"The plan {plan}", detail=f"choose from {', '.join(PLANS)}")
    if auth_token_key and not HEXADECIMAL.fullmatch(auth_token_key):
        raise InvalidInputError(
            what="The key of delivery tokens", detail="it has to be hexadecimal digits, in pairs"
        )
    secure = urlsplit(secure_delivery_base)
    if secure_delivery_base and not (secure.scheme == "https" and secure.netloc):
        raise InvalidInputError(
            what=secure_delivery_base, detail="it has to begin with https:// and a host"
        )
    return Settings(
        plan=PLANS[plan],
        strict_transformations=strict_transformations,
        auth_token_key=auth_token_key,
        hosts={name.lower(): cloud for name, cloud in _pairs(hosts, "NAME=CLOUD").items()},
        remote_files={url: Path(file) for url, file in _pairs(remote_files, "URL=FILE").items()},
        provisioning=provisioning_keys(provisioning) if provisioning else ProvisioningKeys(),
        secure_delivery_base=secure_delivery_base,
        samples=samples,
    )


def provisioning_keys(url: str) -> ProvisioningKeys:
    """Read `account://KEY:SECRET@ACCOUNT_ID`.

    Raises:
        InvalidInputError: The text is no such URL. The text itself is not repeated.
    """
    parts = urlsplit(url)
    account_id = unquote(parts.netloc.rpartition("@")[2])
    if parts.scheme.lower() != "account" or not (account_id and parts.username and parts.password):
        raise InvalidInputError(
            what="The account to provision",
            detail="it must look like account://KEY:SECRET@ACCOUNT_ID",
        )
    return ProvisioningKeys(
        account_id=account_id,
        api_key=unquote(parts.username),
        api_secret=unquote(parts.password),
    )


def account_url(keys: ProvisioningKeys) -> str:
    """What to set CLOUDINARY_ACCOUNT_URL to for an official SDK."""
    key, secret, account_id = (
        quote(text, safe="") for text in (keys.api_key, keys.api_secret, keys.account_id)
    )
    return f"account://{key}:{secret}@{account_id}"


def shelter_from(*, key: str = "", rate: str = "", strict: bool = False) -> ShelterSettings:
    """The settings of the PhotoShelter-style service that some options ask for.

    Args:
        key: Its key; empty for the usual one.
        rate: `CALLS/SECONDS`; no calls means that there is no limit, empty means the usual one.
        strict: See `ShelterSettings`.

    Raises:
        InvalidInputError: The rate cannot be understood.
    """
    usual = ShelterSettings(api_key=key or DEFAULT_API_KEY, strict=strict)
    if not rate:
        return usual
    found = RATE.fullmatch(rate)
    if found is None or not int(found[2]):
        raise InvalidInputError(what=f"The rate {rate}", detail="it has to look like 600/60")
    return replace(usual, rate_limit=int(found[1]) or None, rate_seconds=float(found[2]))


def tls_from(certificate: str, key: str) -> Tls | None:
    """What to serve `https` with; None without both.

    Raises:
        InvalidInputError: Only one of the two is given, or one is no file.
    """
    if not certificate and not key:
        return None
    for name, path in (("The certificate", certificate), ("The key of the certificate", key)):
        if not Path(path).is_file():
            detail = "TLS needs a certificate and its key, as files"
            raise InvalidInputError(what=name, detail=detail)
    return Tls(certificate=Path(certificate), key=Path(key))


def _pairs(texts: Sequence[str], form: str) -> Mapping[str, str]:
    """What stands before and after the last equals sign of each."""
    found = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not (name and equals and value):
            raise InvalidInputError(what=text, detail=f"it has to look like {form}")
        found[name] = value
    return found
