"""Takes made renditions away that may not be seen any more, and proves it by asking for them."""

from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.delivery.access import DeliveryAccess, StillDeliveredError
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NoKeyringError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.rendition_retractions import RenditionRetraction
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.rendition_retractions import RenditionRetractions
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.rendition_retraction import key_of


class MadeAnewError(BridgeError):
    """The environment makes whatever anybody asks for."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The rendition {preset} of {name} was deleted at {service}, but its address makes it again "
        "for anybody: {environment} does not have strict transformations. Switch them on there and "
        "try again, or take the whole master back.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractRenditionHandler:
    """Runs `retract_rendition` jobs; one instance serves all lanes.

    Args:
        due: What has to be taken away in an environment at this moment.
        derived: The derived assets of an environment; raises BridgeError.
        access: The delivery of an environment; raises BridgeError.
        tell: Hears what is retracted.
    """

    due: Callable[[str], tuple[RenditionRetraction, ...]]
    record: RenditionRetractions
    deliveries: Deliveries
    derived: Callable[[str], DerivedRenditions]
    access: Callable[[str], DeliveryAccess]
    tell: Callable[[Event], None]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Ask whether it still has to go, delete it, and ask for its address."""
        wanted = key_of(job.params)
        found = next((one for one in self.due(wanted[0]) if one.key == wanted), None)
        copy = None if found is None else self._copy(found)
        if found is None or copy is None:
            return Done(result={"state": "not_needed"})
        try:
            derived, access = self.derived(wanted[0]), self.access(wanted[0])
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        context.report(0, 1)
        return self._taken_away(found, copy, derived, access, context)

    def _taken_away(
        self,
        found: RenditionRetraction,
        copy: CloudCopy,
        derived: DerivedRenditions,
        access: DeliveryAccess,
        context: Context,
    ) -> Outcome:
        one = found.rendition
        pair = (one.transformation, one.format)
        derived.delete(copy, *pair)
        if not access.is_delivered(one.url):
            self.record.ended(found, at=context.now())
            self.tell(ChangeSet(assets=frozenset({one.asset}), retractions=True))
            return Done(result={"state": "retracted"})
        if pair not in derived.there(copy.asset_id, [pair]):
            raise StillDeliveredError(name=one.name, service=SERVICE)
        # Asking for it has made it: at least nothing is kept there.
        derived.delete(copy, *pair)
        self.record.made_anew(found, at=context.now())
        error = MadeAnewError(
            preset=one.preset, name=one.name, service=SERVICE, environment=one.environment
        )
        return Failed(error=error)

    def _copy(self, found: RenditionRetraction) -> CloudCopy | None:
        one = found.rendition
        place = (one.public_id, one.version)
        copies = self.deliveries.copies(one.environment)
        return next((copy for copy in copies if (copy.public_id, copy.version) == place), None)
