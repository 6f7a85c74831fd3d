"""Signing in at a PhotoShelter-style service with a browser: the page that a person comes back to.

Source: reference/photoshelter.md, 4.3 (desktop flow).
"""

import threading
from collections.abc import Callable
from datetime import datetime

from bridge_app.delivery.oauth_redirect import Redirect
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.libraries.photoshelter.browser_sign_in import BrowserSignIn, begin_in_browser
from bridge_app.libraries.photoshelter.sign_in import Step

PORT = 51_789
"""Fixed, because the service has to know the address beforehand."""


class PortTakenError(BridgeError):
    """Another program listens where the browser would come back to."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Another program uses port {port} of this computer ({detail}). Close it, then try again.",
    )


def return_address(port: int = PORT) -> str:
    """What has to be registered at the service as the address to come back to."""
    return f"http://127.0.0.1:{port}/callback"


def sign_in_with_browser(
    wish: BrowserSignIn,
    *,
    show: Callable[[str], None],
    cancelled: threading.Event,
    now: Callable[[], datetime],
    port: int = PORT,
) -> Step:
    """Have a person sign in with a browser; `show` opens the page, on this thread. Blocking.

    Raises PortTakenError, and what `begin_in_browser` raises.
    """

    def listen(state: str) -> Redirect:
        try:
            return Redirect(state, port=port)
        except OSError as error:
            raise PortTakenError(port=port, detail=error.strerror or error) from error

    return begin_in_browser(wish, listen=listen, show=show, cancelled=cancelled, now=now)
