"""All presets: seen on the chosen asset, searched, put in order, changed, doubled and deleted."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.published import PresetEffect
from bridge_app.storage.presets import PresetOrder
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line, preset_title
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.presets.keeping import Deed, PresetKeeping
from bridge_app.ui.presets.movable_lines import MovableLines, let_move
from bridge_app.ui.presets.preset_acts import PresetActs
from bridge_app.ui.presets.preset_row import PresetRow
from bridge_app.ui.presets.preview_card import PreviewCard
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.ui.presets.wording import preset_facts, set_title

LOOK_MS = 60
CARD_PX = 280


class PresetsPage(QWidget):
    """`useWanted` tells a preset that somebody wants to work on in the studio."""

    useWanted = Signal(object)  # RenditionPreset

    def __init__(
        self,
        keeping: PresetKeeping,
        previews: PresetPreviews,
        asker: Asker,
        looks: Looks,
    ) -> None:
        super().__init__()
        self._keeping = keeping
        self._previews = previews
        self._looks = looks
        self.acts = PresetActs(keeping, previews, asker, looks, self)
        self._counting = Latest(asker, self)
        self.search = QLineEdit(placeholderText=self.tr("Search presets"))
        self.lines = MovableLines(self)
        self.view = QListView()
        self.card = PreviewCard(previews, looks.theme, looks.icons)
        self._name = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._uses = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._look = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._buttons: dict[str, QPushButton] = {}
        self._build()
        self._connect()

    @property
    def chosen(self) -> RenditionPreset | None:
        """The preset that is selected."""
        key = self.view.currentIndex().data(LineRole.KEY)
        return self._keeping.library.presets.get(str(key)) if key else None

    @property
    def uses(self) -> str:
        """Which sets name the chosen preset, and what is published with it."""
        return self._uses.text()

    def choose(self, name: str) -> None:
        """Select a preset."""
        row = self.lines.row_of(name)
        if row >= 0:
            self.view.setCurrentIndex(self.lines.index(row))

    def press(self, act: str) -> None:
        """Press a button by what it does: new, change, double, delete, use."""
        self._buttons[act].click()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: pictures are made of what can be seen."""
        super().showEvent(event)
        self._look.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less can be seen."""
        super().resizeEvent(event)
        self._look.start()

    # How it is put together

    def _build(self) -> None:
        let_move(self.view, self.lines)
        looks = self._looks
        self.view.setItemDelegate(
            PresetRow(
                looks.theme,
                looks.icons,
                self.view,
                preset_of=self._of,
                cell_of=self._previews.cell,
            )
        )
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Presets"))
        let_clear(self.search)
        self.search.setAccessibleName(self.search.placeholderText())
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.view, 1)
        left.addLayout(self._row_of_buttons())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addWidget(self._side())

    def _row_of_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for act, text, do in (
            ("new", self.tr("&New…"), lambda: self.acts.edit(None)),
            ("change", self.tr("&Change…"), lambda: self._on_chosen(self.acts.edit)),
            ("double", self.tr("&Duplicate"), lambda: self._on_chosen(self.acts.double)),
            ("delete", self.tr("De&lete"), lambda: self._on_chosen(self.acts.delete)),
        ):
            row.addWidget(self._button(act, text, do))
        row.addStretch(1)
        self._buttons["delete"].setProperty("kind", "danger")
        return row

    def _button(self, act: str, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: do())  # noqa: PLW0108 - it takes no flag
        self._buttons[act] = button
        return button

    def _side(self) -> QFrame:
        self._name.setProperty("tone", "strong")
        self._text.setProperty("tone", "muted")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(self.tr("Transformation"))
        self._uses.setProperty("tone", "muted")
        side = QFrame()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.card, self._name, self._text, self._uses):
            column.addWidget(part)
        words = self.tr("Open in the &studio")
        use = self._button("use", words, lambda: self._on_chosen(self.useWanted.emit))
        column.addWidget(use)
        side.setFixedWidth(max(CARD_PX, self.card.least_px, use.sizeHint().width()))
        column.addStretch(1)
        return side

    def _connect(self) -> None:
        self._keeping.changed.connect(self.fill)
        self._previews.arrived.connect(self.view.viewport().update)
        self._look.timeout.connect(self._make_seen)
        self.search.textEdited.connect(self.fill)
        self.view.verticalScrollBar().valueChanged.connect(lambda _: self._look.start())
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.view.doubleClicked.connect(lambda _: self._on_chosen(self.acts.edit))
        self.acts.showWanted.connect(self.choose)
        self.lines.arranged.connect(self._arrange)
        for keys, act in (("F2", "change"), ("Del", "delete"), ("Return", "change")):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._buttons[act].click)

    # What is shown

    def fill(self) -> None:
        """Show what is kept now, as far as the search asks for it."""
        words = self.search.text().casefold().split()
        presets = [one for one in self._keeping.library.presets.values() if _fits(one, words)]
        before = self.view.currentIndex().row()
        key = self.view.currentIndex().data(LineRole.KEY)
        self.lines.movable = not words
        self.lines.renew([_line(one) for one in presets])
        row = self.lines.row_of(str(key)) if key else 0
        row = row if row >= 0 else min(before, len(presets) - 1)
        if row >= 0 and presets:
            self.view.setCurrentIndex(self.lines.index(row))
        self._follow()
        self._look.start()

    def _of(self, key: str) -> RenditionPreset | None:
        return self._keeping.library.presets.get(key)

    def _make_seen(self) -> None:
        """Have pictures made of the chosen one first, and then of those on the screen."""
        if not self.isVisible():
            return
        chosen = self.chosen
        first = self.view.indexAt(self.view.viewport().rect().topLeft()).row()
        last = self.view.indexAt(self.view.viewport().rect().bottomLeft()).row()
        last = last if last >= 0 else self.lines.rowCount() - 1
        seen = (self._of(key) for key in self.lines.keys[max(0, first) : last + 1])
        self._previews.want([one for one in (chosen, *seen) if one is not None])

    def _follow(self) -> None:
        chosen = self.chosen
        for act in ("change", "double", "delete", "use"):
            self._buttons[act].setEnabled(chosen is not None)
        self._buttons["use"].setVisible(self._previews.asset is not None)
        self.card.show_preset(chosen)
        self._counting.forget()
        if chosen is None:
            for part in (self._name, self._text, self._uses):
                part.setText("")
            return
        self._name.setText(preset_title(chosen))
        self._text.setText(isolated(_breakable(chosen.transformation)))
        library = self._keeping.library
        sets = [library.sets[name] for name in library.sets_with(chosen.name)]
        told = self.tr("In {sets}").format(sets=", ".join(map(set_title, sets))) if sets else ""
        self._uses.setText(told)
        self._look.start()
        self._counting.ask(
            lambda: self._keeping.shelf.effect_of_removing(chosen.name),
            lambda effect: self._tell_published(told, effect),
            lambda _: None,
        )

    def _tell_published(self, told: str, effect: PresetEffect) -> None:
        count = len(effect.outdated)
        if count:
            words = self.tr("%Ln rendition(s) published with it", "", count)
            self._uses.setText("\n".join(filter(None, (told, words))))

    # What a person does

    def _on_chosen(self, act: Callable[[RenditionPreset], None]) -> None:
        if self.chosen is not None:
            act(self.chosen)

    def _arrange(self, keys: tuple[str, ...]) -> None:
        order = PresetOrder(presets=keys, sets=tuple(self._keeping.library.sets))
        words = self.tr("The presets are in another order.")
        self._keeping.do(Deed(act=lambda: self._keeping.shelf.arrange(order), said=words))


def _line(preset: RenditionPreset) -> Line:
    return Line(
        key=preset.name,
        icon="image",
        title=preset_title(preset),
        text=preset_facts(preset),
        mark=one_line(preset.channel),
    )


def _fits(preset: RenditionPreset, words: list[str]) -> bool:
    """Each word stands somewhere in it."""
    parts = (preset.name, preset_title(preset), preset.channel, preset.transformation)
    text = " ".join((*parts, *preset.markets, *preset.languages)).casefold()
    return all(word in text for word in words)


def _breakable(text: str) -> str:
    """A transformation that may be broken behind its commas and slashes."""
    return text.replace(",", ",\u200b").replace("/", "/\u200b")
