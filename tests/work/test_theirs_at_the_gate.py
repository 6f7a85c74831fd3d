"""What others put at Cloudinary is nobody's to approve here; what was said of it counts."""

import re
from collections.abc import Sequence
from datetime import timedelta

import cloudinary.uploader
import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import catalog_id
from bridge_app.domain.cloud_changes import CloudAction, Wish
from bridge_app.domain.errors import NoAddressError
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.storage.secrets import Secret
from tests.desk import Desk, picture
from tests.work.cloud_story import STUDIO, Story

ITSELF = AddressWish()
ELSEWHERE = "https://example.com/theirs.jpg"
BADGE = "l_brand:logo/fl_layer_apply"
LAYER = "what is laid on it may not be shown"


@pytest.fixture
def story(desk: Desk) -> Story:
    """An approved logo that is delivered."""
    picture(desk.folder / "logo.jpg")
    desk.library()
    desk.approve()
    desk.push(folder="brand")
    return Story(desk)


@pytest.fixture
def theirs(story: Story) -> AssetId:
    """A picture that somebody else put there."""
    found = story.upload("theirs", 7)
    story.sync()
    return found


def logo(story: Story) -> AssetId:
    copy = story.desk.asset("logo.jpg").cloud
    assert copy is not None
    return catalog_id(STUDIO, copy.asset_id)


def reject(story: Story, *assets: AssetId) -> None:
    found = assets or (story.desk.asset("logo.jpg").id,)
    story.desk.parts.worker.decide(list(found), Approval.REJECTED)


def refused(jobs: Sequence[JobRecord]) -> str:
    (job,) = jobs
    assert job.error is not None
    return str(job.error.facts["reasons"])


def test_its_address_is_given_until_somebody_says_no(story: Story, theirs: AssetId) -> None:
    assert story.asks.address(theirs)
    story.desk.parts.worker.decide([theirs], Approval.IN_REVIEW)
    assert story.asks.address(theirs)
    reject(story, theirs)
    with pytest.raises(NoAddressError, match="it was rejected"):
        story.asks.address(theirs)


def test_its_address_is_not_given_when_its_rights_have_ended(story: Story, theirs: AssetId) -> None:
    ended = RightsWindow(ends=story.desk.clock() - timedelta(days=1))
    story.desk.parts.worker.rights.claim([theirs], RightsClaim(window=ended))
    with pytest.raises(NoAddressError, match="its rights have ended"):
        story.asks.address(theirs)


def test_nothing_that_is_held_back_leaves_laid_on_it(story: Story, theirs: AssetId) -> None:
    badged = AddressWish(transformation=BADGE)
    assert story.asks.address(theirs, badged)
    reject(story)
    with pytest.raises(NoAddressError, match=LAYER):
        story.asks.address(theirs, badged)
    assert refused(story.do([theirs], Wish(action=CloudAction.REFRESH, values=(BADGE,)))) == LAYER
    assert story.asks.address(theirs)


def test_it_is_not_laid_on_what_leaves_once_it_is_rejected(story: Story, theirs: AssetId) -> None:
    badged = AddressWish(transformation="l_theirs/fl_layer_apply")
    assert story.asks.address(logo(story), badged)
    reject(story, theirs)
    with pytest.raises(NoAddressError, match=LAYER):
        story.asks.address(logo(story), badged)


def test_what_somebody_renamed_there_is_known_by_its_new_name(
    story: Story, theirs: AssetId
) -> None:
    cloudinary.uploader.rename("brand/logo", "brand/mark", **story.options)
    story.sync()
    badged = AddressWish(transformation="l_brand:mark/fl_layer_apply")
    assert story.asks.address(theirs, badged)
    reject(story)
    with pytest.raises(NoAddressError, match=LAYER):
        story.asks.address(theirs, badged)


def test_no_address_with_a_token_outlives_what_is_laid_on_it(story: Story, theirs: AssetId) -> None:
    def ends_at(asset: AssetId) -> int:
        late = int((story.desk.clock() + timedelta(days=9)).timestamp())
        wish = AddressWish(transformation=BADGE, token_key=Secret("00112233FF99"), expires=late)
        (end,) = re.findall(r"exp=(\d+)", story.asks.address(asset, wish))
        return int(end)

    picture(story.desk.folder / "hero.jpg", 3)
    worker = story.desk.parts.worker
    worker.scan(story.desk.asset("logo.jpg").library)
    story.desk.settled()
    story.desk.approve()
    story.desk.push()
    story.sync()
    hero = story.desk.asset("hero.jpg").cloud
    assert hero is not None
    soon = story.desk.clock().replace(microsecond=0) + timedelta(days=1)
    for asset in (theirs, catalog_id(STUDIO, hero.asset_id)):
        assert ends_at(asset) > soon.timestamp()
    licensed = RightsClaim(window=RightsWindow(ends=soon))
    worker.rights.claim([story.desk.asset("logo.jpg").id], licensed)
    for asset in (theirs, catalog_id(STUDIO, hero.asset_id)):
        assert ends_at(asset) == soon.timestamp()
    sooner = soon - timedelta(hours=1)
    worker.rights.claim([theirs], RightsClaim(window=RightsWindow(ends=sooner)))
    assert ends_at(theirs) == sooner.timestamp()


def test_nothing_that_is_held_back_is_fetched_by_its_own_address(story: Story) -> None:
    copy = story.desk.asset("logo.jpg").cloud
    assert copy is not None
    badged = AddressWish(transformation=BADGE)
    asks = ((copy.url, ITSELF), (ELSEWHERE, badged))
    assert all(story.asks.remote_address(STUDIO, remote, wish) for remote, wish in asks)
    reject(story)
    for remote, wish in asks:
        with pytest.raises(NoAddressError, match=LAYER):
            story.asks.remote_address(STUDIO, remote, wish)
    assert story.asks.remote_address(STUDIO, ELSEWHERE, ITSELF)
