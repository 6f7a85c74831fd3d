"""Presets beside Cloudinary's named transformations: compared, adopted, published, deleted."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.delivery.named_transformations import NamedTransformations
from bridge_app.domain.named_matching import Match
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.presets.named_page import NamedPage
from bridge_app.ui.presets.shelf_dialog import PresetsDialog, ShelfSeat
from tests.desk import ACCOUNT, Desk

PATIENCE_MS = 30_000


@pytest.fixture
def there(campaign: Desk) -> NamedTransformations:
    """What the environment has: one like ours, one that differs, and one of its own."""
    credentials = campaign.parts.environments.credentials(ACCOUNT.cloud_name)
    made = NamedTransformations(credentials)
    made.create("square", "w_120,h_120,c_fill")
    made.create("wide", "c_fill,h_90,w_160/e_sepia")
    made.create("teaser", "c_fit,w_300")
    return made


@pytest.fixture
def page(
    qtbot: QtBot, campaign: Desk, there: NamedTransformations, asker: Asker, looks: Looks
) -> Iterator[NamedPage]:
    """The page, once it has compared."""
    seat = ShelfSeat(worker=campaign.parts.worker, asker=asker, looks=looks, asset=None)
    dialog = PresetsDialog(seat)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.open_page(2)
    qtbot.waitUntil(lambda: bool(dialog.named.matches), timeout=PATIENCE_MS)
    yield dialog.named
    dialog.reject()


def library(desk: Desk) -> PresetLibrary:
    return desk.parts.worker.rendition_presets.library()


def stands(qtbot: QtBot, page: NamedPage, **wanted: Match) -> None:
    """Wait until these names stand like this to each other."""

    def holds() -> bool:
        found = {one.name: one.match for one in page.matches}
        return all(found.get(name) is match for name, match in wanted.items())

    qtbot.waitUntil(holds, timeout=PATIENCE_MS)


def confirm(qtbot: QtBot, page: NamedPage) -> None:
    """Say yes to what is asked."""

    def found() -> list[ConfirmDialog]:
        return [one for one in page.window().findChildren(ConfirmDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    found()[0].act_button.click()


def test_each_name_is_there_once_with_how_it_stands(qtbot: QtBot, page: NamedPage) -> None:
    assert [(one.name, one.match) for one in page.matches] == [
        ("wide", Match.DIFFERENT),
        ("teaser", Match.ONLY_THERE),
        ("square", Match.SAME),
        ("small", Match.ONLY_HERE),
    ]
    assert page.counts.text() == "Differs: 1  ·  Only there: 1  ·  Same: 1  ·  Only here: 1"
    page.choose("wide")
    assert "c_fill,h_90,w_160" in page.here.text()
    assert "e_sepia" in page.there.text()
    page.choose("square")
    assert not page._buttons["take"].isEnabled()
    assert not page._buttons["send"].isEnabled()


def test_what_is_only_there_is_adopted_at_once_and_what_differs_after_a_question(
    qtbot: QtBot, campaign: Desk, page: NamedPage
) -> None:
    page.choose("teaser")
    page.press("take")
    stands(qtbot, page, teaser=Match.SAME)
    assert library(campaign).presets["teaser"].transformation == "c_fit,w_300"
    page.choose("wide")
    page.press("take")
    assert library(campaign).presets["wide"].transformation == "c_fill,h_90,w_160"
    confirm(qtbot, page)
    stands(qtbot, page, wide=Match.SAME)
    wide = library(campaign).presets["wide"]
    assert "e_sepia" in wide.transformation
    assert (wide.channel, wide.format) == ("web", "jpg")


def test_a_preset_is_published_and_one_that_differs_is_defined_anew_after_a_question(
    qtbot: QtBot, page: NamedPage, there: NamedTransformations
) -> None:
    page.choose("small", "wide")
    page.press("send")
    assert there.one("small") is None
    confirm(qtbot, page)
    stands(qtbot, page, small=Match.SAME, wide=Match.SAME)
    found = there.one("wide")
    assert found is not None
    assert "sepia" not in found.definition


def test_what_somebody_else_changed_since_is_left_alone_and_said(
    qtbot: QtBot, page: NamedPage, there: NamedTransformations
) -> None:
    there.update("wide", "c_fit,w_7", seen="c_fill,h_90,w_160/e_sepia")
    page.choose("wide")
    page.press("send")
    confirm(qtbot, page)
    qtbot.waitUntil(lambda: "not what you saw" in page.banner.text, timeout=PATIENCE_MS)
    found = there.one("wide")
    assert found is not None
    assert found.definition == "c_fit,w_7"


def test_deleting_there_asks_and_leaves_the_preset_here(
    qtbot: QtBot, campaign: Desk, page: NamedPage, there: NamedTransformations
) -> None:
    page.choose("square")
    page.press("delete")
    confirm(qtbot, page)
    stands(qtbot, page, square=Match.ONLY_HERE)
    assert there.one("square") is None
    assert isinstance(library(campaign).presets["square"], RenditionPreset)


def test_offline_it_says_so_and_nothing_is_changed(
    qtbot: QtBot, campaign: Desk, page: NamedPage
) -> None:
    assert campaign.sandbox is not None
    campaign.sandbox.stop()
    page.press("compare")
    qtbot.waitUntil(lambda: "cannot be reached" in page.banner.text, timeout=PATIENCE_MS)
    assert [*library(campaign).presets] == ["square", "wide", "small"]


def test_what_the_key_may_not_do_is_switched_off_from_the_first_refusal_on(
    qtbot: QtBot, campaign: Desk, page: NamedPage
) -> None:
    page.choose("wide")
    assert campaign.sandbox is not None
    campaign.sandbox.faults.answer(status=403, times=1)
    page.press("send")
    confirm(qtbot, page)
    qtbot.waitUntil(lambda: "may not do this" in page.banner.text, timeout=PATIENCE_MS)
    assert not page._buttons["send"].isEnabled()
    assert not page._buttons["delete"].isEnabled()
    assert page._buttons["take"].isEnabled()
