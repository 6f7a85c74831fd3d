"""Stacks of Contentstack in the window: tried and kept, published to, conflicts decided."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, TOKEN
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.contentstack import ContentstackDialog
from bridge_app.ui.dialogs.contentstack_conflict import StackConflictDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk, picture
from tests.stacks import connect, entry, field, is_public, site, stack_sandbox, stacks
from tests.ui.windows import dialog

LEFT = Qt.MouseButton.LeftButton
SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="c_fill,h_60,w_90", format="jpg")


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def hero(desk: Desk) -> Desk:
    """A hero with two renditions, of which a policy lets one be published."""
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    desk.push()
    worker = desk.parts.worker
    plan = worker.renditions.plan(
        [desk.asset("hero.jpg").id], RenditionWish(presets=(SQUARE, WIDE))
    )
    desk.finished(worker.renditions.carry_out(plan))
    worker.policies.put([Policy(name="each", renditions=True)], environment=ACCOUNT.cloud_name)
    chosen, subject = [desk.asset("hero.jpg").id], "c_fill,h_60,w_60/f_jpg"
    worker.decide(chosen, Approval.APPROVED, transformation=subject)
    return desk


@pytest.fixture
def shown(  # noqa: PLR0917 - fixtures
    hero: Desk,
    asker: Asker,
    bridge: WorkerBridge,
    theme: Theme,
    icons: Icons,
    qtbot: QtBot,
    english: None,
) -> ContentstackDialog:
    worker = hero.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    looks = Looks(theme, icons, pixels, hero.clock)
    chosen = [hero.asset("hero.jpg").id]
    made = ContentstackDialog(worker, asker, looks, bridge, chosen=chosen)
    qtbot.addWidget(made)
    made.show()
    return made


def stack_lines(shown: ContentstackDialog) -> list[Line]:
    model = shown.stacks
    return [model.index(row, 0).data(LineRole.LINE) for row in range(model.rowCount())]


def marks(shown: ContentstackDialog) -> list[str]:
    model = shown.publications
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [row.data(LineRole.LINE).mark for row in rows]


def choose(field: QComboBox, text: str) -> None:
    """As a person takes it out of the list."""
    row = field.findText(text, Qt.MatchFlag.MatchContains)
    assert row >= 0, [field.itemText(at) for at in range(field.count())]
    field.setCurrentIndex(row)
    field.activated.emit(row)


def confirm(shown: QDialog, qtbot: QtBot) -> None:
    """Say yes to what is asked."""
    dialog(qtbot, shown, ConfirmDialog).act_button.click()
    qtbot.waitUntil(lambda: not shown.findChildren(ConfirmDialog))


def publish(shown: ContentstackDialog, qtbot: QtBot, title: str, place: str) -> None:
    """The square into a field of an entry, in the master's locale."""
    form = shown.publishing
    qtbot.mouseClick(shown.publish, LEFT)
    qtbot.waitUntil(lambda: form.entry_field.findText(title) >= 0)
    choose(form.entry_field, title)
    choose(form.place_field, place)
    assert set(form.rows.wanted()) == {MASTER}
    qtbot.mouseClick(form.publish, LEFT)
    qtbot.waitUntil(lambda: "Published" in marks(shown))


def test_a_stack_is_kept_once_it_answered(
    shown: ContentstackDialog, qtbot: QtBot, sandbox: Sandbox, hero: Desk
) -> None:
    told = site(sandbox)
    form = shown.form
    shown.add.click()
    qtbot.keyClicks(form.name_field, "Site")
    form.region_field.setEditText(told.region)
    qtbot.keyClicks(form.key_field, told.api_key)
    qtbot.keyClicks(form.token_field, "wrong")
    qtbot.keyClicks(form.environment_field, "live")
    qtbot.keyClicks(form.locales_field, "de=de-de")
    qtbot.mouseClick(form.save_button, LEFT)
    qtbot.waitUntil(form.save_button.isEnabled)
    assert not stacks(hero).destinations()
    form.token_field.setText(TOKEN)
    qtbot.mouseClick(form.save_button, LEFT)
    qtbot.waitUntil(form.save_button.isEnabled)
    assert "production, staging" in form.trouble.text
    form.environment_field.setText("production")
    qtbot.mouseClick(form.save_button, LEFT)
    qtbot.waitUntil(lambda: [one.title for one in stack_lines(shown)] == ["Site"])
    qtbot.waitUntil(lambda: not form.token_field.text())
    # Another change asks again, with the token of the keyring.
    qtbot.waitUntil(lambda: shown.change.isVisible() and shown.change.isEnabled())
    qtbot.mouseClick(shown.change, LEFT)
    form.branch_field.setText("dev")
    qtbot.mouseClick(form.save_button, LEFT)
    qtbot.waitUntil(lambda: [one.branch for one in stacks(hero).destinations()] == ["dev"])
    qtbot.waitUntil(shown.remove.isVisible)
    qtbot.mouseClick(shown.remove, LEFT)
    confirm(shown, qtbot)
    qtbot.waitUntil(lambda: not stack_lines(shown))


