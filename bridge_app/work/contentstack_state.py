"""How a publication has to be now: what is delivered of its asset, and what the gate says."""

from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.contentstack import Aim, Publication, PublicationState, aim
from bridge_app.domain.contentstack_fields import Picture
from bridge_app.domain.errors import BridgeError, GateRefusalError, NotFoundError
from bridge_app.domain.gate import Verdict
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.uses import Use
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import Readers, Standing
from bridge_app.work.gatekeeper import Gatekeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What has to be done; `picture` is what would be written, `error` why nothing may be."""

    aim: Aim
    picture: Picture | None = None
    error: BridgeError | None = None

    def is_due(self, publication: Publication) -> bool:
        """Is there something to do without anybody's asking?"""
        state = publication.state
        if self.aim is Aim.WITHDRAW:
            # In a conflict, too: what may not be seen goes, whoever wrote beside it.
            return publication.is_written
        if self.aim is not Aim.WRITE or self.picture is None:
            return False
        if state in (PublicationState.CONFLICT, PublicationState.REFUSED):
            return False
        written = (publication.public_id, publication.version, publication.url)
        wanted = (self.picture.public_id, self.picture.version, self.picture.url)
        return state is not PublicationState.PUBLISHED or written != wanted


class PublicationStates:
    """Reads it together; thread-safe, blocking.

    Args:
        copies: Where a master is delivered, the newest first.
        is_withheld: Is this delivered copy held back?
    """

    def __init__(
        self,
        readers: Readers,
        gate: Gatekeeper,
        made: MadeRenditions,
        *,
        copies: Callable[[AssetId], tuple[CloudCopy, ...]],
        is_withheld: Callable[[CloudCopy], bool],
    ) -> None:
        self._readers = readers
        self._gate = gate
        self._made = made
        self._copies = copies
        self._is_withheld = is_withheld

    def of(self, one: Publication) -> Wanted:
        """What has to be done for it at this moment."""
        copies = (copy for copy in self._copies(one.asset) if copy.environment == one.environment)
        copy = next(copies, None)
        rendition = None if copy is None else self._rendition(one, copy)
        with self._readers.lent() as reader:
            standing = reader.standing(one.asset)
        answer = None
        if rendition is not None and standing is not None:
            answer = self._answer(one, rendition, standing)
        is_gone = rendition is None and copy is not None and one.version == copy.version
        found = aim(
            one,
            is_withheld=copy is None or is_gone or self._is_withheld(copy),
            has_rendition=rendition is not None,
            is_outdated=standing is None
            or rendition is None
            or standing.content != rendition.sha256,
            is_allowed=answer is not None and answer.allows,
        )
        picture = None if rendition is None or copy is None else _picture(rendition, copy)
        return Wanted(aim=found, picture=picture, error=_error(one, answer))

    def _rendition(self, one: Publication, copy: CloudCopy) -> PublishedRendition | None:
        """The rendition of the copy that is delivered now."""
        wanted = (copy.environment, copy.public_id, copy.version)
        wanted_for = (one.preset, one.market, one.language)
        for made in self._made.of_master(one.asset):
            place = (made.environment, made.public_id, made.version)
            if place == wanted and (made.preset, made.market, made.language) == wanted_for:
                return made
        return None

    def _answer(self, one: Publication, made: PublishedRendition, standing: Standing) -> Verdict:
        return self._gate.answer(
            standing,
            one.environment,
            use=Use(market=made.market, channel=made.channel),
            subject=self._gate.subject(made.transformation, made.format),
        )


def _picture(made: PublishedRendition, copy: CloudCopy) -> Picture:
    return Picture(
        name=made.name,
        public_id=made.public_id,
        resource_type=copy.resource_type,
        delivery_type=copy.delivery_type,
        version=made.version,
        url=made.url,
        format=made.format,
        width=made.width,
        height=made.height,
        bytes=made.bytes,
    )


def _error(one: Publication, answer: Verdict | None) -> BridgeError:
    if answer is not None and not answer.allows:
        return GateRefusalError(name=one.name, reasons=answer.sentence())
    return NotFoundError(what=f"A delivered rendition {one.preset} of {one.name} as it is now")
