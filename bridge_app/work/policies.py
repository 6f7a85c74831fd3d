"""What is asked about the policies of environments, and how they change.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.gate import ANY_USE, Use, Verdict
from bridge_app.domain.overrides import Override
from bridge_app.domain.policies import Demands, Governable, Policy, check_policies
from bridge_app.storage.policies import Policies
from bridge_app.storage.search import Readers
from bridge_app.work.approvals import DecidingMeans
from bridge_app.work.gatekeeper import Gatekeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What today's policies mean for one asset; `demands` and `verdict` for a use."""

    asset: AssetId
    name: str
    demands: Demands
    verdict: Verdict


class PolicyDesk:
    """Every method may be called from any thread, and blocks.

    Without an `environment` the one in use is meant; NotFoundError where there is none.
    """

    def __init__(
        self, policies: Policies, gate: Gatekeeper, readers: Readers, means: DecidingMeans
    ) -> None:
        self._policies = policies
        self._gate = gate
        self._readers = readers
        self._means = means

    def policies(self, environment: str | None = None) -> tuple[Policy, ...]:
        """The policies of an environment, in their order."""
        return self._policies.get(self._meant(environment))

    def put(self, policies: Sequence[Policy], environment: str | None = None) -> None:
        """These hold from now on, in place of those before. Raises PolicyError."""
        check_policies(policies)
        meant = self._meant(environment)
        self._policies.put(meant, policies, who=self._means.who(), at=self._means.now())
        self._means.tell(ChangeSet(listing=True))

    def demands(
        self, asset: Governable, use: Use = ANY_USE, environment: str | None = None
    ) -> Demands:
        """What is demanded of an asset for a use; nothing where there is no environment."""
        return self._gate.demands(asset, environment or self._means.environment() or "", use)

    def check(
        self, assets: Sequence[AssetId], use: Use = ANY_USE, environment: str | None = None
    ) -> list[Checked]:
        """What the policies and the gate say of these assets now."""
        meant = self._meant(environment)
        with self._readers.lent() as reader:
            found = reader.assets(assets)
        return [
            Checked(
                asset=one.id,
                name=one.name,
                demands=self._gate.demands(one, meant, use),
                verdict=self._gate.answer(one, meant, use=use, readable=one.error is None),
            )
            for one in found
        ]

    def overrides(self) -> list[Override]:
        """Every override on record, oldest first."""
        return self._policies.overrides()

    def _meant(self, environment: str | None) -> str:
        meant = environment or self._means.environment()
        if meant is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        return meant
