"""Which made renditions have to be taken away, and the jobs that do it.

What speaks against a master closes it with all its renditions; this is about what was said of one
rendition (a rejection, an approval that was taken back, an override that ended), and about what is
laid on it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from bridge_app.domain.gate import Reason, Use
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.rendition_retractions import (
    RenditionRetraction,
    against_rendition,
    each_once,
)
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.rendition_retractions import Key, RenditionRetractions
from bridge_app.storage.search import CatalogReader, Readers, Standing
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.kinds import RETRACT_RENDITION

BY_LAYERS = (Reason.LAYER,)
KEY = ("environment", "public_id", "version", "transformation", "format")


class RenditionWatch:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        record: RenditionRetractions,
        readers: Readers,
        gate: Gatekeeper,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._record = record
        self._readers = readers
        self._gate = gate
        self._now = now

    def due(self, environment: str) -> tuple[RenditionRetraction, ...]:
        """What may not be seen any more in an environment though its master may."""
        held_back = (
            one
            for through in self._record.layered(environment)
            if self._holds_layers_back(environment, *through)
            for one in self._record.made_so(environment, *through)
        )
        by_layers = (RenditionRetraction(rendition=one, reasons=BY_LAYERS) for one in held_back)
        return each_once([*self._refused(self._record.decided(environment)), *by_layers])

    def seen(self, made: Sequence[PublishedRendition]) -> tuple[PublishedRendition, ...]:
        """Those of these that may be seen, if their master may."""
        refused = {one.rendition.identity for one in self._refused(made)}
        holds_back = cache(self._holds_layers_back)
        return tuple(
            one
            for one in made
            if one.identity not in refused
            and not holds_back(one.environment, one.transformation, one.market, one.channel)
        )

    def unasked(self, environment: str) -> tuple[RenditionRetraction, ...]:
        """Of these the ones to take away now: not those whose address makes them again."""
        due = self.due(environment)
        unended = self._record.unended(environment)
        if not unended:
            return due
        keys = {one.key for one in due}
        self._record.forget(key for key in unended if key not in keys)
        return tuple(one for one in due if unended.get(one.key) != one.reasons)

    def _holds_layers_back(
        self, environment: str, transformation: str, market: str, channel: str
    ) -> bool:
        use = Use(market=market, channel=channel)
        return self._gate.takes_back_layers(environment, transformation, use)

    def _refused(self, made: Sequence[PublishedRendition]) -> list[RenditionRetraction]:
        if not made:
            return []
        with self._readers.lent() as reader:
            known: dict[str, Standing | None] = {}
            for one in made:
                if one.sha256 not in known:
                    known[one.sha256] = self._master(reader, one)
        found = ((one, self._against(one, known[one.sha256])) for one in made)
        return [RenditionRetraction(rendition=one, reasons=why) for one, why in found if why]

    def _master(self, reader: CatalogReader, one: PublishedRendition) -> Standing | None:
        """The master it was made of, or another one of the same content.

        Where the file is another one by now, its master as it was: policies ask where it lies.
        """
        ids = dict.fromkeys((one.asset, *reader.masters(one.sha256)))
        found = map(reader.standing, ids)
        standings = [standing for standing in found if standing is not None]
        same = next((each for each in standings if each.content == one.sha256), None)
        if same is not None or not standings:
            return same
        overrides = self._record.overrides(one.sha256)
        return replace(standings[0], sha256=one.sha256, overrides=overrides)

    def _against(self, one: PublishedRendition, master: Standing | None) -> tuple[Reason, ...]:
        """Nothing where no master is known here: then nobody knows what is demanded of it."""
        if master is None:
            return ()
        subject = self._gate.subject(one.transformation, one.format)
        standing = self._gate.rendition(master, subject)
        if standing is None:
            return ()
        return against_rendition(
            master,
            standing,
            demands=self._gate.demands(
                master, one.environment, Use(market=one.market, channel=one.channel)
            ),
            was_decided=self._record.was_decided(one.sha256, subject),
            at=self._now(),
        )


def jobs_for(steps: Iterable[RenditionRetraction], batch: str) -> list[NewJob]:
    """The rows that take them away; what is right is asked again when it is done."""
    return [_new_job(one, batch) for one in steps]


def key_of(params: Mapping[str, Any]) -> Key:
    """Which derived asset a job is about."""
    environment, public_id, version, transformation, form = (params[name] for name in KEY)
    return (environment, public_id, version, transformation, form)


def _new_job(one: RenditionRetraction, batch: str) -> NewJob:
    rendition = one.rendition
    return NewJob(
        kind=RETRACT_RENDITION,
        identity=":".join((RETRACT_RENDITION, rendition.identity)),
        batch=batch,
        name=rendition.name,
        params={
            **dict(zip(KEY, one.key, strict=True)),
            "preset": rendition.preset,
            "reasons": [reason.value for reason in one.reasons],
        },
        environment=rendition.environment,
        asset=rendition.asset,
        total=1,
    )
