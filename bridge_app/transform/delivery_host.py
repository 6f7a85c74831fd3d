"""Which host delivers an environment's assets: shared, private, or a name of its own."""

import re
from dataclasses import dataclass
from zlib import crc32

SHARED = "res.cloudinary.com"
OLD_SHARED = "cloudinary-a.akamaihd.net"
"""What shared delivery was called once; a setting that still says so means `SHARED`."""
SHARDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryHost:
    """How one product environment is delivered; the names are those of the SDK's settings.

    `cname` counts only where `secure` is off and may name a port; with TLS a name of one's own
    is the `secure_distribution`. `secure_cdn_subdomain` None follows `cdn_subdomain` on the
    shared host. Source: reference/cloudinary.md, 1.3.
    """

    cloud: str
    secure: bool = True
    private_cdn: bool = False
    secure_distribution: str | None = None
    cname: str | None = None
    cdn_subdomain: bool = False
    secure_cdn_subdomain: bool | None = None

    def prefix(self, name: str) -> str:
        """Scheme, host and, where the host is shared, the cloud; without a slash at the end.

        `name` is the asset's name as the URL has it: it decides the shard.
        """
        if self.secure:
            return self._secure_prefix(name)
        if self.cname:
            start = f"http://a{shard(name)}." if self.cdn_subdomain else "http://"
            host = f"{start}{self.cname}"
        else:
            own = f"{self.cloud}-res" if self.private_cdn else "res"
            host = f"http://{own}{f'-{shard(name)}' if self.cdn_subdomain else ''}.cloudinary.com"
        return host if self.private_cdn else f"{host}/{self.cloud}"

    def _secure_prefix(self, name: str) -> str:
        host = self.secure_distribution
        if host is None or host == OLD_SHARED:
            host = f"{self.cloud}-{SHARED}" if self.private_cdn else SHARED
        shared = not self.private_cdn or host == SHARED
        sharded = self.secure_cdn_subdomain
        if sharded is None:
            sharded = shared and self.cdn_subdomain
        if sharded:
            host = host.replace(SHARED, f"res-{shard(name)}.cloudinary.com")
        return f"https://{host}/{self.cloud}" if shared else f"https://{host}"


def shard(name: str) -> int:
    """Which of the five subdomains an asset is asked from, 1 to 5."""
    return crc32(name.encode()) % SHARDS + 1


_PRIVATE = re.compile(r"(?P<cloud>[a-z0-9_.-]+)-res(-[1-5])?\.cloudinary\.com")
_PUBLIC = re.compile(r"res(-[a-z0-9]+)?\.cloudinary\.com")
_OWN_SHARD = re.compile(r"a[1-5]\.(?=[^.]+\.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFound:
    """What a URL's host says: `cloud` where it holds the cloud's name, lower-case as hosts are.

    `known` says that it is one of Cloudinary's own hosts; `name` is the host without the number
    of a shard, which is what an account's own name is compared with.
    """

    name: str
    known: bool
    cloud: str = ""


def host_found(netloc: str) -> HostFound:
    """Read the host of a URL, with its port if it names one."""
    host = netloc.rpartition("@")[2].lower()
    if host == OLD_SHARED or _PUBLIC.fullmatch(host):
        return HostFound(name=SHARED, known=True)
    private = _PRIVATE.fullmatch(host)
    if private:
        return HostFound(name=host, known=True, cloud=private["cloud"])
    return HostFound(name=_OWN_SHARD.sub("", host, count=1), known=False)
