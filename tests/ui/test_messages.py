"""How the domain's words, names, sizes and times reach people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import CloudCopy, Kind
from bridge_app.domain.breaches import Breach, Demand
from bridge_app.domain.errors import DiskFullError, NoKeyringError, OfflineError
from bridge_app.domain.gate import Reason
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.query import Orientation
from bridge_app.domain.rights import RightsState, RightsWindow
from bridge_app.storage.secrets import KeyringLockedError, SealedError
from bridge_app.ui import messages
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import breach_text
from bridge_app.ui.panels.details import DetailsPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.theme import Theme
from bridge_app.work.events import trouble_of
from tests.ui.stock import NOW, asset, now


def test_facts_keep_their_own_direction_in_a_sentence_from_the_right(qapp: QApplication) -> None:
    error = DiskFullError(path="/media/صور/a.jpg")
    assert "\u2068" not in messages.error_text(error)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert "\u2068/media/صور/a.jpg\u2069" in messages.error_text(error)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (messages.approval_text, Approval),
        (messages.rights_text, RightsState),
        (messages.kind_text, Kind),
        (messages.orientation_text, Orientation),
        (messages.job_state_text, JobState),
        (messages.reason_text, Reason),
        (messages.preset_title, READY_PRESETS),
    ],
)
def test_every_value_has_words_of_its_own(words: object, values: object) -> None:
    said = [words(value) for value in values]  # type: ignore[operator, attr-defined]
    assert all(said)
    assert len(set(said)) == len(said)


class Mirror(QTranslator):
    """Puts every error into quotes of its own."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        del disambiguation, n
        return f"«{source}»" if context in ("errors", "facts") else None


def test_an_error_is_translated_before_its_facts_are_filled_in(
    qtbot: QtBot, qapp: QApplication
) -> None:
    mirror = Mirror()
    qapp.installTranslator(mirror)
    try:
        said = messages.error_text(DiskFullError(path="/media/müller"))
        later = messages.error_text(trouble_of(DiskFullError(path="/media/müller")))
    finally:
        QCoreApplication.removeTranslator(mirror)
    assert said.startswith("«The disk with «/media/müller» is full.")
    assert later == said


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_one_line_is_one_line_that_can_be_encoded(text: str) -> None:
    shown = messages.one_line(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert not any(mark in shown for mark in "\u202a\u202b\u202c\u202d\u202e\x00")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.jpg", "a b.jpg"),
        ("caf\udce9.jpg", "caf\ufffd.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("港口.jpg", "港口.jpg"),
    ],
)
def test_names_cannot_pretend(name: str, shown: str) -> None:
    assert messages.one_line(name) == shown


@given(st.text(alphabet="<>&;/!?bapltgm \n", max_size=20) | st.text())
def test_nothing_that_is_shown_is_taken_for_html(text: str) -> None:
    assert not TextQt.mightBeRichText(messages.one_line(text))


@pytest.mark.parametrize(
    "name", ["<b>bold</b>.jpg", "<img src=x>", "&lt;b&gt;", "a <br/> b", "x < i>"]
)
def test_markup_in_a_name_is_shown_as_it_is(name: str) -> None:
    assert TextQt.mightBeRichText(name)
    assert messages.one_line(name).replace(messages.WORD_JOINER, "") == name


def test_moments_are_as_precise_as_they_are_given(english: None) -> None:
    assert messages.moment_text("2026-11-03") == "3 Nov 2026"
    assert messages.moment_text("2026-11-03T14:05:09") == "3 Nov 2026, 14:05"
    assert messages.moment_text("some time ago") == "some time ago"
    local = datetime(2026, 11, 3, 23, 30, tzinfo=UTC).astimezone()
    shown = messages.moment_text("2026-11-03T23:30:00+00:00")
    assert shown == f"{messages.date_text(local.date())}, {local:%H:%M}"
    assert messages.moment_day("2026-11-03T00:00:00") == date(2026, 11, 3)
    assert messages.moment_day("never") is None


