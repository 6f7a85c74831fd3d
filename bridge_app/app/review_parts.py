"""Makes the reviewers' part of the worker's door out of the application's parts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.review_requests import QueueItem, QueueSource
from bridge_app.domain.roles import role_of
from bridge_app.domain.uses import ANY_USE, Use
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.editing import Editing
from bridge_app.work.environments import Environments
from bridge_app.work.file_approvals import FileApprovalDesk, FileApprovalStores
from bridge_app.work.marking import Marking
from bridge_app.work.master_editing import MasterEditing
from bridge_app.work.moderation import ModerationDesk
from bridge_app.work.review_queue import Demanding, QueueSources, ReviewQueue
from bridge_app.work.reviews import ReviewDesk, ReviewStores


class LentToReviewers(NamedTuple):
    """What reviewers are lent: what waits at Cloudinary and in files, who sits here, the time."""

    moderation: ModerationDesk
    files: FileApprovalDesk
    who: Callable[[], str]
    now: Callable[[], datetime]


def review_desk(
    stock: Stock,
    editing: Editing,
    environments: Environments,
    announcer: Announcer,
    lent: LentToReviewers,
) -> ReviewDesk:
    """What reviewers say, ask, and have yet to decide."""

    def environment() -> str:
        account = environments.current()
        return account.environment if account else ""

    def demanding() -> Demanding:
        name, presets = environment(), stock.rendition_presets.library().presets
        policies = stock.gate.policies(name)
        return lambda asset, preset: stages(policies, asset, presets.get(preset))

    def roles() -> Iterable[str]:
        for policy in stock.gate.policies(environment()):
            deciding = (role for _, roles in policy.deciders for role in sorted(roles))
            yield from map(role_of, (*policy.stages, *sorted(policy.may_override), *deciding))

    def moderated() -> Iterable[QueueItem]:
        return (
            QueueItem(
                asset=one.asset,
                name=one.name,
                title=", ".join(one.kinds),
                approval=Approval.IN_REVIEW,
                source=QueueSource.MODERATION,
            )
            for one in lent.moderation.pending()
        )

    def in_files() -> Iterable[QueueItem]:
        return (
            QueueItem(
                asset=one.asset,
                name=one.name,
                approval=one.decided,
                claim=one.said,
                source=QueueSource.FILE,
            )
            for one in lent.files.claims()
        )

    sources = QueueSources(
        demanding=demanding, roles=roles, claimed=lambda: (*moderated(), *in_files())
    )
    return ReviewDesk(
        ReviewStores(
            comments=stock.comments,
            requests=stock.review_requests,
            readers=stock.readers,
            subject=stock.gate.subject,
        ),
        ReviewQueue(stock.review_requests, stock.readers, sources, now=lent.now),
        Marking(
            stock.marks, stock.readers, editing, who=lent.who, tell=announcer.tell, now=lent.now
        ),
        who=lent.who,
        tell=announcer.tell,
        now=lent.now,
    )


def file_approval_desk(
    stock: Stock,
    settings: SettingsFile,
    masters: Callable[[], MasterEditing],
    *,
    now: Callable[[], datetime],
) -> FileApprovalDesk:
    """Who keeps approvals in the files of local masters."""
    stores = FileApprovalStores(
        settings=settings,
        said=stock.file_approvals,
        decisions=stock.decisions,
        readers=stock.readers,
    )
    return FileApprovalDesk(stores, masters=masters, now=now)


def stages(
    policies: Sequence[Policy], asset: Asset, preset: RenditionPreset | None
) -> tuple[str, ...]:
    """The stages that these policies demand of a master, or of all that a preset is for."""
    markets = preset.markets if preset is not None else ()
    channel = preset.channel if preset is not None else ""
    uses = [ANY_USE, *(Use(channel=channel, market=market) for market in markets or ("",))]
    found = (stage for use in uses for stage in demands(policies, asset, use).stages)
    return tuple(dict.fromkeys(found)) if policies else ()
