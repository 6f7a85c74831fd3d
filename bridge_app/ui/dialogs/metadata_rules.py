"""The conditional metadata rules of an environment: listed, ordered, made, changed and deleted."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_rules import MetadataRule, Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.list_page import ListPage
from bridge_app.ui.dialogs.metadata_rule_form import MetadataRuleForm
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.rule_wording import condition_text, result_text
from bridge_app.ui.theme import Theme
from bridge_app.work.editing import Editing

WIDTH_PX, HEIGHT_PX = 700, 620
ICON_PX = 16
FEWEST_FIELDS = 2
"""A rule asks about one field and changes another."""


class MetadataRulesDialog(QDialog):
    """A list and a form; what the key may not do is disabled, with the service's own words."""

    def __init__(
        self,
        editing: Editing,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._environment = environment
        self._theme = theme
        self._icons = icons
        self._latest = Latest(asker, self)
        self._schema = Schema()
        self._form = MetadataRuleForm(theme, icons)
        self._pages = QStackedWidget()
        self._add = QPushButton(self.tr("New rule…"), autoDefault=False)
        self._change = QPushButton(self.tr("Change…"), autoDefault=False)
        self._delete = QPushButton(self.tr("Delete…"), autoDefault=False)
        self._earlier = self._move_button(later=False)
        self._later = self._move_button(later=True)
        self.page = self._built_list()
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Metadata rules"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self.page, self._form):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._form.entered.connect(self._put)
        self._form.backWanted.connect(self._show_list)
        self._theme.changed.connect(self._dress)
        self._dress()
        self._tell()

    def _built_list(self) -> ListPage:
        head = DialogHead(
            self._theme,
            self._icons,
            "list-checks",
            title=self.tr("Metadata rules of “{name}”").format(name=self._environment),
            text=self.tr("What one field says switches others on, limits them or fills them in."),
        )
        self._add.setProperty("kind", "primary")
        self._add.clicked.connect(lambda: self._show_form(None))
        self._change.clicked.connect(self._edit)
        self._delete.setProperty("kind", "danger")
        self._delete.clicked.connect(self._ask_before_deleting)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.accept)
        shown = (self._add, self._change, self._delete, self._earlier, self._later)
        page = ListPage(
            self._theme,
            self._icons,
            head,
            name=self.tr("Metadata rules"),
            buttons=[(shown, (close,))],
        )
        page.view.selectionModel().currentChanged.connect(self._tell)
        page.view.activated.connect(self._edit)
        for button, keys in ((self._earlier, "Alt+Up"), (self._later, "Alt+Down")):
            shortcut = QShortcut(QKeySequence(keys), page.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)
        return page

    def _move_button(self, *, later: bool) -> QPushButton:
        button = QPushButton(autoDefault=False)
        words = self.tr("Apply later (Alt+Down)") if later else self.tr("Apply earlier (Alt+Up)")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(partial(self._move, later=later))
        return button

    def _dress(self) -> None:
        self._earlier.setIcon(self._icons.icon("arrow-up", size_px=ICON_PX))
        self._later.setIcon(self._icons.icon("arrow-down", size_px=ICON_PX))

    def _read(self) -> None:
        """What is known at once, then what the service says."""
        editing, environment = self._editing, self._environment

        def known(schema: Schema) -> None:
            self._fill(schema)
            self._latest.ask(lambda: editing.read_schema(environment), self._show, self._fail)

        self._latest.ask(lambda: editing.schema(environment), known, self._fail)

    def _show(self, schema: Schema) -> None:
        """What the service says: that there is nothing is known as well."""
        self._fill(schema)
        few = len(self._schema.fields) < FEWEST_FIELDS
        self.page.place.say(self._needs_two() if few else self.tr("There is no rule yet."))

    def _fill(self, schema: Schema) -> None:
        self._schema = schema
        self.page.take([self._line(rule) for rule in schema.rules])
        self._tell()

    def _line(self, rule: MetadataRule) -> Line:
        when = condition_text(rule.condition, self._schema)
        return Line(
            key=rule.external_id,
            icon="list-checks",
            title=one_line(rule.name or when),
            text=self.tr("{result}, when {condition}").format(
                result=result_text(rule, self._schema), condition=when
            ),
            mark="" if rule.active else self.tr("Not in use"),
        )

    def _tell(self) -> None:
        """What can be done now, and why not."""
        permission = self._editing.permission(self._environment)
        may = not permission.is_denied
        few = len(self._schema.fields) < FEWEST_FIELDS
        has_one = self._rule() is not None
        self._add.setEnabled(may and not few)
        self._change.setEnabled(has_one and may and not few)
        self._delete.setEnabled(has_one and may)
        for button, beside in zip(
            (self._earlier, self._later),
            self._schema.rules_beside(self.page.key() or ""),
            strict=True,
        ):
            button.setEnabled(may and beside is not None)
        if not may:
            text = denial_text(permission)
            self.page.note.say(Tone.INFO, text, icon="lock")
            for button in (self._add, self._change, self._delete, self._earlier, self._later):
                button.setToolTip(text)
        elif few:
            self._add.setToolTip(self._needs_two())
        else:
            self._add.setToolTip("")

    def _needs_two(self) -> str:
        return self.tr("A rule asks about one field and changes another: it needs two.")

    def _rule(self) -> MetadataRule | None:
        key = self.page.key()
        return next((one for one in self._schema.rules if one.external_id == key), None)

    def _edit(self) -> None:
        rule = self._rule()
        if rule is not None and self._change.isEnabled():
            self._show_form(rule)

    def _show_form(self, rule: MetadataRule | None) -> None:
        self._form.show_rule(rule, self._schema)
        self._pages.setCurrentWidget(self._form)

    def _show_list(self) -> None:
        self._pages.setCurrentWidget(self.page)
        self._tell()

    def _move(self, *, later: bool) -> None:
        """Of rules about one field the last word counts, so their order does."""
        rule = self._rule()
        if rule is None:
            return
        editing, environment, name = self._editing, self._environment, rule.external_id
        self._earlier.setEnabled(False)
        self._later.setEnabled(False)
        self._latest.ask(
            lambda: editing.move_rule(environment, name, later=later), self._show, self._fail
        )

    def _put(self, rule: MetadataRule) -> None:
        editing, environment = self._editing, self._environment

        def done(schema: Schema) -> None:
            self.page.note.hush()
            self._show(schema)
            self._show_list()

        self._latest.ask(lambda: editing.put_rule(environment, rule), done, self._form.show_error)

    def _ask_before_deleting(self) -> None:
        rule = self._rule()
        if rule is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Delete the rule “{name}”?").format(name=one_line(rule.name)),
            text=self.tr(
                "It ends for everybody. A field that only this rule switches on loses its values."
            ),
            act=self.tr("Delete"),
            leave=self.tr("Keep"),
        )
        ask_first(self._theme, self._icons, question, self, lambda: self._remove(rule.external_id))

    def _remove(self, external_id: str) -> None:
        editing, environment = self._editing, self._environment
        self._latest.ask(
            lambda: editing.delete_rule(environment, external_id), self._show, self._fail
        )

    def _fail(self, error: BridgeError) -> None:
        self.page.note.say(Tone.NEGATIVE, error_text(error))
        self._tell()
