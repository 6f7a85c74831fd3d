"""How dense a window is, whether it moves, and where its panels are on which screens."""

from dataclasses import replace

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from bridge_app.ui import window_state
from bridge_app.ui.full_screen import FullScreen
from bridge_app.ui.messages import number_text
from bridge_app.ui.on_screen import OnScreen
from bridge_app.ui.panel_area import PanelArea
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.screen_layouts import layout_on, screens_now, with_layout
from bridge_app.ui.text_size import LIKE_THE_DESKTOP
from bridge_app.ui.window_core import Core

SMALL_PX = 800
"""A screen that is lower has little room for the usual density: laptops with 720 or 768 lines."""


class WindowLooks(QObject):
    """Hears the actions about the looks, and keeps what was chosen."""

    def __init__(
        self, window: QMainWindow, core: Core, area: PanelArea, messages: MessageBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._core = core
        self._area = area
        self._messages = messages
        self._screens = ""
        actions = core.actions
        self.full = FullScreen(window, actions.full_screen, (actions.sidebar, actions.inspector))
        looking = actions.looking
        core.remembering.changed.connect(self._follow)
        looking.still.toggled.connect(self._set_still)
        looking.compact.toggled.connect(self._set_compact)
        # PySide calls a builtin method without the flag, a lambda with it.
        looking.arrange.toggled.connect(lambda on: area.arrange(on=on))
        looking.swap.triggered.connect(area.swap)
        looking.put_back.triggered.connect(lambda: area.put_back(window_state.USUAL_PX))
        OnScreen(window)
        self._wishes = core.looks.theme.wishes
        if self._wishes is not None:
            self._wishes.changed.connect(self._hear_text_size)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            for moved in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
                moved.connect(self._change_screens)

    def restore(self) -> None:
        """Look as the person left it; the panels stand as on these screens."""
        kept, looking = self._core.remembering.settings, self._core.actions.looking
        looking.still.setChecked(kept.still)
        looking.compact.setChecked(kept.compact)
        self._screens = self._key()

    def remember(self) -> None:
        """Have it kept where the panels are now."""
        remembering = self._core.remembering
        kept = remembering.settings
        layouts = with_layout(kept.layouts, self._screens, self._area.state())
        remembering.keep(replace(kept, layouts=layouts, splitter=tuple(self._area.sizes())))

    def offer_compact(self) -> None:
        """Say once, where the screen is small, that there is a view for it."""
        remembering, looking = self._core.remembering, self._core.actions.looking
        kept = remembering.settings
        room = self._window.screen().availableGeometry().height()
        if room < SMALL_PX and not kept.compact and not kept.compact_offered:
            text = self.tr("This screen is small: closer together, more has room on it.")
            self._messages.say(Tone.INFO, text, action=looking.compact)
            remembering.keep(replace(kept, compact_offered=True))

    def _follow(self) -> None:
        """Another window may have been told how all are to look."""
        kept, looking = self._core.remembering.settings, self._core.actions.looking
        looking.still.setChecked(kept.still)
        looking.compact.setChecked(kept.compact)

    def _hear_text_size(self) -> None:
        """The desktop asks for letters of another size, which only a new start can show."""
        remembering = self._core.remembering
        kept, asked = remembering.settings, self._wishes and self._wishes.text_size
        if not asked or asked == kept.desktop_text_size:
            return
        remembering.keep(replace(kept, desktop_text_size=asked))
        if kept.text_size == LIKE_THE_DESKTOP and remembering.is_first:
            size = f"{number_text(asked)} {QLocale().percent()}"
            text = self.tr("The desktop asks for a text size of {size}.").format(size=size)
            offered = self._core.actions.looking.text_sizes[LIKE_THE_DESKTOP]
            self._messages.say(Tone.INFO, text, action=offered)

    def _set_still(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._core.looks.theme.set_still(on=on)
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, still=on))

    def _set_compact(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._core.looks.theme.set_compact(on=on)
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, compact=on))

    def _change_screens(self) -> None:
        """Other screens than before: the panels are where they were the last time with these."""
        self.remember()
        self._screens = self._key()
        self._area.restore(layout_on(self._core.remembering.settings.layouts, self._screens))

    def _key(self) -> str:
        return screens_now(rtl=self._window.isRightToLeft())
