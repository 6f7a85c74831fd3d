"""Asks the gate with everything that is on record at this moment: policies, stages, renditions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bridge_app.domain.approvals import Approval, RenditionStanding, overall, subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.gate import ANY_USE, Governed, Use, Verdict, verdict
from bridge_app.domain.policies import Demands, Governable, Policy, demands
from bridge_app.domain.product_holds import allowed_until, holds_back
from bridge_app.domain.reasons import Reason
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.policies import Policies
from bridge_app.storage.search import Readers
from bridge_app.work.contents import is_layer_held_back, laid_on, masters_of, said_against

NAMED = "t_"
NOES = (Approval.CHANGES_REQUESTED, Approval.REJECTED)
JPEG = ("jpg", "jpeg", "jpe")


class Leaving(Governed, Governable, Protocol):
    """A master that something would leave of: an `Asset`, or a `Standing` at the last moment."""

    @property
    def id(self) -> AssetId:
        """Its identity."""

    @property
    def path(self) -> str:
        """Where its file lies, with the ending of its format."""

    @property
    def content(self) -> str | None:
        """What decisions about it are bound to."""


class Gatekeeper:
    """Every method may be called from any thread; all but `subject` read the ledger.

    `named` tells what named transformations stand for, as far as presets here say so: what a name
    stands for is what was approved, not the name.
    """

    def __init__(
        self,
        policies: Policies,
        decisions: Decisions,
        deliveries: Deliveries,
        readers: Readers,
        *,
        named: Callable[[], Mapping[str, str]],
        now: Callable[[], datetime],
    ) -> None:
        self._copies = deliveries.products
        self._readers = readers
        self._policies = policies
        self._decisions = decisions
        self._named = named
        self._now = now

    def policies(self, environment: str) -> tuple[Policy, ...]:
        """What an environment demands now; nothing where there is none ("")."""
        return self._policies.get(environment) if environment else ()

    def demands(self, master: Governable, environment: str, use: Use = ANY_USE) -> Demands:
        """What it demands of a master for a use."""
        return demands(self.policies(environment), master, use, environment=environment)

    def subject(self, transformation: str, form: str = "") -> str:
        """What an approval of such a rendition is bound to."""
        if NAMED not in transformation:
            return subject_text(transformation, form)
        named = self._named()
        parts = (
            named.get(part.removeprefix(NAMED), part) if part.startswith(NAMED) else part
            for part in transformation.split("/")
        )
        return subject_text("/".join(parts), form)

    def rendition(self, master: Leaving, subject: str) -> RenditionStanding | None:
        """How a rendition stands; None for the master itself, whose subject is "".

        Where nothing was said of it so, a no to the same file with its format said otherwise holds.
        """
        if not subject:
            return None
        content = master.content or ""
        found = self._decisions.rendition(master.id, content, subject)
        if found.stages or found.approval is not Approval.DRAFT:
            return found
        for other in in_own_format(subject, master.path.rpartition(".")[2]):
            said = self._decisions.rendition(master.id, content, other)
            if overall(said.approval, said.stages) in NOES:
                return replace(said, transformation=found.transformation)
        return found

    def answer(
        self,
        master: Leaving,
        environment: str,
        *,
        use: Use = ANY_USE,
        readable: bool = True,
        subject: str = "",
        policies: Sequence[Policy] | None = None,
    ) -> Verdict:
        """May it leave for this environment now? `subject` is as `subject` gives it.

        `policies` are those of the environment, where they were just read.
        """
        if policies is None:
            policies = self.policies(environment)
        found = verdict(
            master,
            at=self._now(),
            use=use,
            readable=readable,
            demands=demands(policies, master, use, environment=environment),
            rendition=self.rendition(master, subject),
        )
        if environment and self.bars_layers(environment, subject, use):
            return replace(found, against=(*found.against, Reason.LAYER))
        return found

    def bars_layers(self, environment: str, subject: str, use: Use) -> bool:
        """Does a rendition show, laid on it, what was delivered and may not be used so now?"""
        contents = laid_on(self._readers, environment, subject, self._named)
        return any(self._bars(content, environment, use) for content in contents)

    def layers_until(self, environment: str, subject: str, use: Use) -> datetime | None:
        """When the first right ends of what a rendition shows, laid on it; None: none does."""
        contents = laid_on(self._readers, environment, subject, self._named)
        return min(
            filter(None, (self._until(one, environment, use) for one in contents)), default=None
        )

    def _until(self, content: str, environment: str, use: Use) -> datetime | None:
        """One master that allows it without an end is enough."""
        masters = masters_of(self._readers, content)
        allowing = [one for one in masters if self.answer(one, environment, use=use).allows]
        ends = [one.rights.ends for one in allowing if one.rights.ends is not None]
        return max(ends) if ends and len(ends) == len(allowing) else None

    def takes_back_layers(self, environment: str, transformation: str, use: Use) -> bool:
        """May a rendition that was made not be seen any more for what is laid on it?"""
        contents = laid_on(self._readers, environment, transformation, self._named)
        at = self._now()
        return any(
            is_layer_held_back(self._readers, self._decisions, one, environment, use, at)
            for one in contents
        )

    def _bars(self, content: str, environment: str, use: Use) -> bool:
        masters = masters_of(self._readers, content)
        if masters:
            return not any(self.answer(one, environment, use=use).allows for one in masters)
        at = self._now()
        return bool(said_against(self._readers, self._decisions, content, environment, at))

    def used(
        self,
        master: Leaving,
        environment: str,
        *,
        use: Use = ANY_USE,
        readable: bool = True,
        subject: str = "",
        place: str = "",
    ) -> Verdict:
        """May what is delivered of it (at `place`) be used so now? Its products are asked, too.

        As `answer`; but what was delivered for products alone goes with the last that allows it.
        """
        found = self.answer(master, environment, use=use, readable=readable, subject=subject)
        if not environment:
            return found
        products, held = self._copies.shown_for(environment, master.id, place)
        if holds_back(products, at=self._now(), market=use.market, is_held=held):
            return replace(found, against=(*found.against, Reason.PRODUCTS))
        return found

    def used_until(
        self, master: Leaving, environment: str, *, use: Use = ANY_USE, place: str = ""
    ) -> datetime | None:
        """When the products end that what is delivered of it is shown for; None: they do not."""
        products, _ = self._copies.shown_for(environment, master.id, place)
        return allowed_until(products, at=self._now(), market=use.market)


def in_own_format(subject: str, ending: str) -> frozenset[str]:
    """The other subjects of the same file: a format that is the master's own need not be said."""
    own = ending.casefold()
    forms = JPEG if own in JPEG else (own,)
    unsaid = {f"f_{form}" for form in forms}
    kept = ([one for one in part.split(",") if one not in unsaid] for part in subject.split("/"))
    bare = "/".join(",".join(part) for part in kept if part)
    if not bare:
        return frozenset()
    return frozenset({bare, *(subject_text(bare, form) for form in forms)}) - {subject}
