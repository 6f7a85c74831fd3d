"""A rendition goes, by itself, when what is laid on it may not be shown any more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.jobs import JobState
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, picture, states
from tests.plain_http import plain

DAY = timedelta(days=1)
CLOUD = ACCOUNT.cloud_name
PLAIN = RenditionPreset(name="plain", title="", transformation="c_fill,h_60,w_60", format="jpg")
BADGE = RenditionPreset(
    name="badge",
    title="",
    transformation="c_fill,h_80,w_80/l_brand:logo/fl_layer_apply",
    format="png",
)
PRESETS = (PLAIN, BADGE)


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    made = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, settings=Settings(strict_transformations=True)
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def urls(desk: Desk) -> dict[str, str]:
    """The addresses of two renditions of a picture, one with a logo laid on; by preset."""
    picture(desk.folder / "hero.jpg", 1)
    picture(desk.folder / "logo.jpg", 2)
    desk.library()
    desk.approve()
    desk.push(folder="brand")
    renditions = desk.parts.worker.renditions
    hero = desk.asset("hero.jpg").id
    plan = renditions.plan([hero], RenditionWish(presets=PRESETS))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}
    made = {one.preset: one.url for one in renditions.made_of(hero)}
    assert [plain.get(url).status_code for url in made.values()] == [200, 200]
    return made


def due(desk: Desk) -> list[str]:
    return [one.rendition.preset for one in desk.parts.worker.retractions.plan(CLOUD).renditions]


def is_gone(desk: Desk, url: str) -> bool:
    desk.parts.worker.retractions.look()
    return plain.get(url).status_code != 200


def reject(desk: Desk) -> None:
    desk.parts.worker.decide([desk.asset("logo.jpg").id], Approval.REJECTED)


def license_until_tomorrow(desk: Desk) -> None:
    claim = RightsClaim(window=RightsWindow(ends=desk.clock() + DAY))
    desk.parts.worker.rights.claim([desk.asset("logo.jpg").id], claim)


def test_it_goes_when_what_is_laid_on_it_is_rejected(desk: Desk, urls: dict[str, str]) -> None:
    assert due(desk) == []
    reject(desk)
    desk.until(lambda: is_gone(desk, urls["badge"]), what="the end of its delivery")
    assert plain.get(urls["plain"]).status_code == 200
    wanted = AuditFilter(kinds=frozenset({AuditKind.RETRACTION}))
    desk.until(
        lambda: (
            (BADGE.transformation, ["layer_denied"])
            in [
                (one.entry.transformation, one.entry.detail["reasons"])
                for one in desk.parts.stock.audit.oldest_first(wanted)
            ]
        ),
        what="the record",
    )


def test_it_goes_when_the_rights_of_what_is_laid_on_it_end(
    desk: Desk, urls: dict[str, str]
) -> None:
    license_until_tomorrow(desk)
    assert due(desk) == []
    desk.clock.forward(2 * DAY)
    desk.until(lambda: is_gone(desk, urls["badge"]), what="the end of its delivery")


def test_it_goes_though_the_library_of_what_is_laid_on_it_was_removed(
    desk: Desk, urls: dict[str, str]
) -> None:
    desk.parts.worker.pause()
    reject(desk)
    desk.parts.worker.remove_library(desk.asset("logo.jpg").library)
    desk.parts.worker.resume()
    desk.until(lambda: is_gone(desk, urls["badge"]), what="the end of its delivery")


def test_it_stays_where_only_what_goes_out_is_forbidden(desk: Desk, urls: dict[str, str]) -> None:
    desk.parts.worker.policies.put([Policy(name="legal", stages=("legal",))])
    assert due(desk) == []
    picture(desk.folder / "logo.jpg", 3)
    before = desk.asset("logo.jpg").sha256
    desk.parts.worker.scan(desk.asset("logo.jpg").library)
    desk.until(lambda: desk.asset("logo.jpg").sha256 not in (before, None), what="the other")
    assert due(desk) == []
