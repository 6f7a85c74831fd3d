"""Brings approved images of a feed's products to delivery, and what is said of the products.

Masters go by the pushes that people make too, each with its own words; the gate and the
products' own rights are asked before they are queued, and again as they leave. Nothing is told
twice: what was delivered is on record by product, place, content and words.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from bridge_app.delivery.accounts import Account
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import TAGS, FieldPath, Subject
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.policies import Policy
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.product_feed_use import Words, folder_of, sku_tag
from bridge_app.domain.push_plan import PushAction, PushPlan, PushStep, PushTarget, plan_push
from bridge_app.domain.reasons import Reason
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.feed_matches import DueImage, FeedMatches
from bridge_app.storage.feed_told import FeedTold, Told
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.search import Readers
from bridge_app.work.editing import Editing
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.jobs import Push
from bridge_app.work.product_gate import ProductGate
from bridge_app.work.reference_jobs import PushReference

AT_ONCE = 2_000
"""Assets that are planned together."""
REST = timedelta(days=1)
"""So long a push that came to nothing is not queued again by a schedule."""
KEPT_STEPS = 500
"""Steps that are shown one by one; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStep:
    """What happens to one image: as in the plan of a push, and for which SKUs."""

    step: PushStep
    skus: tuple[str, ...]
    tells: bool = False
    """Is it there already, and only told what is new of its product?"""


@dataclass(slots=True, kw_only=True)
class FollowUp:
    """What following a feed does, or did. `refused` counts reasons, `ended` links taken back."""

    environment: str = ""
    batch: str = ""
    sent: int = 0
    bytes: int = 0
    told: int = 0
    unseen: int = 0
    """Delivered images whose record was not mirrored yet: told another time."""
    ended: int = 0
    refused: dict[Reason, int] = field(default_factory=dict)
    steps: list[FeedStep] = field(default_factory=list)

    def keep(self, step: FeedStep) -> None:
        """Show it, if there is room."""
        if len(self.steps) < KEPT_STEPS:
            self.steps.append(step)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStores:
    """Where matches are made, and what was told is kept."""

    catalog: Path
    ledger: Path
    told: FeedTold
    jobs: Jobs
    deliveries: Deliveries
    readers: Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class PushMeans:
    """What following is lent; `check_target` raises BridgeError for one that nobody may use.

    `over` hears which images show a product no more.
    """

    gate: Gatekeeper
    products: ProductGate
    editing: Callable[[], Editing]
    check_target: Callable[[PushTarget], None]
    accounts: Callable[[], Sequence[Account]]
    queue: Callable[[Sequence[NewJob]], list[int]]
    over: Callable[[Collection[AssetId]], None]
    now: Callable[[], datetime]


@dataclass(slots=True)
class _Wanted:
    """An asset with the products that it is due for."""

    images: list[DueImage]
    words: Words