def test_sizes_and_durations(english: None) -> None:
    assert messages.bytes_text(999) == "999 bytes"
    assert messages.bytes_text(24_100_000) == "24.1 MB"
    assert messages.number_text(12_408) == "12,408"
    assert messages.clock_text(24.4) == "0:24"
    assert messages.clock_text(3723) == "1:02:03"
    assert "6000 × 4000" in messages.pixels_text((6000, 4000))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a.jpg", "JPG"), ("a", "JPEG"), ("a.tar.gz", "GZ"), (".hidden", "JPEG"), ("a.b c", "JPEG")],
)
def test_the_type_is_what_people_call_it(name: str, shown: str) -> None:
    assert messages.format_text(asset(1, name=name)) == shown


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        (RightsWindow(), "No limits of time are stated."),
        (
            RightsWindow(ends=datetime(2027, 1, 1, tzinfo=UTC)),
            "May be used until 31 Dec 2026, 58 days left.",
        ),
        (
            RightsWindow(ends=datetime(2026, 11, 3, tzinfo=UTC)),
            "The rights ended on 2 Nov 2026, 1 day ago.",
        ),
        (
            RightsWindow(ends=datetime(2026, 11, 3, 9, 30, tzinfo=UTC)),
            "The rights ended on 3 Nov 2026, today.",
        ),
        (
            RightsWindow(starts=datetime(2026, 11, 10, tzinfo=UTC)),
            "The rights begin on 10 Nov 2026, in 7 days.",
        ),
        (
            RightsWindow(starts=datetime(2026, 1, 2, tzinfo=UTC)),
            "May be used since 2 Jan 2026, without an end.",
        ),
        (
            RightsWindow(unreadable="next spring"),
            "The dates of the rights cannot be read: “next spring”. It is held back until "
            "somebody mends them in the file.",
        ),
    ],
)
def test_rights_are_said_in_plain_words(
    qtbot: QtBot, english: None, theme: Theme, icons: Icons, rights: RightsWindow, said: str
) -> None:
    details = DetailsPanel(theme, icons, now=now)
    qtbot.addWidget(details)
    details.show_asset(asset(1, rights=rights), "/shelf/picture.jpg")
    told = [label.text() for banner in details.findChildren(Banner) for label in _labels(banner)]
    assert said in told


def _labels(banner: Banner) -> list[QLabel]:
    return banner.findChildren(QLabel)


def test_details_show_what_there_is_and_nothing_else(
    qtbot: QtBot, english: None, theme: Theme, icons: Icons
) -> None:
    details = DetailsPanel(theme, icons, now=now)
    qtbot.addWidget(details)
    details.show()
    details.show_asset(
        asset(1, title="Harbour", keywords=("dawn", "sea\nside"), rating=3), "/shelf/p.jpg"
    )
    expected = {"Title", "Harbour", "Keywords", "dawn", "sea side", "Rating"}
    qtbot.waitUntil(lambda: expected <= _shown(details))
    assert "Caption" not in _shown(details)
    details.show_asset(asset(2, error="It ends too early.", caption="Calm"), "/shelf/q.jpg")
    assert "It ends too early." in _shown(details)
    assert "Title" not in _shown(details)


@pytest.mark.parametrize(
    ("space", "profile", "told"),
    [
        ("srgb", None, "sRGB"),
        ("srgb", "Display P3", "RGB · Display P3"),
        ("cmyk", None, "CMYK"),
        ("grey16", None, "Greyscale"),
        ("scrgb-2", None, "scrgb-2"),
    ],
)
def test_details_name_colours_as_people_do(
    qtbot: QtBot, theme: Theme, icons: Icons, space: str, profile: str | None, told: str
) -> None:
    details = DetailsPanel(theme, icons, now=now)
    qtbot.addWidget(details)
    details.show()
    details.show_asset(asset(1, colour_space=space, icc_profile=profile), "/shelf/p.jpg")
    qtbot.waitUntil(lambda: told in _shown(details))


def test_details_tell_the_public_id_and_the_delivery_of_a_copy(
    qtbot: QtBot, english: None, theme: Theme, icons: Icons
) -> None:
    details = DetailsPanel(theme, icons, now=now)
    qtbot.addWidget(details)
    details.show()
    copy = CloudCopy(
        environment="studio",
        public_id="q7 x\n2k",
        resource_type="image",
        delivery_type="authenticated",
        version=1767225600,
        asset_id="0123456789abcdef" * 2,
        format="jpg",
        etag="e",
        sha256="",
        bytes=1000,
        url="",
    )
    details.show_asset(asset(1, cloud=copy), "studio: shop/Hero.jpg")
    expected = {"Public ID", "q7 x 2k", "Delivery", "image/authenticated · v1767225600"}
    qtbot.waitUntil(lambda: expected <= _shown(details))
    details.show_asset(asset(2), "/shelf/q.jpg")
    assert not {"Public ID", "Delivery"} & _shown(details)


def _shown(details: DetailsPanel) -> set[str]:
    return {label.text() for label in details.findChildren(QLabel) if label.isVisible()}


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, icons: Icons) -> MessageBar:
    made = MessageBar(theme, icons)
    qtbot.addWidget(made)
    return made


def test_trouble_is_told_once_and_stays(bar: MessageBar) -> None:
    assert bar.isHidden()
    for _ in range(3):
        bar.show_error(OfflineError(service="Cloudinary"))
    assert len(bar.texts) == 1
    assert bar.texts[0].startswith("Cloudinary cannot be reached.")
    assert not bar.isHidden()


