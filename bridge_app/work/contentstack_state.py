"""How a publication has to be now: what is delivered of its asset, and what the gate says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.contentstack import (
    Aim,
    EntryField,
    FieldKind,
    NoCurrentRenditionError,
    Publication,
    PublicationRefusedError,
    PublicationState,
    aim,
)
from bridge_app.domain.contentstack_fields import Picture
from bridge_app.domain.contentstack_offers import Offer
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.gate import Verdict
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.uses import Use
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import Readers, Standing
from bridge_app.work.gatekeeper import Gatekeeper

UNTIL_ASKED = frozenset(
    {PublicationState.CONFLICT, PublicationState.LEFT, PublicationState.REFUSED}
)
"""States in which nothing is written until a person asks again."""
NOWHERE = EntryField(content_type="", entry="", field="", locale="", kind=FieldKind.URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What has to be done; `picture` is what would be written, `error` why nothing may be.

    `ends` is when its rights end, or those of its products, as far as that is known now.
    """

    aim: Aim
    picture: Picture | None = None
    error: BridgeError | None = None
    ends: datetime | None = None

    @property
    def end_text(self) -> str:
        """As a publication keeps it."""
        return self.ends.isoformat() if self.ends else ""

    def is_due(self, publication: Publication) -> bool:
        """Is there something to do without anybody's asking?"""
        state = publication.state
        if self.aim is Aim.WITHDRAW:
            # In a conflict, too: what may not be seen goes, whoever wrote beside it.
            return publication.is_written
        if self.aim is not Aim.WRITE or self.picture is None:
            return False
        if state in UNTIL_ASKED:
            return False
        one, picture = publication, self.picture
        written = (one.public_id, one.version, one.url, one.ends)
        wanted = (picture.public_id, picture.version, picture.url, self.end_text)
        return state is not PublicationState.PUBLISHED or written != wanted


class PublicationStates:
    """Reads it together; thread-safe, blocking.

    Args:
        copies: Where a master is delivered, the newest first.
        placed: The masters that are delivered at a place: an environment and a public ID.
        is_withheld: Is this delivered copy held back?
    """

    def __init__(
        self,
        readers: Readers,
        gate: Gatekeeper,
        made: MadeRenditions,
        *,
        copies: Callable[[AssetId], tuple[CloudCopy, ...]],
        placed: Callable[[str, str], Iterable[AssetId]],
        is_withheld: Callable[[CloudCopy], bool],
    ) -> None:
        self._readers = readers
        self._gate = gate
        self._made = made
        self._copies = copies
        self._placed = placed
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
        ends = None
        if rendition is not None and standing is not None:
            ends = self._ends(one, rendition, standing)
        return Wanted(aim=found, picture=picture, error=_error(one, answer), ends=ends)

    def offers(self, assets: Sequence[AssetId], environment: str) -> list[Offer]:
        """The renditions that were made of assets, each with what stands against it.

        Of a copy at Cloudinary those of its masters are meant, too.
        """
        with self._readers.lent() as reader:
            found = reader.assets(assets, environment=environment)
            masters = dict.fromkeys(
                master
                for one in found
                if one.cloud is not None and environment_of(one.library) is not None
                for master in self._placed(one.cloud.environment, one.cloud.public_id)
                if master not in assets
            )
            found = [*found, *reader.assets(list(masters), environment=environment)]
        return [
            self._offer(asset, environment, *kind)
            for asset in found
            for kind in self._kinds(asset.id, environment)
        ]

    def _kinds(self, asset: AssetId, environment: str) -> list[tuple[str, str, str]]:
        made = (one for one in self._made.of_master(asset) if one.environment == environment)
        return sorted({(one.preset, one.market, one.language) for one in made})

    def _offer(
        self, asset: Asset, environment: str, preset: str, market: str, language: str
    ) -> Offer:
        wanted = self.of(
            Publication(
                destination="",
                asset=asset.id,
                name=asset.name,
                environment=environment,
                preset=preset,
                market=market,
                language=language,
                place=NOWHERE,
            )
        )
        return Offer(
            asset=asset,
            preset=preset,
            market=market,
            language=language,
            error=None if wanted.aim is Aim.WRITE else wanted.error,
        )

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
        return self._gate.used(
            standing,
            one.environment,
            use=_use(made),
            subject=self._gate.subject(made.transformation, made.format),
        )

    def _ends(
        self, one: Publication, made: PublishedRendition, standing: Standing
    ) -> datetime | None:
        """When its rights end, or the last of the products that it was delivered for alone."""
        # Whoever lets it pass beyond its end must not find it taken off.
        own = None if standing.overrides else standing.rights.ends
        products = self._gate.used_until(standing, one.environment, use=_use(made))
        return min((end for end in (own, products) if end is not None), default=None)


def _use(made: PublishedRendition) -> Use:
    return Use(market=made.market, channel=made.channel)


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
    told = ", ".join(filter(None, (one.market, one.language)))
    preset = f"{one.preset} ({told})" if told else one.preset
    if answer is not None and not answer.allows:
        reasons = answer.sentence()
        return PublicationRefusedError(preset=preset, name=one.name, reasons=reasons)
    return NoCurrentRenditionError(preset=preset, name=one.name)