class FeedPushes:
    """One thread at a time for one feed; everything blocks."""

    def __init__(self, stores: FeedStores, means: PushMeans) -> None:
        self._stores = stores
        self._means = means

    def matches(self, feed: Feed) -> FeedMatches:
        """What matches now; a context manager."""
        return FeedMatches(self._stores.catalog, self._stores.ledger, feed)

    def follow(self, feed: Feed, *, dry_run: bool, rests: bool = False) -> FollowUp:
        """Queue what is new, and tell what has changed; a `dry_run` only says what it would do.

        With `rests` a push that came to nothing is left alone for a day. Raises NotFoundError
        without the feed's environment, or PluginFolderError.
        """
        done = FollowUp(environment=feed.environment, batch=uuid.uuid4().hex)
        account = self._account(feed.environment)
        since = self._means.now() - REST
        rest = self._stores.told.failed(feed.environment, since) if rests else frozenset()
        with self.matches(feed) as matches:
            wanted: dict[AssetId, _Wanted] = {}
            found = matches.due(feed.environment)
            due = (one for one in found if (one.asset, one.content) not in rest)
            for asset, images in groupby(due, key=lambda one: one.asset):
                wanted[asset] = _Wanted(list(images), Words())
                if len(wanted) >= AT_ONCE:
                    self._follow(feed, account, wanted, done, dry_run=dry_run)
                    wanted = {}
            self._follow(feed, account, wanted, done, dry_run=dry_run)
        self._end(feed, done, dry_run=dry_run)
        return done

    def _account(self, environment: str) -> Account:
        for account in self._means.accounts():
            if account.environment == environment:
                return account
        raise NotFoundError(what=f"The environment {environment}")

    def _follow(
        self,
        feed: Feed,
        account: Account,
        wanted: Mapping[AssetId, _Wanted],
        done: FollowUp,
        *,
        dry_run: bool,
    ) -> None:
        if not wanted:
            return
        with self._stores.readers.lent() as reader:
            found = reader.assets(list(wanted), environment=feed.environment)
        policies = self._means.gate.policies(feed.environment)
        folders: dict[str, list[Asset]] = {}
        for asset in found:
            if environment_of(asset.library) is not None:
                continue
            one = wanted[asset.id]
            one.images = [
                image
                for image in one.images
                if not (image.is_due and self._against(feed, asset, image, policies, done))
            ]
            if not any(image.is_due for image in one.images):
                continue
            for image in one.images:
                place = (image.slot, image.position)
                one.words.add(image.product.sku, image.told, place, image.alt_text)
            folders.setdefault(folder_of(feed.folder, one.images[0].told), []).append(asset)
        for folder, assets in folders.items():
            target = PushTarget(folder=folder)
            self._means.check_target(target)
            plan = self._plan(account, assets, target)
            self._carry_out(feed, plan, wanted, done, dry_run=dry_run)

    def _against(
        self,
        feed: Feed,
        asset: Asset,
        image: DueImage,
        policies: Sequence[Policy],
        done: FollowUp,
    ) -> bool:
        """Does the product, or the gate for its market, hold this image back?"""
        answer = self._means.products.of(
            asset, feed.environment, feed, image.product, image.told, policies
        )
        for reason in dict.fromkeys(answer.against):
            done.refused[reason] = done.refused.get(reason, 0) + 1
        return not answer.allows

    def _plan(self, account: Account, assets: Sequence[Asset], target: PushTarget) -> PushPlan:
        environment = account.environment
        queued = self._stores.jobs.queued_pushes(environment)
        policies = self._means.gate.policies(environment)
        return plan_push(
            assets,
            target=target,
            environment=environment,
            remote=self._stores.deliveries.remote_state(environment, queued, policies),
            now=self._means.now(),
            limits=account.media_limits,
        )

    def _carry_out(
        self,
        feed: Feed,
        plan: PushPlan,
        wanted: Mapping[AssetId, _Wanted],
        done: FollowUp,
        *,
        dry_run: bool,
    ) -> None:
        jobs: list[NewJob] = []
        told: list[Told] = []
        for step in plan.steps:
            one = wanted[step.asset]
            is_there = step.action in (PushAction.SAME_CONTENT, PushAction.KEPT)
            done.keep(FeedStep(step=step, skus=tuple(one.words.skus), tells=is_there))
            due = [_told(image, feed.environment) for image in one.images if image.is_due]
            if step.sends:
                jobs.append(_job(step, plan, one.words, done.batch, feed, due))
                done.sent += 1
                done.bytes += step.bytes
            elif is_there:
                if not self._tell(feed, step, one.words, done, dry_run=dry_run):
                    continue
            else:
                # What somebody has queued without these words is told them when it is there.
                for reason in step.reasons:
                    done.refused[reason] = done.refused.get(reason, 0) + 1
                continue
            if is_there:
                told += due
        if dry_run:
            return
        if jobs:
            self._means.queue(jobs)
        self._stores.told.put(feed.id, told, at=self._means.now())

    def _tell(
        self, feed: Feed, step: PushStep, words: Words, done: FollowUp, *, dry_run: bool
    ) -> bool:
        """Say what is new of the products to a delivered image; False: its record is not here."""
        changes = [Change(path=TAGS, add=words.tags)]
        changes += (
            Change(path=FieldPath(Subject.CONTEXT, name), value=value)
            for name, value in words.context
            if name != "alt"
        )
        return self._say(feed.environment, step.public_id, changes, done, dry_run=dry_run)

    def _say(
        self,
        environment: str,
        public_id: str,
        changes: list[Change],
        done: FollowUp,
        *,
        dry_run: bool,
    ) -> bool:
        with self._stores.readers.lent() as reader:
            mirrored = reader.cloud_named(environment, public_id)
        if not mirrored:
            done.unseen += 1
            return False
        editing = self._means.editing()
        try:
            if editing.plan(mirrored[:1], changes).edits:
                done.told += 1
                if not dry_run:
                    editing.say(mirrored[:1], changes, batch=done.batch)
        except InvalidInputError:
            # The environment's own rules refuse the words; the image itself is as it should be.
            done.refused[Reason.FIELDS_MISSING] = done.refused.get(Reason.FIELDS_MISSING, 0) + 1
        return True

    def _end(self, feed: Feed, done: FollowUp, *, dry_run: bool) -> None:
        """What the feed took back or ended is no product's image any more; the image stays."""
        left, now = 0, self._means.now()
        while ended := self._stores.told.ended(feed, AT_ONCE, at=now, after=left):
            unseen = {
                one.tagged
                for one in self._stores.told.last(ended)
                if not self._untag(one, done, dry_run=dry_run)
            }
            over = [one for one in ended if one.tagged not in unseen]
            done.ended += len(over)
            if dry_run:
                left += len(ended)
                continue
            # Only now: a run that is killed before says it once more.
            self._stores.told.end(feed.id, over)
            self._means.over({one.asset for one in over})
            left += len(ended) - len(over)

    def _untag(self, one: Told, done: FollowUp, *, dry_run: bool) -> bool:
        """An image shows a product no more; False: its record is not here."""
        untag = [Change(path=TAGS, remove=(sku_tag(one.product.sku),))]
        told = [
            self._say(one.environment, public_id, untag, done, dry_run=dry_run)
            for public_id in self._public_ids(one)
        ]
        return all(told)

    def _public_ids(self, one: Told) -> Iterator[str]:
        with self._stores.readers.lent() as reader:
            found = reader.assets([one.asset], environment=one.environment)
        yield from (asset.cloud.public_id for asset in found if asset.cloud is not None)


def _job(
    step: PushStep, plan: PushPlan, words: Words, batch: str, feed: Feed, due: Sequence[Told]
) -> NewJob:
    """The push of one step, with the words of its own products; they are told once it is there."""
    kind = PushReference if step.by_reference else Push
    shown = tuple(one.as_shown for one in due)
    return replace(
        kind.from_step(step, plan),
        tags=words.tags,
        context=words.context,
        feed=feed.id,
        shown=shown,
    ).new_job(batch)


def _told(image: DueImage, environment: str) -> Told:
    return Told(
        product=image.product,
        slot=image.slot,
        position=image.position,
        asset=image.asset,
        content=image.content,
        digest=image.digest,
        environment=environment,
    )