def test_what_was_said_of_a_shut_key_store_goes_when_it_is_opened(bar: MessageBar) -> None:
    bar.show_error(OfflineError(service="Cloudinary"))
    bar.show_error(NoKeyringError())
    assert len(bar.texts) == 2
    bar.keys_are_there()
    assert [text.partition(" ")[0] for text in bar.texts] == ["Cloudinary"]


def test_what_is_said_of_a_closed_key_store_leads_to_where_it_is_opened(
    bar: MessageBar, qtbot: QtBot
) -> None:
    accounts = QAction("Accounts…", bar)
    bar.open_keys_with(accounts)
    bar.show_error(KeyringLockedError())
    assert not bar.findChildren(QPushButton)
    bar.show_error(SealedError())
    with qtbot.waitSignal(accounts.triggered):
        bar.findChildren(QPushButton)[0].click()


def test_what_was_said_of_a_library_goes_when_that_is_there_again(bar: MessageBar) -> None:
    bar.show_error(OfflineError(service="First"), about="one")
    bar.show_error(OfflineError(service="Second"), about="two")
    bar.show_error(OfflineError(service="Third"))
    bar.is_well("one")
    assert [text.partition(" ")[0] for text in bar.texts] == ["Second", "Third"]


def test_only_the_newest_messages_are_kept(bar: MessageBar) -> None:
    for number in range(5):
        bar.say(Tone.WARNING, f"number {number}")
    assert bar.texts == ["number 2", "number 3", "number 4"]


def test_a_message_that_says_more_takes_the_place_of_the_one_that_said_less(
    bar: MessageBar,
) -> None:
    bar.say(Tone.WARNING, "One ended.")
    bar.say(Tone.WARNING, "Something else.")
    bar.say(Tone.WARNING, "Two ended.", instead_of="One ended.")
    assert bar.texts == ["Something else.", "Two ended."]


def test_the_sign_of_a_single_line_is_at_its_height(qtbot: QtBot, bar: MessageBar) -> None:
    bar.resize(600, 80)
    bar.show()
    bar.say(Tone.WARNING, "Short.", action=QAction("Calendar…", bar))
    qtbot.waitUntil(lambda: bar.findChildren(Banner)[0].width() > 400)
    sign, words = bar.findChildren(Banner)[0].findChildren(QLabel)
    assert abs(sign.geometry().center().y() - words.geometry().center().y()) <= 1
    assert sign.alignment() & Qt.AlignmentFlag.AlignVCenter
    bar.say(Tone.WARNING, "So many words that they need several lines to stand in. " * 5)
    bar.adjustSize()
    bar.resize(400, bar.height())
    long = bar.findChildren(Banner)[1].findChildren(QLabel)[0]
    qtbot.waitUntil(lambda: bool(long.alignment() & Qt.AlignmentFlag.AlignTop))


def test_a_message_can_be_closed_by_name(qtbot: QtBot, bar: MessageBar) -> None:
    bar.say(Tone.NEGATIVE, "trouble")
    close = next(
        button
        for button in bar.findChildren(QToolButton)
        if button.accessibleName() == "Close this message"
    )
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.texts == []
    assert bar.isHidden()


def test_what_can_be_done_about_it_is_a_button(qtbot: QtBot, bar: MessageBar) -> None:
    action = QAction("Forget them…", bar)
    bar.say(Tone.WARNING, "Many files are gone.", action=action)
    with qtbot.waitSignal(action.triggered):
        bar.findChildren(QPushButton)[0].click()
    assert bar.texts == []


def test_rights_that_end_soon_are_a_warning(
    qtbot: QtBot, english: None, theme: Theme, icons: Icons
) -> None:
    details = DetailsPanel(theme, icons, now=now)
    qtbot.addWidget(details)
    tones = []
    for days in (10, 100):
        ends = NOW + timedelta(days=days)
        details.show_asset(asset(1, rights=RightsWindow(ends=ends)), "/shelf/p.jpg")
        tones.append(details._rights.property("banner"))
    assert tones == ["warning", "positive"]


@pytest.mark.parametrize(
    ("breach", "told"),
    [
        (Breach(demand=Demand.WIDTH, found=1299, asked=1300), "width 1,299 instead of 1,300"),
        (Breach(demand=Demand.MOST_BYTES, found=2_500_000, asked=150_000), "2.5 MB instead of ≤ "),
        (Breach(demand=Demand.FORMAT, found="webp", asked=("jpg", "png")), "webp instead of jpg, "),
    ],
)
def test_what_breaks_a_contract_is_told_in_the_persons_units(
    english: None, breach: Breach, told: str
) -> None:
    assert breach_text(breach).startswith(told)
