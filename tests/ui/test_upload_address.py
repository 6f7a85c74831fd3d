"""Files that Cloudinary fetches from an address: in the window, unpublished."""

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.delivery.permissions import Capability
from bridge_app.delivery.uploads import RemoteOrder
from bridge_app.domain.errors import GateRefusalError
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.upload_address import UploadAddressDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk, picture

CLOUD = ACCOUNT.cloud_name


@pytest.fixture
def dialog(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> UploadAddressDialog:
    made = UploadAddressDialog(desk.parts.worker, asker, theme, icons)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def address(desk: Desk) -> str:
    """Of a picture that can be fetched."""
    picture(desk.folder / "far away.jpg")
    desk.library()
    desk.approve()
    desk.push()
    copy = desk.asset("far away.jpg").cloud
    assert copy is not None
    return copy.url


def test_a_file_is_fetched_from_its_address_and_arrives_unpublished(
    qtbot: QtBot, dialog: UploadAddressDialog, sandbox: Sandbox, address: str
) -> None:
    assert not dialog.act.isEnabled()
    qtbot.keyClicks(dialog.address, address)
    assert dialog.public_id.text() == "far_away"
    qtbot.keyClicks(dialog.folder, "from/afar")
    qtbot.keyClicks(dialog.tags, "a, b")
    with qtbot.waitSignal(dialog.arrived):
        dialog.act.click()
    (stored,) = (one for one in sandbox.stored(CLOUD) if one.type == "private")
    assert stored.public_id == "far_away"
    assert stored.asset_folder == "from/afar"
    assert set(stored.tags) == {"a", "b"}


def test_what_is_there_already_stays_and_that_is_said(
    qtbot: QtBot, desk: Desk, dialog: UploadAddressDialog, address: str
) -> None:
    order = RemoteOrder(url=address, public_id="far_away", delivery_type="private")
    assert desk.parts.worker.cloud_desk.bring_in(CLOUD, order)
    qtbot.keyClicks(dialog.address, address)
    dialog.act.click()
    qtbot.waitUntil(lambda: any("far_away" in one.text for one in dialog.findChildren(Banner)))
    assert dialog.isVisible()


@pytest.mark.parametrize("wrong", ["hero.jpg", "file:///etc/passwd", "https://", "javascript:1"])
def test_what_the_service_cannot_fetch_is_not_sent(
    qtbot: QtBot, dialog: UploadAddressDialog, wrong: str
) -> None:
    qtbot.keyClicks(dialog.address, wrong)
    qtbot.keyClicks(dialog.public_id, "hero")
    assert not dialog.act.isEnabled()


def test_a_key_that_may_not_upload_is_told_beforehand(
    qtbot: QtBot, desk: Desk, dialog: UploadAddressDialog
) -> None:
    desk.parts.environments.heard(CLOUD, Capability.UPLOAD, 403, "Key 12 may not")
    qtbot.keyClicks(dialog.address, "https://www.example.com/hero.jpg")
    assert not dialog.act.isEnabled()


def test_nobody_brings_in_what_everybody_would_see(desk: Desk) -> None:
    order = RemoteOrder(url="https://www.example.com/a.jpg", public_id="a")
    with pytest.raises(GateRefusalError):
        desk.parts.worker.cloud_desk.bring_in(CLOUD, order)
