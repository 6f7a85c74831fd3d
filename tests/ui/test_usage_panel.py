"""What an environment uses and takes, and what its key may do, offline too."""

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.environments import MediaLimits, Meter, Usage
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.account_usage import UsageDialog
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.usage import UsagePanel
from bridge_app.ui.panels.usage_words import amounts, limit_amounts
from bridge_app.ui.parts.usage_bar import UsageBar
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.agencies import said
from tests.ui.windows import dialog as dialog_of
from tests.ui.windows import press

# Usage


def bars(panel: QWidget) -> list[str]:
    return [one.text for one in panel.findChildren(UsageBar) if not one.isHidden()]


def test_usage_is_asked_for_and_shown(
    agency: Desk, asker: Asker, agency_looks: Looks, english: None, qtbot: QtBot
) -> None:
    dialog = UsageDialog(agency.parts.worker, asker, agency_looks, "web")
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.panel.surveyed):
        dialog.open()
    qtbot.waitUntil(lambda: any("API calls" in one for one in bars(dialog)))
    assert "Plan" in said(dialog)
    assert "Largest image: 10.5 MB" in bars(dialog)
    assert any(one.startswith("API calls this hour: 497 of 500 left") for one in bars(dialog))
    assert "See usage and limits" in said(dialog)


def test_usage_is_shown_offline_as_it_was_told_last(
    agency: Desk,
    agency_cloud: Sandbox,
    asker: Asker,
    agency_looks: Looks,
    english: None,
    qtbot: QtBot,
) -> None:
    agency.parts.worker.environments.survey("web")
    agency.parts.environments.heard("web", Capability.DELETE, 403, "Key 12 may not")
    agency_cloud.stop()
    agency.clock.forward(timedelta(hours=1))
    panel = UsagePanel(agency.parts.worker, asker, agency_looks, "web")
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: "cannot be reached" in said(panel))
    qtbot.waitUntil(lambda: "Largest image: 10.5 MB" in bars(panel))
    refused = next(one for one in panel.findChildren(QLabel) if one.text() == "Delete assets")
    assert "Key 12 may not" in refused.toolTip()
    assert not refused.isEnabled()
    press(panel, "Try these again")
    desk = agency.parts.worker.environments
    qtbot.waitUntil(lambda: not desk.permission(Capability.DELETE, "web").is_denied)


def test_amounts_are_told_in_the_units_people_know(english: None, desk: Desk) -> None:
    told = Usage(
        read_at=desk.clock(),
        meters={
            "credits": Meter(used=1.5, limit=25),
            "storage": Meter(used=2_400_000_000, credits_used=2.25),
            "impressions": Meter(used=0),
            "google_tagging": Meter(used=49, limit=50),
        },
    )
    assert [(one.name, one.text) for one in amounts(told)] == [
        ("Credits", "1.5 of 25"),
        ("Storage", "2.4 GB (2.25 credits)"),
        ("Google tagging", "49 of 50"),
    ]
    limits = MediaLimits(raw_bytes=10_000_000, image_px=25_000_000)
    assert [(one.name, one.text) for one in limit_amounts(limits)] == [
        ("Largest other file", "10.0 MB"),
        ("Most pixels of an image", "25 megapixels"),
    ]


def test_the_menu_opens_usage_of_the_one_in_use(
    agency: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.core.actions.usage.trigger()
    shown = dialog_of(qtbot, window, UsageDialog)
    qtbot.waitUntil(lambda: "Web shop" in said(shown))
    shown.close()


def test_a_denial_is_told_with_the_services_words(agency: Desk) -> None:
    desk = agency.parts.worker.environments
    assert denial_text(desk.permission(Capability.READ)) == ""
    agency.parts.environments.heard("web", Capability.READ, 403, "no\nwords")
    assert "no words" in denial_text(desk.permission(Capability.READ))


def test_long_amounts_take_more_lines_and_no_more_width(theme: Theme, qtbot: QtBot) -> None:
    name, amount = "Appels d’API cette heure", "encore 4 987 sur 5 000, renouvelés le 22 nov. 2026"
    bar = UsageBar(theme, name, amount, 0.1)
    qtbot.addWidget(bar)
    assert bar.minimumSizeHint().width() < 320
    assert bar.heightForWidth(320) > bar.heightForWidth(640)
