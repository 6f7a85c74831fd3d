"""What the service links to: fetched from wherever that is, with nothing of ours in the call.

Source: reference/photoshelter.md, 7.2 and 7.3; links to originals are our contract (capability
`download_links`).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bridge_app.libraries.photoshelter.address import checked_link
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    NotUnderstoodError,
    UnsafeLinkError,
    refused,
)
from bridge_app.libraries.photoshelter.reading import attributes, moment, optional_text, whole
from bridge_app.libraries.photoshelter.session import LONGEST_REFUSAL, Ask, Session, at_path
from bridge_app.libraries.photoshelter.transport import Call, Reply
from bridge_app.libraries.photoshelter.values import DownloadLink

if TYPE_CHECKING:
    import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
MD5 = re.compile(r"[0-9a-f]{32}")
TOO_MANY = "it leads from one address to the next"


def link_call(
    session: Session, url: str, *, longest: int = 0, headers: Mapping[str, str] | None = None
) -> Call:
    """A call without credentials to an address that is safe. Raises UnsafeLinkError."""
    base_url = session.credentials().base_url
    safe = checked_link(url, base_url=base_url, service=session.service)
    return Call(
        method="GET",
        url=safe,
        headers=headers or {},
        repeatable=True,
        counted=False,
        longest=longest,
    )


def fetched(session: Session, url: str, *, longest: int) -> Reply:
    """What an address gives, redirects followed, each as safe as the first."""
    for _ in range(MOST_REDIRECTS):
        reply = session.wire.reply(link_call(session, url, longest=longest))
        if reply.status not in REDIRECTS:
            return reply
        url = urljoin(url, reply.headers.get("location", ""))
    raise refused(UnsafeLinkError, session.service, TOO_MANY)


@contextmanager
def opened_link(
    session: Session, url: str, headers: Mapping[str, str]
) -> Iterator["httpx.Response"]:
    """The same with the body still to come. Raises what a refusal means."""
    with ExitStack() as stack:
        for _ in range(MOST_REDIRECTS):
            call = link_call(session, url, headers=headers)
            response = stack.enter_context(session.wire.opened(call))
            if response.status_code not in REDIRECTS:
                if response.status_code >= 400:
                    raise session.wire.trouble(
                        session.wire.transport.whole(response, LONGEST_REFUSAL)
                    )
                yield response
                return
            url = urljoin(url, response.headers.get("location", ""))
        raise refused(UnsafeLinkError, session.service, TOO_MANY)


def download_link(session: Session, media_id: str) -> DownloadLink:
    """See `ShelterService.download_link`; to be asked only where it is offered."""
    query = {"link": "true", "download_filetype": "original"}
    path = at_path("media", checked_id(media_id), "download")
    told = attributes(session.asked(Ask(path=path, query=query)).data)
    url = told.get("link")
    if not isinstance(url, str):
        raise refused(NotUnderstoodError, session.service, "its answer holds no link")
    base_url = session.credentials().base_url
    md5 = optional_text(told.get("md5"), longest=64).lower()
    return DownloadLink(
        url=checked_link(url, base_url=base_url, service=session.service),
        expires_at=moment(told.get("expires_at")),
        bytes=whole(told.get("file_size")),
        md5=md5 if MD5.fullmatch(md5) else "",
    )
