"""Signing in with a browser, where password and code stay between the person and the service.

Source: reference/photoshelter.md, 4.3; RFC 6749, 4.1; RFC 8252, 7.3.
"""

import secrets
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from urllib.parse import urlencode

from bridge_app.libraries.photoshelter.authentication import by_grant
from bridge_app.libraries.photoshelter.errors import SignInRefusedError, refused
from bridge_app.libraries.photoshelter.sign_in import (
    Step,
    after_sign_in,
    entered_credentials,
    wire_to,
)
from bridge_app.storage.secrets import Secret

TIMEOUT_S = 300.0


class Returned(Protocol):
    """What the browser brought back: a code, or why there is none."""

    @property
    def code(self) -> Secret | None:
        """Good once, for a few minutes."""

    @property
    def error(self) -> str:
        """Why there is none."""


class Returning(Protocol):
    """The page on this machine that the browser sets out from and comes back to.

    Its address is known to the service beforehand, with its port.
    """

    @property
    def uri(self) -> str:
        """Where the browser is sent."""

    def leads_to(self, address: Secret) -> str:
        """An address of this machine that leads a browser there, once."""

    def wait(self, *, timeout_s: float, cancelled: threading.Event) -> Returned:
        """Block until it comes. Raises BridgeError if it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSignIn:
    """Where to sign in, and as which program; the service gave `client_id` and `client_secret`."""

    base_url: str
    api_key: Secret
    client_id: str
    client_secret: Secret
    timeout_s: float = TIMEOUT_S


def begin_in_browser(
    wish: BrowserSignIn,
    *,
    listen: Callable[[str], AbstractContextManager[Returning]],
    show: Callable[[str], None],
    cancelled: threading.Event,
    now: Callable[[], datetime],
) -> Step:
    """Have a person sign in, and fetch the tokens. Blocks until they did, or for the time-out.

    `listen` opens the page that takes answers with that state; `show` gets the address that a
    browser has to open. It holds no secret, since it becomes an argument of a process, which
    anybody on this machine may read; it leads to the service's page, whose address needs the key.

    Raises WrongAddressError, what `Returning.wait` raises, and as `Step`.
    """
    entered = entered_credentials(wish.base_url, wish.api_key)
    state = secrets.token_urlsafe(24)
    with listen(state) as returning:
        asked = {
            "response_type": "code",
            "client_id": wish.client_id,
            "redirect_uri": returning.uri,
            "state": state,
            "api_key": entered.api_key.reveal(),
        }
        page = Secret(f"{entered.base_url}/oauth/authorize?{urlencode(asked)}")
        show(returning.leads_to(page))
        answer = returning.wait(timeout_s=wish.timeout_s, cancelled=cancelled)
        address = returning.uri
    if answer.code is None:
        raise refused(SignInRefusedError, entered.service, answer.error)
    program = replace(
        entered,
        client_id=wish.client_id,
        client_secret=wish.client_secret,
        redirect_uri=address,
    )
    with wire_to(program, now) as wire:
        grant = {"grant_type": "authorization_code", "code": answer.code.reveal()}
        return after_sign_in(wire, by_grant(wire, program, grant))
