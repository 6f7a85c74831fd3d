"""Makes those who look after approvals and moderation, out of the application's parts."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from bridge_app.app.cloud_parts import reasons_against
from bridge_app.delivery.listing import Listing
from bridge_app.delivery.moderation import CloudModeration
from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.thumbs import PREVIEW_EDGE
from bridge_app.work.approval_watch import ApprovalWatch, WatchMeans
from bridge_app.work.crew import Announcer, Stock, Watchers
from bridge_app.work.differences import DifferenceDesk, DifferenceMeans, DifferenceStores
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.file_approval_jobs import Files, telling_all
from bridge_app.work.handlers.moderate import ModerateHandler
from bridge_app.work.kinds import MODERATE
from bridge_app.work.moderation import ModerationDesk, ModerationMeans
from bridge_app.work.moderation_news import ModerationNews
from bridge_app.work.pictures import Pictures

if TYPE_CHECKING:
    from bridge_app.transform.layer_sources import LayerSources

STOP_S = 1.0


class LentToWatchers(NamedTuple):
    """What they are lent: the queue of jobs, approvals in files, the network and the clock."""

    queue: Callable[[Sequence[NewJob]], list[int]]
    files: Callable[[], Files]
    online: Callable[[], bool]
    now: Callable[[], datetime]


def moderation_handlers(
    stock: Stock, environments: Environments, announcer: Announcer, *, files: Callable[[], Files]
) -> dict[str, Handler]:
    """Who tells Cloudinary of decisions on what is moderated there, by the kind of job."""
    return {
        MODERATE: ModerateHandler(
            opened=lambda environment: _opened(environments, environment),
            news=_news(stock, announcer, files),
            decisions=stock.decisions,
            against=lambda content, environment: reasons_against(stock, content, environment),
        )
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """How pictures of masters and renditions are seen here."""

    decoder: DecoderPool
    layers: "LayerSources"
    pictures: Pictures


def approval_watchers(
    stock: Stock,
    environments: Environments,
    announcer: Announcer,
    making: ExitStack,
    *,
    eyes: Eyes,
    lent: LentToWatchers,
) -> Watchers:
    """Who looks after approvals and moderation; they hear of changes, and are closed first."""

    def current() -> str | None:
        account = environments.current()
        return account.environment if account else None

    desk = _differences(stock, announcer, eyes, lent, current)
    moderation = ModerationDesk(
        _news(stock, announcer, lent.files),
        ModerationMeans(
            opened=lambda environment: _opened(environments, environment),
            current=current,
            online=lent.online,
            against=lambda content, environment: reasons_against(stock, content, environment),
            queue=lent.queue,
            now=lent.now,
        ),
    )
    watch = ApprovalWatch(
        stock.differences,
        stock.readers,
        desk,
        WatchMeans(
            picture=lambda asset: _is_kept(stock, eyes, asset),
            keeps=lambda: any(
                one.keeps_below is not None for one in stock.gate.policies(current() or "")
            ),
            now=lent.now,
        ),
    )
    for one in (moderation, watch):
        announcer.listen(one.hear)
        making.callback(one.close, STOP_S)
    return Watchers(differences=desk, moderation=moderation, approvals=watch)


def _differences(
    stock: Stock,
    announcer: Announcer,
    eyes: Eyes,
    lent: LentToWatchers,
    current: Callable[[], str | None],
) -> DifferenceDesk:
    return DifferenceDesk(
        DifferenceStores(
            differences=stock.differences, decisions=stock.decisions, readers=stock.readers
        ),
        DifferenceMeans(
            decoder=eyes.decoder,
            layers=eyes.layers,
            picture=eyes.pictures.picture,
            held=lambda content, edge_px: _held(stock, content, edge_px),
            demands=lambda asset: stock.gate.demands(asset, current() or ""),
            telling=telling_all(lent.files),
            decided=lambda assets: announcer.tell(ChangeSet(assets=assets)),
            now=lent.now,
        ),
    )


def _is_kept(stock: Stock, eyes: Eyes, asset: Asset) -> bool:
    """A master that lies here is drawn; what services have is taken as it was seen here."""
    if environment_of(asset.library) is None and shelter_of(asset.library) is None:
        eyes.pictures.picture(asset.id, PREVIEW_EDGE)
        return True
    return _held(stock, asset.content or "", PREVIEW_EDGE) is not None


def _held(stock: Stock, content: str, edge_px: int) -> bytes | None:
    reader = stock.thumbs.reader()
    try:
        return reader.get(content, edge_px)
    finally:
        reader.close()


def _news(stock: Stock, announcer: Announcer, files: Callable[[], Files]) -> ModerationNews:
    return ModerationNews(
        moderations=stock.moderations,
        decisions=stock.decisions,
        readers=stock.readers,
        telling=telling_all(files),
        tell=announcer.tell,
    )


def _opened(environments: Environments, environment: str) -> CloudModeration:
    credentials = environments.credentials(environment)
    mode = environments.account(environment).folder_mode or Listing(credentials).folder_mode()
    return CloudModeration(credentials, mode)
