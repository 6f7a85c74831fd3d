"""The standard fields of masters as a form of groups that fold; filled without blinking.

It tells what a person said as `Change`s; whoever owns it has them recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.standard_fields import (
    FIELDS,
    Group,
    StandardField,
    field_named,
    field_of,
    path_of,
)
from bridge_app.domain.standard_schema import LISTED, MOST_ENTRIES
from bridge_app.ui.icons import Icons
from bridge_app.ui.metadata_wording import group_text
from bridge_app.ui.panels.standard_custom import GROUP as CUSTOM_GROUP
from bridge_app.ui.panels.standard_custom import CustomGroup
from bridge_app.ui.panels.standard_entries import AddEntry, EntryHead, emptied, free_number
from bridge_app.ui.panels.standard_facts import StandardFacts
from bridge_app.ui.panels.standard_group import StandardGroup
from bridge_app.ui.panels.standard_rows import StandardRow
from bridge_app.ui.panels.standard_seldom import RARE, SELDOM
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.panels.standard_tool import RowTool
from bridge_app.ui.panels.standard_words import Suggest, WordsEditor
from bridge_app.ui.spelling.speller import Speller
from bridge_app.ui.theme import Theme

SPELT = frozenset({"title", "headline", "caption", "alt_text", "extended_description"})
"""Fields of prose, whose spelling is looked up."""
OPEN = (Group.DESCRIPTION, Group.CREATOR, Group.RIGHTS)
"""What is open before a person has opened and closed anything."""
PLAIN = {known.id: path_of(known.id) for known in FIELDS}


class StandardForm(QWidget):
    """Groups of rows; what was made once is used for every asset that is shown.

    `tool` is the small button that stands where the person is.

    Signals:
        said: A Change.
        saidTogether: Changes that are one, to be undone together.
        settleWanted, againWanted, discardWanted, historyWanted: The FieldPath it is about.
        stepWanted: So many assets on, or back.
        folded: Other groups are open now.
        wordsWanted: The id of a field that takes words: what is there to be suggested?
    """

    said = Signal(object)
    saidTogether = Signal(object)
    settleWanted = Signal(object)
    againWanted = Signal(object)
    discardWanted = Signal(object)
    historyWanted = Signal(object)
    stepWanted = Signal(int)
    folded = Signal()
    wordsWanted = Signal(str)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._sheet = MasterSheet()
        self._speller: Speller | None = None
        self._rows: dict[FieldPath, StandardRow] = {}
        self._facts: dict[Group, StandardFacts] = {}
        self._whole: set[Group] = set()
        self._more: dict[Group, QPushButton] = {}
        self._added: dict[str, frozenset[FieldPath]] = {}
        self._heads: dict[tuple[Group, int], EntryHead] = {}
        self._another: dict[Group, AddEntry] = {}
        self._fresh: defaultdict[Group, set[int]] = defaultdict(set)
        """Structures of lists that somebody added to these masters, and that say nothing yet."""
        self._at: dict[str, frozenset[FieldPath]] = {}
        """The field that has the keyboard, by its id: it stays, whoever is shown."""
        self._editable, self._facts_of = _fields(editable=True), _fields(editable=False)
        self._groups = {group: self._new_group(group) for group in Group}
        self.custom = CustomGroup(
            theme, icons, title=self.tr("Custom fields"), new_row=self._new_row
        )
        self._wanted: tuple[str, ...] | None = tuple(name.value for name in OPEN)
        self.all_groups = QPushButton(autoDefault=False)
        self._has_all = False
        self.tool = RowTool(icons)
        self.tool.setParent(self)
        self._build()

    @property
    def rows(self) -> Sequence[StandardRow]:
        """The rows that were made, in no order."""
        return tuple(self._rows.values())

    @property
    def open_groups(self) -> tuple[str, ...]:
        """The names of the groups that are open."""
        if self._wanted is not None:
            return self._wanted
        return tuple(name for name, group in self._named() if group.is_open)

    def group(self, name: Group) -> StandardGroup:
        """A group of the form."""
        return self._groups[name]

    def row(self, path: FieldPath) -> StandardRow:
        """The row of a field; its group is opened, and it is shown even if it says nothing."""
        known = field_of(path)
        if known is None:
            self.custom.set_open(on=True)
            return self.custom.rows[path]
        self._groups[known.group].set_open(on=True)
        if known.number > 1:
            self._fresh[known.group].add(known.number)
        if path not in self._rows:
            self._added[known.id] = self._added.get(known.id, frozenset()) | {path}
            self._fill(known.group)
        return self._rows[path]

    def set_open_groups(self, names: Iterable[str]) -> None:
        """Open these, and close all others; rows are made when there is something to show."""
        self._wanted = tuple(names)
        if not self._sheet.is_empty:
            self._open()

    def show_whole(self, name: Group) -> None:
        """Show all fields of a group, those too that are seldom used."""
        self._whole.add(name)
        self._fill(name)

    def show_all_groups(self) -> None:
        """Show the groups, too, that are seldom used and say nothing."""
        self._has_all = True
        self._show_groups()

    def add_entry(self, name: Group) -> None:
        """Offer one more structure of a list."""
        number = free_number(self._numbers(name))
        self._fresh[name].add(number)
        self._fill(name)
        first = PLAIN[self._editable[name][0].id]
        self.row(path_of(f"{first.key}#{number}")).editor.setFocus()

    def remove_entry(self, name: Group, number: int) -> None:
        """Take a structure of a list away, with all that it says."""
        self._fresh[name].discard(number)
        if changes := emptied(self._sheet, name, number):
            self.saidTogether.emit(changes)
        self._fill(name)

    def add_language(self, path: FieldPath) -> None:
        """Offer a field in a language in which nobody has said it yet."""
        self.row(path).editor.setFocus()

    def show_menu(self) -> None:
        """Open the menu of the field that has the keyboard."""
        row = self._focused()
        if row is not None:
            self.tool.serve(row)
            self.tool.show_menu()

    def spell_with(self, speller: Speller) -> None:
        """Mark in prose what no dictionary knows, in the rows that are made from now on."""
        self._speller = speller

    def suggest_with(self, name: str, suggest: Suggest) -> None:
        """What the editor of a field that takes words suggests for what is typed."""
        row = self._rows.get(PLAIN[name])
        if row is not None and isinstance(row.editor, WordsEditor):
            row.editor.words.suggest_with(suggest)

    def show_sheet(self, sheet: MasterSheet) -> None:
        """Show what the masters say. Rows are used again, whoever they are about."""
        before = [one.asset.id for one in self._sheet.masters]
        if before != [one.asset.id for one in sheet.masters]:
            self._fresh.clear()
        self._sheet = sheet
        row = self._focused()
        self._at = {row.field.id: frozenset({row.path})} if row else {}
        self._open()
        for name, group in self._groups.items():
            group.show_count(sheet.filled.get(name, 0), sheet.lacking.get(name, 0))
            if group.is_open:
                self._fill(name)
        self._show_groups()
        self.custom.show_sheet(sheet)

    def leave(self) -> str:
        """What is being typed is said; the sentence about what is no value, else ""."""
        row = self._focused()
        return row.leave() if row is not None else ""

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for _, group in self._named():
            layout.addWidget(group)
        self.all_groups.setProperty("kind", "quiet")
        self.all_groups.clicked.connect(self.show_all_groups)
        layout.addWidget(self.all_groups, 0, Qt.AlignmentFlag.AlignLeading)
        self.custom.toggled.connect(lambda _: self.folded.emit())
        self.tool.historyWanted.connect(self.historyWanted)
        self.tool.languageWanted.connect(self.add_language)

    def _show_groups(self) -> None:
        """Seldom used groups are shown where they say something, are needed, open, or wanted."""
        told = self._sheet.filled, self._sheet.lacking
        hidden = 0
        for name in RARE:
            group = self._groups[name]
            says = group.is_open or any(counts.get(name) for counts in told)
            group.setVisible(self._has_all or says)
            hidden += not (self._has_all or says)
        self.all_groups.setVisible(hidden > 0)
        self.all_groups.setText(self.tr("%Ln more group(s)", "", hidden))

    def _open(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            for name, group in self._named():
                group.set_open(on=name in wanted)

    def _named(self) -> Iterator[tuple[str, StandardGroup]]:
        """The groups with the names by which it is remembered which are open."""
        yield from ((name.value, group) for name, group in self._groups.items())
        yield CUSTOM_GROUP, self.custom

    def _new_group(self, name: Group) -> StandardGroup:
        group = StandardGroup(
            self._theme, self._icons, title=group_text(name), make=partial(self._make, name)
        )
        group.opened.connect(partial(self._fill, name))
        group.opened.connect(self._show_groups)
        group.toggled.connect(lambda _: self.folded.emit())
        return group

    def _make(self, name: Group, layout: QVBoxLayout) -> None:
        """What every master has in this group; languages and seldom fields come when needed."""
        self._facts[name] = StandardFacts(self._facts_of[name])
        layout.addWidget(self._facts[name])
        more = QPushButton(autoDefault=False)
        more.setProperty("kind", "quiet")
        more.clicked.connect(partial(self.show_whole, name))
        self._more[name] = more
        layout.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        if name in LISTED:
            another = self._another[name] = AddEntry(self._theme, self._icons, name)
            another.clicked.connect(partial(self.add_entry, name))
            layout.addWidget(another, 0, Qt.AlignmentFlag.AlignLeading)

    def _fill(self, name: Group) -> None:
        """Show in an open group what is to be shown of it."""
        body = self._groups[name].body
        if body is None:
            return
        fields = self._editable[name]
        numbers = (1, *self._numbers(name))
        parts = {
            number: [path for known in fields for path in self._paths(known.nth(number))]
            for number in numbers
        }
        shown = {path for paths in parts.values() for path in paths}
        made = [path for path in shown if path not in self._rows]
        widgets: list[QWidget] = []
        for number, paths in parts.items():
            widgets += [self._head(name, number)] if number > 1 else []
            widgets += [self._rows.get(path) or self._standard_row(path) for path in paths]
        for place, widget in enumerate(widgets):
            if body.indexOf(widget) != place:
                body.insertWidget(place, widget)
            if isinstance(widget, StandardRow):
                widget.show_sheet(self._sheet)
        rows = [row for row in self._rows.values() if row.field.group is name]
        heads = [head for (group, _), head in self._heads.items() if group is name]
        for widget in (*rows, *heads):
            if widget.isHidden() is (widget in widgets):
                widget.setVisible(widget in widgets)
        self._facts[name].show_sheet(self._sheet)
        self._offer_more(name, sum(PLAIN[known.id] not in shown for known in fields))
        self._offer_another(name, numbers)
        if made:
            self._order()

    def _offer_another(self, name: Group, numbers: Sequence[int]) -> None:
        """One more of a list, where there is one already and another has a place."""
        button = self._another.get(name)
        if button is not None:
            second = path_of(self._editable[name][0].nth(2).id)
            says = bool(self._sheet.filled.get(name)) and self._sheet.may_edit(second)
            button.setVisible(says and max(numbers) < MOST_ENTRIES)

    def _numbers(self, name: Group) -> list[int]:
        """Which structures of a group's list are shown beside the first."""
        if name not in LISTED:
            return []
        said = self._sheet.entries.get(name, frozenset())
        held = filter(None, map(field_named, self._at))
        at = {known.number for known in held if known.group is name}
        return sorted((said | self._fresh[name] | at) - {1})

    def _head(self, name: Group, number: int) -> EntryHead:
        if (name, number) not in self._heads:
            head = EntryHead(self._theme, self._icons, name, number)
            head.removeWanted.connect(partial(self.remove_entry, name, number))
            self._heads[name, number] = head
        return self._heads[name, number]

    def _offer_more(self, name: Group, hidden: int) -> None:
        more = self._more[name]
        more.setVisible(hidden > 0)
        if hidden:
            more.setText(self.tr("%Ln more field(s)", "", hidden))

    def _order(self) -> None:
        """Tab goes from field to field as they stand, whenever they were made."""
        chain: list[QWidget] = []
        for name, group in self._groups.items():
            chain.append(group.head)
            if group.body is not None:
                own = [row for row in self._rows.values() if row.field.group is name]
                chain += [row.editor for row in sorted(own, key=group.body.indexOf)]
                chain.append(self._more[name])
        chain += [self.all_groups, self.custom.head]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _paths(self, known: StandardField) -> list[FieldPath]:
        """The field, and its languages; nothing of one that is seldom used and empty."""
        plain = PLAIN.get(known.id) or path_of(known.id)
        added = self._added.get(known.id, frozenset()) | self._at.get(known.id, frozenset())
        told = [path_of(known.id, tag) for tag in self._sheet.languages.get(known.id, ())]
        others = sorted({*told, *added} - {plain})
        sheet = self._sheet
        says = plain in sheet.fields or plain in added or others or known.id in sheet.required
        seldom = known.base in SELDOM and known.group not in self._whole
        return [] if seldom and not says else [plain, *others]

    def _standard_row(self, path: FieldPath) -> StandardRow:
        row = self._rows[path] = self._new_row(path)
        if self._speller is not None and row.field.id in SPELT:
            row.spell_with(self._speller)
        if isinstance(row.editor, WordsEditor):
            self.wordsWanted.emit(row.field.id)
        return row

    def _new_row(self, path: FieldPath, field: StandardField | None = None) -> StandardRow:
        row = StandardRow(self._theme, self._icons, path, field)
        row.said.connect(self.said)
        row.stepWanted.connect(self.stepWanted)
        row.entered.connect(self.tool.serve)
        row.settleWanted.connect(partial(self.settleWanted.emit, path))
        row.againWanted.connect(partial(self.againWanted.emit, path))
        row.discardWanted.connect(partial(self.discardWanted.emit, path))
        return row

    def _focused(self) -> StandardRow | None:
        """The row that has the keyboard."""
        focus = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, StandardRow):
            focus = focus.parentWidget()
        return focus if focus is not None and self.isAncestorOf(focus) else None


def _fields(*, editable: bool) -> dict[Group, list[StandardField]]:
    return {
        group: [one for one in FIELDS if one.group is group and one.editable is editable]
        for group in Group
    }
