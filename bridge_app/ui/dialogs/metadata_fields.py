"""The structured metadata fields of an environment: listed, defined, changed and deleted."""

from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.list_page import ListPage
from bridge_app.ui.dialogs.metadata_field_form import MetadataFieldForm
from bridge_app.ui.dialogs.metadata_rules import MetadataRulesDialog
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.metadata_wording import type_text
from bridge_app.ui.models.lines import Line
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 560, 620
ICONS = {"string": "type", "integer": "hash", "date": "calendar", "enum": "list", "set": "tags"}


class MetadataFieldsDialog(QDialog):
    """A list and a form; what the key may not do is disabled, with the service's own words."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editing = worker.editing
        self._environment = environment
        self._theme = theme
        self._icons = icons
        self._asker = asker
        self._latest = Latest(asker, self)
        self._schema = Schema()
        self._form = MetadataFieldForm(theme, icons)
        self._pages = QStackedWidget()
        self._add = QPushButton(self.tr("New field…"), autoDefault=False)
        self._change = QPushButton(self.tr("Change…"), autoDefault=False)
        self._delete = QPushButton(self.tr("Delete…"), autoDefault=False)
        self.page = self._built_list()
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Metadata fields"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self.page, self._form):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._form.entered.connect(self._define)
        self._form.backWanted.connect(self._show_list)
        self._tell()

    def _built_list(self) -> ListPage:
        head = DialogHead(
            self._theme,
            self._icons,
            "tags",
            title=self.tr("Metadata fields of “{name}”").format(name=self._environment),
            text=self.tr("All assets of the environment have these fields, for everybody."),
        )
        self._add.setProperty("kind", "primary")
        self._add.clicked.connect(lambda: self._show_form(None))
        self._change.clicked.connect(self._edit)
        self._delete.setProperty("kind", "danger")
        self._delete.clicked.connect(self._ask_before_deleting)
        rules = QPushButton(self.tr("Rules…"), autoDefault=False)
        rules.clicked.connect(self._show_rules)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.accept)
        page = ListPage(
            self._theme,
            self._icons,
            head,
            name=self.tr("Metadata fields"),
            buttons=[((self._add, self._change, self._delete), (rules, close))],
        )
        page.view.selectionModel().currentChanged.connect(self._tell)
        page.view.activated.connect(self._edit)
        return page

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
        self.page.place.say(self.tr("There is no field yet."))

    def _fill(self, schema: Schema) -> None:
        self._schema = schema
        self.page.take([self._line(field) for field in schema.fields])
        self._tell()

    def _line(self, field: MetadataField) -> Line:
        count = len(field.active_ids())
        listed = self.tr("%Ln value(s)", "", count) if field.type.has_datasource else ""
        parts = (type_text(field.type), listed, field.external_id)
        return Line(
            key=field.external_id,
            icon=ICONS[field.type.value],
            title=one_line(field.label),
            text="  ·  ".join(one_line(part) for part in parts if part),
            mark=self.tr("Mandatory") if field.mandatory else "",
        )

    def _tell(self) -> None:
        """What can be done now, and why not."""
        permission = self._editing.permission(self._environment)
        has_one = self.page.key() is not None
        self._add.setEnabled(not permission.is_denied)
        self._change.setEnabled(has_one and not permission.is_denied)
        self._delete.setEnabled(has_one and not permission.is_denied)
        if permission.is_denied:
            text = denial_text(permission)
            self.page.note.say(Tone.INFO, text, icon="lock")
            for button in (self._add, self._change, self._delete):
                button.setToolTip(text)

    def _edit(self) -> None:
        key = self.page.key()
        field = self._schema.field(key) if key else None
        if field is not None and self._change.isEnabled():
            self._show_form(field)

    def _show_rules(self) -> None:
        dialog = MetadataRulesDialog(
            self._editing, self._asker, self._theme, self._icons, self._environment, self
        )
        open_dialog(dialog)

    def _show_form(self, field: MetadataField | None) -> None:
        self._form.show_field(field)
        self._pages.setCurrentWidget(self._form)

    def _show_list(self) -> None:
        self._pages.setCurrentWidget(self.page)
        self._tell()

    def _define(self, field: MetadataField) -> None:
        editing, environment = self._editing, self._environment

        def done(schema: Schema) -> None:
            self.page.note.hush()
            self._show(schema)
            self._show_list()

        is_new = self._form.is_new
        self._latest.ask(
            lambda: editing.define(environment, field, is_new=is_new), done, self._form.show_error
        )

    def _ask_before_deleting(self) -> None:
        key = self.page.key()
        field = self._schema.field(key) if key else None
        if field is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Delete the field “{name}”?").format(name=one_line(field.label)),
            text=self.tr(
                "Its values vanish from all assets of the environment, for everybody, and cannot "
                "be brought back."
            ),
            act=self.tr("Delete"),
            leave=self.tr("Keep"),
        )
        ask_first(
            self._theme, self._icons, question, self, lambda: self._undefine(field.external_id)
        )

    def _undefine(self, external_id: str) -> None:
        editing, environment = self._editing, self._environment
        self._latest.ask(lambda: editing.undefine(environment, external_id), self._show, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self.page.note.say(Tone.NEGATIVE, error_text(error))
        self._tell()
