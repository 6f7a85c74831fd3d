"""The demo: a sample library, and the sandbox as its Cloudinary and its PhotoShelter."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bridge_app.app.build import DEMO_CLOUD, Clock, Parts
from bridge_app.app.demo_shelter import ShelterDemo, demo_settings
from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, Kind, LibraryRecord
from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.campaign import Campaign, make_campaign
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.catalog import asset_id

SAMPLE = "Sample campaign"
REVIEWER = "Sample review"
API_KEY_DIGITS = 15
Report = Callable[[int, int], None]


class Demo:
    """Runs the sandbox and fills the sample libraries of one profile.

    The sandbox's key is new at every start and stays in memory: it opens nothing else.
    """

    def __init__(self, parts: Parts, *, recipes: Path, now: Clock) -> None:
        self._parts = parts
        self._recipe = recipes / "campaign.toml"
        self._now = now
        self._folder = parts.home / SAMPLE
        self._account = SandboxAccount(
            cloud_name=DEMO_CLOUD,
            api_key="".join(secrets.choice("123456789") for _ in range(API_KEY_DIGITS)),
            api_secret=secrets.token_urlsafe(20),
        )
        self._sandbox = Sandbox(
            accounts=(self._account,),
            decoder=parts.decoder,
            state=parts.home / "sandbox",
            now=now,
            shelter=demo_settings(),
        )
        self._shelter = ShelterDemo(
            parts, self._sandbox, recipe=recipes / "cold-water.toml", now=now
        )
        self._running = self._lent = False

    @property
    def sandbox(self) -> Sandbox:
        """The service itself."""
        return self._sandbox

    @property
    def is_filled(self) -> bool:
        """Are the sample pictures there?"""
        return self._folder.is_dir()

    @property
    def sandbox_running(self) -> bool:
        """Does the sandbox answer?"""
        return self._running

    def set_sandbox_running(self, *, on: bool) -> None:
        """Pull the plug, or put it back. Blocks for less than a second."""
        if on and not self._running:
            self._sandbox.start()
        elif not on and self._running:
            self._sandbox.stop()
            self._parts.worker.connection.doubt()
        self._running = on

    def connect(self) -> None:
        """Start the sandbox and make it the account in use; sign in to its library if it is there.

        Blocks.
        """
        self.set_sandbox_running(on=True)
        url = self._sandbox.cloudinary_url(self._account)
        account = self._parts.environments.lend(NewAccount.from_url(url))
        self._lent = True
        self._parts.worker.use_account(account.environment)
        if self._shelter.is_filled:
            self._shelter.connect()

    def fill(self, report: Report, cancelled: Callable[[], bool]) -> LibraryRecord:
        """Make the sample pictures unless they are there, and add them as a library. Blocks."""
        campaign = make_campaign(
            self._folder, recipe=self._recipe, now=self._now(), report=report, cancelled=cancelled
        )
        record = self._parts.worker.add_library(self._folder)
        self._seed(record, campaign)
        return record

    def sample(self) -> LibraryRecord:
        """The sample campaign's library, made unless it is there. Blocks."""
        return self.fill(lambda *_: None, lambda: False)

    def fill_shelter(self, report: Report, cancelled: Callable[[], bool]) -> None:
        """Make the second brand's library at the sandbox unless it is there. Blocks."""
        if not self._shelter.is_filled:
            self._shelter.fill(report, cancelled)
            self._shelter.connect()

    def _seed(self, record: LibraryRecord, campaign: Campaign) -> None:
        """Give what nobody decided about yet the review state that the campaign suggests."""
        decisions = self._parts.stock.decisions
        for entry in campaign.entries:
            asset = _sample(record, entry.path, self._folder)
            approval = Approval(entry.decision)
            if approval is not Approval.DRAFT and not decisions.history(asset.id, asset.sha256):
                decisions.add(
                    [asset], approval, comment=entry.comment, who=REVIEWER, at=self._now()
                )

    def close(self) -> None:
        """Stop the sandbox; where there is an account of one's own by now, its own one goes."""
        self.set_sandbox_running(on=False)
        if self._lent:
            with suppress(BridgeError):  # nobody is kept from leaving
                self._make_way()

    def _make_way(self) -> None:
        environments = self._parts.environments
        others = [one for one in environments.accounts() if one.environment != DEMO_CLOUD]
        if others:
            environments.remove(DEMO_CLOUD)
            if environments.current() is None:
                environments.use(others[0].environment)


def _sample(record: LibraryRecord, path: str, folder: Path) -> Asset:
    """A sample picture as the scan will know it, as far as a decision needs it."""
    content = (folder / path).read_bytes()
    return Asset(
        id=asset_id(record.id, path),
        library=record.id,
        path=path,
        name=path.rpartition("/")[2],
        folder=path.rpartition("/")[0],
        kind=Kind.OTHER,
        format="",
        bytes=len(content),
        modified_at="",
        sha256=hashlib.sha256(content).hexdigest(),
    )
