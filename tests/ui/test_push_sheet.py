"""The push sheet: the plan in words before anything leaves, and exactly that plan carried out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cloudinary import api
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.gate import Reason
from bridge_app.domain.push_plan import PushAction, PushPlan, PushStep, PushTarget
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.plan_row import PlanRow
from bridge_app.ui.dialogs.account import AccountDialog
from bridge_app.ui.dialogs.approve_strip import ApproveStrip
from bridge_app.ui.dialogs.push_sheet import PushSheet, PushWish
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.push_plan import PlanRole, PlanTree, approvable, public_folders
from bridge_app.ui.panels.empty_state import EmptyState
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk, licensed_picture, picture

Opened = Callable[..., PushSheet]
COMPLAIN = QAbstractItemModelTester.FailureReportingMode.Warning


def step(
    number: int, action: PushAction, *reasons: Reason, like: str = "", name: str = ""
) -> PushStep:
    return PushStep(
        asset=AssetId(f"asset-{number}"),
        name=name or f"picture_{number}.jpg",
        action=action,
        bytes=1000 * number,
        public_id="" if action is PushAction.REFUSED else f"spring/picture_{number}",
        like=like,
        reasons=reasons,
    )


def plan(*steps: PushStep) -> PushPlan:
    return PushPlan(environment="studio", target=PushTarget(), steps=steps)


MIXED = plan(
    step(1, PushAction.NEW),
    step(2, PushAction.REFUSED, Reason.NOT_APPROVED),
    step(3, PushAction.NEW),
    step(4, PushAction.SAME_CONTENT, like="asset-1"),
    step(5, PushAction.NEW_VERSION),
    step(6, PushAction.REFUSED, Reason.NOT_APPROVED, Reason.RIGHTS_ENDED),
    step(7, PushAction.REFUSED, Reason.REJECTED),
    step(8, PushAction.REFUSED, Reason.LAPSED),
)


def rows(tree: PlanTree, parent: QModelIndex | None = None) -> list[QModelIndex]:
    above = parent if parent is not None else QModelIndex()
    return [tree.index(row, 0, above) for row in range(tree.rowCount(above))]


@pytest.fixture
def tree() -> PlanTree:
    return PlanTree()


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons) -> Opened:
    def open_sheet(assets: Sequence[AssetId], folder: str = "", tags: str = "") -> PushSheet:
        wish = PushWish(assets=tuple(assets), folder=folder, tags=tags)
        sheet = PushSheet(desk.parts.worker, asker, theme, icons, wish)
        qtbot.addWidget(sheet)
        sheet.open()
        return sheet

    return open_sheet


def planned(sheet: PushSheet, qtbot: QtBot) -> PushPlan:
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert sheet.plan is not None
    return sheet.plan


def button(sheet: PushSheet, text: str) -> QPushButton:
    return next(one for one in sheet.findChildren(QPushButton) if one.text().startswith(text))


def library(desk: Desk, *names: str) -> list[AssetId]:
    for number, name in enumerate(names):
        picture(desk.folder / name, number)
    desk.library()
    return [asset.id for asset in desk.assets()]


# The plan as rows


def test_a_master_of_a_service_is_shown_by_its_version_there(
    desk: Desk, asker: Asker, theme: Theme, icons: Icons, qtbot: QtBot, tree: PlanTree
) -> None:
    library(desk, "hero.jpg")
    known = desk.asset("hero.jpg").sha256 or ""
    tree.take(plan(replace(step(1, PushAction.NEW), content=known)))
    view = QTreeView()
    qtbot.addWidget(view)
    thumbs = SmallThumbs(asker, view)
    view.setModel(tree)
    view.setItemDelegate(PlanRow(theme, icons, thumbs, view))
    view.expandAll()
    with qtbot.waitSignal(thumbs.arrived):
        view.show()


def test_the_plan_is_a_sound_model(tree: PlanTree, qtmodeltester: ModelTester) -> None:
    watched = QAbstractItemModelTester(tree, COMPLAIN)
    tree.take(MIXED)
    tree.take(None)
    tree.take(MIXED)
    del watched
    qtmodeltester.check(tree, force_py=True)


def test_steps_stand_under_what_happens_to_them_with_counts_and_bytes(tree: PlanTree) -> None:
    tree.take(MIXED)
    told = [
        (group.data(), group.data(PlanRole.COUNT), group.data(PlanRole.BYTES))
        for group in rows(tree)
    ]
    assert told == [
        ("New", 2, 4000),
        ("New version", 1, 5000),
        ("Not allowed", 4, 23_000),
        ("Same content", 1, 4000),
    ]


def test_each_step_says_where_it_goes_or_why_it_does_not(tree: PlanTree) -> None:
    tree.take(MIXED)
    notes = {row.data(): row.data(PlanRole.NOTE) for top in rows(tree) for row in rows(tree, top)}
    assert notes["picture_1.jpg"] == "spring/picture_1"
    assert notes["picture_4.jpg"] == "same as picture_1.jpg"
    assert notes["picture_7.jpg"] == "it was rejected"
    assert "nobody has approved it yet" in notes["picture_6.jpg"]
    assert "its rights have ended" in notes["picture_6.jpg"]


def test_those_who_cannot_see_a_group_are_told_its_count(tree: PlanTree) -> None:
    tree.take(MIXED)
    told = tree.group(PushAction.REFUSED).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Not allowed, 4: held back; nothing of it is sent"


def test_only_what_lacks_nothing_but_an_approval_can_be_approved_from_the_sheet() -> None:
    assert approvable(MIXED) == ["asset-2", "asset-8"]


def test_folders_of_earlier_pushes_are_offered_once_each() -> None:
    assert public_folders(["a/b/one", "two", "a/b/three", "c/four"]) == ["a/b", "c"]


def test_ten_thousand_steps_are_shown_without_a_widget_or_a_question_for_each(
    tree: PlanTree, qtbot: QtBot
) -> None:
    view = QTreeView()
    qtbot.addWidget(view)
    view.setUniformRowHeights(True)
    view.setModel(tree)
    view.show()
    asked: list[int] = []
    read = tree.data

    def counted(index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        asked.append(index.row())
        return read(index, role)

    tree.data = counted  # type: ignore[assignment, method-assign]
    tree.take(plan(*(step(number, PushAction.NEW) for number in range(10_000))))
    view.expand(tree.group(PushAction.NEW))
    view.grab()
    assert max(asked) < 200


# The sheet, over the real worker


def test_the_sheet_tells_where_to_how_many_and_how_much_before_anything_leaves(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg", "two.jpg", "three.jpg")
    desk.approve("one.jpg", "two.jpg")
    sheet = opened(assets, folder="spring")
    size = planned(sheet, qtbot).bytes
    assert sheet.windowTitle().replace("\u2068", "").replace("\u2069", "") == "Push to studio"
    assert button(sheet, "Push 2 asset(s)").isEnabled()
    assert str(size)[0] in button(sheet, "Push 2 asset(s)").text()
    assert desk.parts.worker.transfers() == []


def test_pushing_carries_out_the_plan_and_remembers_the_target(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg")
    desk.approve()
    sheet = opened(assets, folder="spring", tags="a,b")
    planned(sheet, qtbot)
    with qtbot.waitSignals([sheet.pushed, sheet.targetRemembered]) as said:
        button(sheet, "Push 1 asset(s)").click()
    assert said.all_signals_and_args is not None
    (job,) = desk.parts.worker.transfers()
    assert job.params["public_id"] == "spring/one"
    assert job.params["tags"] == ["a", "b"]
    assert not sheet.isVisible()


def test_replacing_what_is_delivered_is_asked_once(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg")
    desk.approve()
    desk.push()
    picture(desk.folder / "one.jpg", seed=9)
    desk.until(lambda: desk.asset("one.jpg").lapsed, what="the change")
    desk.approve()
    sheet = opened(assets)
    assert planned(sheet, qtbot).count(PushAction.NEW_VERSION) == 1
    button(sheet, "Push 1 asset(s)").click()
    asked = sheet.findChild(ConfirmDialog)
    assert asked is not None
    assert sheet.isVisible()
    assert len(desk.parts.worker.transfers()) == 1
    with qtbot.waitSignal(sheet.pushed):
        asked.act_button.click()
    assert len(desk.parts.worker.transfers()) == 2


def test_the_presets_of_the_environment_are_offered(
    opened: Opened, desk: Desk, sandbox: Sandbox, qtbot: QtBot
) -> None:
    api.create_upload_preset(
        name="web",
        unsigned=False,
        cloud_name=ACCOUNT.cloud_name,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        upload_prefix=sandbox.url,
    )
    sheet = opened(library(desk, "one.jpg"))
    field = sheet.findChildren(RecentField)[1]
    qtbot.waitUntil(lambda: field.offers() == ["web"])


def test_a_new_folder_is_planned_anew_and_nothing_can_be_pushed_meanwhile(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg")
    desk.approve()
    sheet = opened(assets)
    planned(sheet, qtbot)
    field = sheet.findChild(RecentField)
    assert field is not None
    field.setText("autumn")
    field.textEdited.emit("autumn")
    assert sheet.plan is None
    assert not button(sheet, "Push").isEnabled()
    assert planned(sheet, qtbot).steps[0].public_id == "autumn/one"


def test_what_waits_for_an_approval_is_approved_and_included_from_here(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg", "two.jpg")
    sheet = opened(assets)
    planned(sheet, qtbot)
    assert sheet.why_not == "Nothing can be sent: each of them is held back"
    strip = sheet.findChild(ApproveStrip)
    assert strip is not None
    comment = strip.findChild(QLineEdit)
    assert comment is not None
    comment.setText("fits the brief")
    button(sheet, "Approve and include 2").click()
    qtbot.waitUntil(lambda: sheet.plan is not None and len(sheet.plan.sending) == 2)
    assert not strip.isVisible()
    (decision,) = desk.parts.worker.history(assets[0])
    assert (decision.approval, decision.comment) == (Approval.APPROVED, "fits the brief")


def test_what_somebody_refused_while_the_plan_was_looked_at_is_not_approved_from_here(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    sheet = opened(library(desk, "one.jpg", "two.jpg", "three.jpg"))
    planned(sheet, qtbot)
    desk.parts.worker.decide([desk.asset("two.jpg").id], Approval.REJECTED, comment="not ours")
    before = desk.asset("three.jpg").content
    picture(desk.folder / "three.jpg", seed=9)
    desk.parts.worker.scan(desk.asset("one.jpg").library)
    desk.until(lambda: desk.asset("three.jpg").content != before, what="the new version")
    button(sheet, "Approve and include 3").click()
    qtbot.waitUntil(lambda: sheet.plan is not None and len(sheet.plan.sending) == 1)
    assert desk.asset("one.jpg").approval is Approval.APPROVED
    assert desk.asset("two.jpg").approval is Approval.REJECTED
    assert desk.asset("three.jpg").approval is not Approval.APPROVED


def test_of_what_is_at_cloudinary_alone_nothing_is_called_held_back(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    library(desk, "one.jpg")
    sheet = opened([AssetId("cloudinary:demo:at-the-service")])
    planned(sheet, qtbot)
    assert sheet.why_not == "Nothing to send: all of it is there already, or on its way"


def test_an_ended_licence_is_named_and_no_approval_is_offered_for_it(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    licensed_picture(desk.folder / "old.jpg", until=desk.clock() - timedelta(days=3))
    desk.library()
    sheet = opened(desk.approve())
    reasons = planned(sheet, qtbot).steps[0].reasons
    assert reasons == (Reason.RIGHTS_ENDED,)
    strip = sheet.findChild(ApproveStrip)
    assert strip is not None
    assert strip.isHidden()
    assert not button(sheet, "Push").isEnabled()


def test_offline_the_push_is_taken_and_the_sheet_says_when_it_goes_out(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg")
    desk.approve()
    desk.parts.worker.set_work_offline(on=True)
    sheet = opened(assets)
    planned(sheet, qtbot)
    assert any("go out when you go online" in one.text for one in sheet.findChildren(Banner))
    with qtbot.waitSignal(sheet.pushed):
        button(sheet, "Push 1 asset(s)").click()
    assert desk.parts.worker.summary().waiting == 1


def test_without_an_account_the_sheet_explains_and_offers_to_add_one(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    assets = library(desk, "one.jpg")
    desk.parts.worker.environments.log_out("studio")
    sheet = opened(assets)
    explained = sheet.findChild(EmptyState)
    assert explained is not None
    assert explained.isVisible()
    button(sheet, "Add account…").click()
    dialog = sheet.findChild(AccountDialog)
    assert dialog is not None
    dialog.reject()


def test_a_closed_sheet_takes_no_answer_any_more(
    opened: Opened, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assets = library(desk, "one.jpg")
    desk.approve()
    sheet = opened(assets)
    sheet.reject()
    other = opened(assets)
    planned(other, qtbot)
    assert sheet.plan is None
