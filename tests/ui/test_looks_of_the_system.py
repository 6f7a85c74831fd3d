"""What the system asks for is heard: dark, more contrast, less movement; and it is heard live."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QPropertyAnimation
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.contrast_tokens import DARK_CONTRAST, LIGHT_CONTRAST
from bridge_app.ui.motion import move
from bridge_app.ui.system_wishes import ANIMATIONS, CONTRAST, DARK, FACTOR, STILL, SystemWishes
from bridge_app.ui.theme import TOKENS, Scheme, Theme
from bridge_app.ui.tokens import LIGHT, Badge, Tokens

SURFACES = ("window", "sidebar", "panel", "raised", "control", "hover", "pressed", "selection")
SEEN = {"text": 7, "text_muted": 7, "link": 7, "text_disabled": 4.5, "focus": 4.5}
SEEN |= {"border": 3, "border_strong": 4.5, "border_button": 4.5, "accent": 3}
both = pytest.mark.parametrize(
    "tokens", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda tokens: tokens.name
)


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def plain(theme: Theme) -> Iterator[Theme]:
    theme.set_scheme(Scheme.SYSTEM)
    yield theme
    theme.set_scheme(Scheme.LIGHT)


@both
def test_high_contrast_is_high_on_every_surface(tokens: Tokens) -> None:
    for role, least in SEEN.items():
        for surface in SURFACES:
            found = contrast(getattr(tokens, role), getattr(tokens, surface))
            assert found >= least, f"{role} on {surface}"
    for fill in (tokens.accent, tokens.accent_hover, tokens.accent_pressed):
        assert contrast(tokens.accent_text, fill) >= 7
    badges = [getattr(tokens, part.name) for part in fields(Tokens)]
    for badge in [one for one in badges if isinstance(one, Badge)]:
        assert contrast(badge.ink, badge.fill) >= 7
        for ground in (badge.soft, tokens.panel, tokens.window):
            assert contrast(badge.soft_ink, ground) >= 7


def test_every_scheme_but_that_of_the_system_has_tokens_of_its_name() -> None:
    assert set(TOKENS) == set(Scheme) - {Scheme.SYSTEM}
    assert all(tokens.name == scheme.value for scheme, tokens in TOKENS.items())


def test_the_looks_follow_what_the_desktop_says(plain: Theme, qtbot: QtBot) -> None:
    wishes = plain.findChildren(SystemWishes)[0]
    assert plain.tokens is LIGHT
    with qtbot.waitSignal(plain.changed):
        wishes._note(CONTRAST, 1)
    assert plain.tokens is LIGHT_CONTRAST
    with qtbot.waitSignal(plain.changed):
        wishes._note(DARK, 1)
    assert plain.tokens is DARK_CONTRAST
    plain.set_scheme(Scheme.LIGHT)
    wishes._note(CONTRAST, 0)
    assert plain.tokens is LIGHT


@pytest.mark.parametrize(
    ("wish", "value"), [(STILL, 1), (ANIMATIONS, False), (FACTOR, "0"), (FACTOR, 0.0)]
)
def test_nothing_moves_where_the_desktop_asks_for_it(
    qapp: QApplication, wish: tuple[str, str], value: object
) -> None:
    wishes = SystemWishes(qapp)
    assert not wishes.still
    wishes._note(wish, value)
    assert wishes.still


def test_a_movement_goes_on_from_where_the_last_one_was_broken_off(
    theme: Theme, qtbot: QtBot
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setMaximumHeight(100)
    move(theme, widget, "maximumHeight", 400, 10_000)
    move(theme, widget, "maximumHeight", 50, 10_000)
    running = widget.findChildren(QPropertyAnimation)
    assert [one.endValue() for one in running if one.parent() is widget] == [50]
    theme.set_still(on=True)
    move(theme, widget, "maximumHeight", 77, 10_000)
    assert widget.maximumHeight() == 77
    theme.set_still(on=False)
    move(theme, widget, "maximumHeight", 60, 1)
    qtbot.waitUntil(lambda: widget.maximumHeight() == 60)


PORTAL = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from bridge_app.ui.desktop_portal import PATH, PORTAL, SETTINGS
from bridge_app.ui.system_wishes import APPEARANCE

SAID = {"contrast": 1, "enable-animations": False}

class Portal(QDBusVirtualObject):
    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):
        asked = message.arguments()[1:]
        if asked and asked[0] in SAID:
            reply = message.createReply()
            reply.setArguments([QDBusVariant(SAID[asked[0]])])
        else:
            reply = message.createErrorReply("org.freedesktop.portal.Error.NotFound", "unknown")
        return connection.send(reply)

def turn_dark():
    told = QDBusMessage.createSignal(PATH, SETTINGS, "SettingChanged")
    told.setArguments([APPEARANCE, "color-scheme", QDBusVariant(1)])
    bus.send(told)

app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
portal = Portal()
bus.registerVirtualObject(PATH, portal)
bus.registerService(PORTAL)
print("ready", flush=True)
repeated = QTimer(interval=50)
repeated.timeout.connect(turn_dark)
repeated.start()
app.exec()
"""
DESKTOP = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from bridge_app.ui.system_wishes import SystemWishes

app = QApplication([])
wishes = SystemWishes(app)

def look():
    if wishes.dark and wishes.contrast and wishes.still:
        app.exit(0)

wishes.changed.connect(look)
wishes.ask_portal()
QTimer.singleShot(20000, lambda: app.exit(1))
sys.exit(app.exec())
"""


DBUS = which("dbus-run-session") or ""


@pytest.mark.skipif(not DBUS, reason="no session bus to be had")
def test_the_desktop_portal_is_asked_on_the_bus_and_heard_when_it_changes_its_mind(
    tmp_path: Path,
) -> None:
    """Two programs on a bus of their own: a portal, and one that follows it."""
    script = f"""
        mkfifo {tmp_path}/ready
        {sys.executable} -c "$1" > {tmp_path}/ready & portal=$!
        read -r ready < {tmp_path}/ready
        {sys.executable} -c "$2"; heard=$?
        kill $portal; exit $heard
    """
    done = subprocess.run(
        [DBUS, "--", "sh", "-c", script, "sh", PORTAL, DESKTOP],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
