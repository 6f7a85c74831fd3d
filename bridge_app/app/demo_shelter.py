"""The demo's second brand: a PhotoShelter library at the sandbox, signed in to for this run."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bridge_app.app.build import Clock, Parts
from bridge_app.sandbox.photoshelter.calls import API
from bridge_app.sandbox.photoshelter.seeding import PASSWORD
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.showcase import editor_of, fill_showcase, is_filled
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.shelter_accounts import LENT

ACCOUNT = f"{LENT}demo"
"""The same at every start, whatever the port: decisions and what was delivered stay with it."""
BRAND = "Morrowtide"
INTAKE = "Swimmers’ Pictures"
"""The gallery into which people from outside put pictures."""
DRAWINGS = "cold-water"


def demo_settings() -> ShelterSettings:
    """How the service is set up: its key is new at every start, and nobody has to wait."""
    return ShelterSettings(api_key=secrets.token_urlsafe(12), rate_limit=None)


class ShelterDemo:
    """Fills the PhotoShelter library of one profile's sandbox, and signs in to it.

    Args:
        parts: The application.
        sandbox: Made with `demo_settings`; it has to run for `connect` and `fill`.
        recipe: `resources/demo/cold-water.toml`.
        now: The clock.
    """

    def __init__(self, parts: Parts, sandbox: Sandbox, *, recipe: Path, now: Clock) -> None:
        self._desk = parts.worker.shelters
        self._remembered = parts.stock.shelters
        self._sandbox = sandbox
        self._recipe = recipe
        self._drawings = parts.home / "sandbox" / DRAWINGS
        self._now = now

    @property
    def is_filled(self) -> bool:
        """Is the library there? The sandbox has to run."""
        return is_filled(self._sandbox.shelter, self._drawings)

    def fill(self, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        """Make the library. Blocks. Raises CampaignCancelledError."""
        places = fill_showcase(
            self._sandbox.shelter,
            recipe=self._recipe,
            drawings=self._drawings,
            now=self._now(),
            report=report,
            cancelled=cancelled,
        )
        self._remembered.set_intake(ACCOUNT, places[INTAKE], on=True, at=self._now())

    def connect(self) -> None:
        """Sign in, for this run only; its sync goes on by itself. Blocks."""
        # httpx takes 0.2 s to load, which the window must not wait for.
        from bridge_app.libraries.photoshelter.sign_in import SignIn  # noqa: PLC0415

        step = self._desk.begin_sign_in(
            SignIn(
                base_url=f"{self._sandbox.url}{API}",
                api_key=Secret(self._sandbox.shelter.settings.api_key),
                email=editor_of(BRAND),
                password=Secret(PASSWORD),
            )
        )
        self._desk.add(replace(step, so_far=replace(step.credentials, account=ACCOUNT)))
