"""Which proxy stands between this computer and an address, as the environment says it. Pure.

The variables are those that curl, git and Python know: `https_proxy`, `http_proxy`, `all_proxy`
and `no_proxy`, in small or capital letters; small ones count first.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

SPOKEN = frozenset({"http", "https"})
PORTS = {"http": 80, "https": 443}

HERE = ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]")  # noqa: S104
"""The names of this computer, which is never behind a proxy."""


class UnspokenProxyError(BridgeError):
    """The environment names a proxy that does not speak HTTP; going past it is not ours to do."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. "
        "Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.",
    )


class UnreadableProxyError(BridgeError):
    """A variable of the environment is no address. Its value may hold a password: never told."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{variable} is not the address of a proxy. Nothing was sent. Write it as "
        "http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start "
        "again.",
    )


class ProxyRefusedError(BridgeError):
    """The proxy is there, and lets nothing through."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check "
        "HTTPS_PROXY, with the name and password in it, and start again.",
    )


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy. `address` is a URL without credentials; `login` is `name:password`, or ""."""

    address: str
    login: str = field(default="", repr=False)


def proxy_of(url: str, variables: Mapping[str, str]) -> Proxy | None:
    """The proxy for an address; None where it is reached directly, as this computer always is.

    Raises UnspokenProxyError or UnreadableProxyError.
    """
    parts = urlsplit(url)
    if _is_direct(parts, _variable(variables, "no_proxy")):
        return None
    return _named(f"{parts.scheme}_proxy", variables) or _named("all_proxy", variables)


def check_proxies(variables: Mapping[str, str]) -> None:
    """Raises as `proxy_of` does, for each proxy that is named and not excepted for all."""
    if _variable(variables, "no_proxy") != "*":
        for name in ("https_proxy", "http_proxy", "all_proxy"):
            _named(name, variables)


def _named(name: str, variables: Mapping[str, str]) -> Proxy | None:
    for variable in (name, name.upper()):
        if value := variables.get(variable, "").strip():
            return _proxy(variable, value)
    return None


def _variable(variables: Mapping[str, str], name: str) -> str:
    return (variables.get(name) or variables.get(name.upper()) or "").strip()


def _proxy(variable: str, named: str) -> Proxy:
    parts = _parts(variable, named)
    if parts.scheme not in SPOKEN or not parts.hostname:
        raise UnspokenProxyError(proxy=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(
        address=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        login=f"{name}:{password}" if name else "",
    )


def _parts(variable: str, named: str) -> SplitResult:
    """An address in parts. A sign in a password that ends what is before the path is an error."""
    try:
        parts = urlsplit(named if "://" in named else f"http://{named}")
        is_behind = "@" in parts.path + parts.query + parts.fragment
        # Reading the port is what checks it.
        if parts.port != 0 and not is_behind:
            return parts
    except ValueError:
        # Its words hold what was read, so it is not told as the cause either.
        pass
    raise UnreadableProxyError(variable=variable)


def _is_direct(parts: SplitResult, exceptions: str) -> bool:
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or _is_loopback(host):
        return True
    port = parts.port or PORTS.get(parts.scheme, 0)
    return any(_fits(one.strip().lower(), host, port) for one in exceptions.split(","))


@lru_cache(maxsize=64)
def _is_loopback(host: str) -> bool:
    """Also where it is written as IPv6, and "any address", which leads here as well."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def _fits(exception: str, host: str, port: int) -> bool:
    """Does an entry of `no_proxy` name this host: itself, what it belongs to, or its network?"""
    if "/" in exception:
        try:
            return ipaddress.ip_address(host) in ipaddress.ip_network(exception, strict=False)
        except ValueError:
            return False
    name, colon, of_port = exception.rpartition(":")
    if colon and of_port.isdigit() and ":" not in name:
        if int(of_port) != port:
            return False
        exception = name
    name = exception.removeprefix("*").removeprefix(".").strip("[]")
    return exception == "*" or (bool(name) and (host == name or host.endswith(f".{name}")))