def test_only_what_is_approved_can_be_chosen_and_the_rest_says_why(
    shown: ContentstackDialog, qtbot: QtBot, hero: Desk, sandbox: Sandbox
) -> None:
    connect(hero)
    qtbot.waitUntil(shown.publish.isEnabled)
    publish(shown, qtbot, "Summer", "Image address")
    choices = shown.publishing.rows.fields[MASTER].model()
    offered = {
        str(choices.index(row, 0).data()): bool(
            choices.flags(choices.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled
        )
        for row in range(choices.rowCount())
    }
    assert [name for name, enabled in offered.items() if "wide" in name and enabled] == []
    assert [name for name, enabled in offered.items() if "square" in name and enabled]
    summer = entry(sandbox.stack, "Summer")
    assert "w_60" in field(summer, "image_url")
    shown.publication_list.selectAll()
    qtbot.mouseClick(shown.take_back, LEFT)
    confirm(shown, qtbot)
    qtbot.waitUntil(lambda: marks(shown) == ["Taken back"])
    assert not is_public(summer)
    shown.publication_list.selectAll()
    qtbot.mouseClick(shown.again, LEFT)
    qtbot.waitUntil(lambda: marks(shown) == ["Published"])
    assert is_public(summer)


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_conflict_shows_both_and_a_person_decides(
    shown: ContentstackDialog, qtbot: QtBot, hero: Desk, sandbox: Sandbox, is_ours: bool
) -> None:
    connect(hero)
    qtbot.waitUntil(shown.publish.isEnabled)
    publish(shown, qtbot, "Summer", "Image address")
    summer, theirs = entry(sandbox.stack, "Summer"), "https://example.com/own.jpg"
    ours = field(summer, "image_url")
    sandbox.stack.change_entry(summer, {"image_url": theirs}, MASTER)
    (one,) = stacks(hero).publications("Site")
    hero.finished(stacks(hero).again([one]))
    qtbot.waitUntil(lambda: marks(shown) == ["Conflict"])
    shown.publication_list.selectAll()
    qtbot.mouseClick(shown.look, LEFT)
    asked = dialog(qtbot, shown, StackConflictDialog)
    assert asked.theirs.accessibleDescription() == theirs
    assert asked.ours.accessibleDescription() == ours
    assert not asked.keep.isEnabled()
    (asked.ours if is_ours else asked.theirs).click()
    asked.keep.click()
    mark = "Published" if is_ours else "The editor's"
    qtbot.waitUntil(lambda: marks(shown) == [mark])
    assert field(summer, "image_url") == (ours if is_ours else theirs)


def test_a_conflict_in_a_field_of_several_shows_what_an_editor_left_there(
    shown: ContentstackDialog, qtbot: QtBot, hero: Desk, sandbox: Sandbox
) -> None:
    connect(hero)
    qtbot.waitUntil(shown.publish.isEnabled)
    publish(shown, qtbot, "Spring", "Hero image")
    spring = entry(sandbox.stack, "Spring")
    *others, ours = field(spring)
    sandbox.stack.change_entry(spring, {"hero_image": others}, MASTER)
    (one,) = stacks(hero).publications("Site")
    hero.finished(stacks(hero).again([one]))
    qtbot.waitUntil(lambda: marks(shown) == ["Conflict"])
    shown.publication_list.selectAll()
    qtbot.mouseClick(shown.look, LEFT)
    asked = dialog(qtbot, shown, StackConflictDialog)
    left = [told["secure_url"] for told in others]
    assert asked.theirs.accessibleDescription().splitlines() == left
    assert asked.ours.accessibleDescription().splitlines() == [*left, ours["secure_url"]]
    asked.ours.click()
    asked.keep.click()
    qtbot.waitUntil(lambda: marks(shown) == ["Published"])
    assert field(spring) == [*others, ours]


def test_the_menu_leads_to_it(window: MainWindow, qtbot: QtBot) -> None:
    window.core.actions.stacks.trigger()
    opened = dialog(qtbot, window, ContentstackDialog)
    qtbot.waitUntil(opened.empty.isVisible)
    assert "management token" in opened.empty.text
    (add,) = opened.empty.findChildren(QPushButton)
    add.click()
    assert opened.form.isVisible()
    opened.form.backWanted.emit()
    qtbot.waitUntil(opened.empty.isVisible)
