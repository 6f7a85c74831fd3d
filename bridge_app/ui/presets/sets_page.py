"""All sets, and the presets of the one that is chosen: ticked, and put into order."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.storage.presets import PresetChange, PresetOrder
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import preset_title
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.keeping import Deed, PresetKeeping
from bridge_app.ui.presets.movable_lines import MovableLines, TickedLines, let_move
from bridge_app.ui.presets.set_form import SetForm
from bridge_app.ui.presets.wording import DOT, contract_text, set_title
from bridge_app.work.preset_shelf import PresetTakenError


class SetsPage(QWidget):
    """What is ticked or moved is kept at once, and can be taken back."""

    def __init__(self, keeping: PresetKeeping, looks: Looks) -> None:
        super().__init__()
        self._keeping = keeping
        self._looks = looks
        self.lines = MovableLines(self)
        self.view = QListView()
        self.members = TickedLines(self)
        self.member_view = QListView()
        self._heading = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._buttons: dict[str, QPushButton] = {}
        self._shown = ""
        self._build()
        self._connect()

    @property
    def chosen(self) -> RenditionSet | None:
        """The set that is selected."""
        key = self.view.currentIndex().data(LineRole.KEY)
        return self._keeping.library.sets.get(str(key)) if key else None

    def choose(self, name: str) -> None:
        """Select a set."""
        row = self.lines.row_of(name)
        if row >= 0:
            self.view.setCurrentIndex(self.lines.index(row))

    def press(self, act: str) -> None:
        """Press a button by what it does: new, change, double, delete."""
        self._buttons[act].click()

    def _build(self) -> None:
        let_move(self.view, self.lines)
        let_move(self.member_view, self.members)
        theme, icons = self._looks.theme, self._looks.icons
        self.view.setItemDelegate(TwoLine(theme, icons, self.view))
        for view, name in (
            (self.view, self.tr("Sets")),
            (self.member_view, self.tr("Presets of the set")),
        ):
            view.setUniformItemSizes(True)
            view.setMouseTracking(True)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setAccessibleName(name)
        self._heading.setProperty("tone", "heading")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for act, text, do in (
            ("new", self.tr("&New…"), lambda: self._open_form(None)),
            ("change", self.tr("&Rename…"), lambda: self._on_chosen(self._open_form)),
            ("double", self.tr("&Duplicate"), lambda: self._on_chosen(self._double)),
            ("delete", self.tr("De&lete"), lambda: self._on_chosen(self._delete)),
        ):
            buttons.addWidget(self._button(act, text, do))
        buttons.addStretch(1)
        self._buttons["delete"].setProperty("kind", "danger")
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.view, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._heading)
        right.addWidget(self.member_view, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addLayout(right, 1)

    def _button(self, act: str, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: do())  # noqa: PLW0108 - it takes no flag
        self._buttons[act] = button
        return button

    def _connect(self) -> None:
        self._keeping.changed.connect(self.fill)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.view.doubleClicked.connect(lambda _: self._on_chosen(self._open_form))
        self.lines.arranged.connect(self._arrange)
        self.members.ticked.connect(self._keep_members)
        self.members.arranged.connect(lambda _: self._keep_members(self.members.on))
        for keys, act in (("F2", "change"), ("Del", "delete"), ("Return", "change")):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._buttons[act].click)

    # What is shown

    def fill(self) -> None:
        """Show what is kept now."""
        if not self._keeping.is_quiet:
            return  # what was ticked or moved after this is on its way
        before = self.view.currentIndex().row()
        key = self.view.currentIndex().data(LineRole.KEY)
        self.lines.renew([self._line(one) for one in self._keeping.library.sets.values()])
        row = self.lines.row_of(str(key)) if key else 0
        row = row if row >= 0 else min(before, self.lines.rowCount() - 1)
        if row >= 0 and self.lines.rowCount():
            self.view.setCurrentIndex(self.lines.index(row))
        self._follow()

    def _line(self, one: RenditionSet) -> Line:
        presets = self._keeping.library.presets
        titles = [preset_title(presets[name]) for name in one.presets if name in presets]
        count = self.tr("%Ln preset(s)", "", len(one.presets))
        return Line(
            key=one.name,
            icon="layers",
            title=set_title(one),
            text=DOT.join(filter(None, (count, ", ".join(titles)))),
        )

    def _follow(self) -> None:
        chosen = self.chosen
        for act in ("change", "double", "delete"):
            self._buttons[act].setEnabled(chosen is not None)
        self.member_view.setEnabled(chosen is not None)
        if chosen is None:
            self._heading.setText("")
            self.members.take([])
            return
        title = self.tr("Presets of “{set}”: tick them, and drag them into their order")
        self._heading.setText(title.format(set=set_title(chosen)))
        self.members.renew([self._member(name) for name in self._names(chosen)])
        self._shown = chosen.name
        self.members.show_ticks(chosen.presets)

    def _names(self, chosen: RenditionSet) -> list[str]:
        """All presets, those of the set first; rows that are shown stay where they are."""
        presets = self._keeping.library.presets
        is_shown = chosen.name == self._shown and chosen.presets == self.members.on
        if is_shown and presets.keys() == set(self.members.keys):
            return [*self.members.keys]
        return [name for name in dict.fromkeys((*chosen.presets, *presets)) if name in presets]

    def _member(self, name: str) -> Line:
        preset = self._keeping.library.presets[name]
        facts = contract_text(preset.contract)
        title = DOT.join(filter(None, (preset_title(preset), facts, preset.channel)))
        return Line(key=name, icon="image", title=title, text=preset.transformation)

    # What a person does

    def _on_chosen(self, act: Callable[[RenditionSet], None]) -> None:
        if self.chosen is not None:
            act(self.chosen)

    def _keep_members(self, names: tuple[str, ...]) -> None:
        chosen = self._keeping.library.sets.get(self._shown)
        if chosen is None:
            return
        after = replace(chosen, presets=names)
        words = self.tr("“{set}” was changed.").format(set=set_title(chosen))
        shelf = self._keeping.shelf
        self._keeping.do(Deed(act=lambda: shelf.save_set(after), said=words))

    def _open_form(self, one: RenditionSet | None) -> None:
        form = SetForm(self._looks.theme, self._looks.icons, one, self.window())
        form.wanted.connect(lambda title, name: self._save(form, one, (title, name)))
        open_dialog(form)

    def _save(self, form: SetForm, before: RenditionSet | None, called: tuple[str, str]) -> None:
        title, name = called
        shelf, sets = self._keeping.shelf, self._keeping.library.sets
        after = RenditionSet(name=name, title=title, presets=before.presets if before else ())
        is_other = before is None or before.name != name
        if is_other and name in sets:
            form.refuse(PresetTakenError(name=name))
            return

        def act() -> PresetChange:
            if before is not None and before.name != name:
                return shelf.rename_set(before.name, after)
            return shelf.save_set(after)

        def done(_: PresetChange) -> None:
            form.accept()
            self.choose(name)

        words = self.tr("“{set}” was saved.").format(set=set_title(after))
        self._keeping.do(Deed(act=act, said=words, done=done, refused=form.refuse))

    def _double(self, chosen: RenditionSet) -> None:
        title = self.tr("{set} (copy)").format(set=set_title(chosen))
        words = self.tr("“{set}” was duplicated.").format(set=set_title(chosen))
        shelf = self._keeping.shelf

        def done(change: PresetChange) -> None:
            for name in change.sets:
                self.choose(name)

        self._keeping.do(
            Deed(act=lambda: shelf.duplicate_set(chosen.name, title=title), said=words, done=done)
        )

    def _delete(self, chosen: RenditionSet) -> None:
        words = self.tr("“{set}” was deleted. Its presets stay.").format(set=set_title(chosen))
        shelf = self._keeping.shelf
        self._keeping.do(Deed(act=lambda: shelf.remove(sets=[chosen.name]), said=words))

    def _arrange(self, keys: tuple[str, ...]) -> None:
        order = PresetOrder(presets=tuple(self._keeping.library.presets), sets=keys)
        words = self.tr("The sets are in another order.")
        self._keeping.do(Deed(act=lambda: self._keeping.shelf.arrange(order), said=words))
