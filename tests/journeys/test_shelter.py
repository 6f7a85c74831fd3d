"""A team whose masters live at a service: from the sign-in to the archive, in the real window."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import RENDITIONS_SUFFIX
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.storage.archives import ArchiveState
from bridge_app.ui.dialogs.archive import ArchiveDialog
from bridge_app.ui.dialogs.keep_offline import KeepOfflineDialog
from bridge_app.ui.dialogs.retractions import RetractionsDialog
from bridge_app.ui.dialogs.shelter_sign_in import ShelterSignInDialog
from bridge_app.ui.models.branches import Mark
from bridge_app.ui.models.folder_tree import FolderRole
from bridge_app.ui.presets.make_sheet import MakeSheet
from bridge_app.work.events import Connectivity
from tests.desk import Desk
from tests.journeys.conftest import Opener
from tests.journeys.person import Person
from tests.nordlys import EMAIL, HERO, KEY, PASSWORD, SPRING, Nordlys, nordlys_desk
from tests.plain_http import plain

pytestmark = pytest.mark.journey
IN_HERO = f"{SPRING}/{HERO}"
RIGHTS_LEFT = timedelta(days=20)


@pytest.fixture
def story(tmp_path: Path, decoder: DecoderPool) -> Iterator[tuple[Desk, Nordlys]]:
    """An application without a library, beside a service whose rights end in twenty days."""
    until = datetime.now(UTC) + RIGHTS_LEFT  # noqa: TID251 - the service's own clock
    with nordlys_desk(tmp_path, decoder, rights_until=until, regions="WORLD") as made:
        yield made


@pytest.fixture
def desk(story: tuple[Desk, Nordlys]) -> Desk:
    """The application."""
    return story[0]


def service(desk: Desk) -> ShelterState:
    """What lies at the service, as its own people see it."""
    assert desk.sandbox is not None
    return desk.sandbox.shelter


def connect(desk: Desk, person: Person) -> LibraryRecord:
    """Sign in with the keyboard; the library, once all of it is shown."""
    assert desk.sandbox is not None
    person.window.core.actions.add_shelter.trigger()
    dialog = person.dialog(ShelterSignInDialog)
    dialog.form.address.setText(f"{desk.sandbox.url}/psapi/v4.0")
    typed = (
        (dialog.form.key, KEY),
        (dialog.form.email, EMAIL),
        (dialog.form.password, PASSWORD),
    )
    for field, text in typed:
        person.qtbot.keyClicks(field, text)
    person.qtbot.keyClick(dialog.form.password, Qt.Key.Key_Return)
    worker = desk.parts.worker
    person.until(lambda: bool(worker.shelters.libraries()))
    person.until(lambda: len(person.names) == 7)
    return worker.shelters.libraries()[0]


def keep(person: Person, library: LibraryRecord) -> None:
    """Keep the gallery that is shown for times without a network, after a look at its size."""
    actions = person.window.middle.shelters.actions
    person.until(actions.keep.isEnabled)
    actions.keep.trigger()
    dialog = person.dialog(KeepOfflineDialog)
    person.until(dialog.act.isEnabled)
    assert "3 asset" in dialog.amount.text()
    person.press("Keep offline", dialog)
    index = person.window.sides.folders.tree.index_for
    place = Query(library=library.id, folder=IN_HERO)
    person.until(lambda: index(place).data(FolderRole.MARK) is Mark.KEPT)


def approve_offline(desk: Desk, person: Person) -> None:
    """Without a network: find one by half a word, look at it, approve it."""
    desk.until(desk.parts.worker.shelters.is_idle, what="the pictures")
    work_offline = person.window.core.actions.work_offline
    work_offline.trigger()
    person.until(lambda: desk.parts.worker.connectivity() is Connectivity.WORK_OFFLINE)
    person.search("summ")
    person.sees("summit.jpg")
    person.choose("summit.jpg")
    person.key(Qt.Key.Key_A)
    person.until(lambda: person.asset("summit.jpg").approval is Approval.APPROVED)
    work_offline.trigger()
    person.search("")
    person.until(lambda: len(person.names) == 3)


def status_at_service(desk: Desk, nordlys: Nordlys, name: str) -> str:
    """Which option of the field for approvals is chosen there."""
    media = service(desk).media(nordlys.media[name])
    fields = {one.id: one for one in service(desk).store.fields(nordlys.organization)}
    return next(
        (fields[field].options[option] for field, option in media.custom.items()), "nothing"
    )


def publish(desk: Desk, person: Person, name: str) -> None:
    """Have renditions of it made at Cloudinary."""
    person.choose(name)
    person.window.core.actions.publish.trigger()
    sheet = person.dialog(MakeSheet)
    person.until(lambda: sheet.plan is not None and bool(sheet.plan.doing))
    count = len(sheet.plan.doing) if sheet.plan else 0
    person.press(f"Make {count}", sheet)
    asset = person.asset(name)
    desk.until(lambda: bool(desk.parts.worker.renditions.made_of(asset.id)), what="renditions")


def archive(desk: Desk, person: Person, folder: Path) -> None:
    """Archive the campaign that is shown, after a look at every step."""
    actions = person.window.middle.shelters.actions
    person.until(actions.archive.isEnabled)
    actions.archive.trigger()
    dialog = person.dialog(ArchiveDialog)
    dialog.options.folder.setText(str(folder))
    dialog.options.folder.editingFinished.emit()
    person.until(dialog.act.isEnabled)
    person.press("Archive", dialog)
    archives = desk.parts.worker.archive.archives
    desk.until(lambda: [one.state for one in archives()] == [ArchiveState.DONE], what="archive")


def test_a_campaign_from_the_sign_in_to_the_archive(
    story: tuple[Desk, Nordlys], opener: Opener, tmp_path: Path
) -> None:
    desk, nordlys = story
    worker = desk.parts.worker
    person = opener()
    library = connect(desk, person)
    for place in (SPRING, IN_HERO):
        person.go_to(Query(library=library.id, folder=place))
    person.sees("lake.jpg", "ridge.jpg", "summit.jpg")
    keep(person, library)

    approve_offline(desk, person)
    desk.until(lambda: status_at_service(desk, nordlys, "summit.jpg") == "Approved", what="it")

    person.choose("ridge.jpg")
    person.push()
    person.until(lambda: person.asset("ridge.jpg").cloud is not None)
    copy = person.asset("ridge.jpg").cloud
    assert copy is not None
    assert plain.get(copy.url).status_code == 200

    publish(desk, person, "ridge.jpg")
    ridge = person.asset("ridge.jpg").id
    desk.until(lambda: worker.write_back.written(ridge) is not None, what="the write-back")
    names = {one.name for one in service(desk).store.containers()}
    assert any(name.endswith(RENDITIONS_SUFFIX) for name in names)
    card = person.window.sides.inspector.shelter
    person.until(lambda: "Recorded there" in card.texts.get("published", ""))

    desk.clock.forward(RIGHTS_LEFT + timedelta(days=1))
    person.choose("summit.jpg")
    person.key(Qt.Key.Key_A)
    desk.until(lambda: plain.get(copy.url).status_code != 200, what="the retraction")
    person.window.middle.shelters.actions.retractions.trigger()
    dialog = person.dialog(RetractionsDialog)
    person.until(lambda: dialog.tabs.tabText(1) == "Done (1)")
    person.press("Close", dialog)

    person.go_to(Query(library=library.id, folder=SPRING))
    archive(desk, person, tmp_path / "archive")
    assert (tmp_path / "archive" / "manifest-sha256.txt").is_file()
    assert service(desk).container(nordlys.spring).mode == "private"
