"""What an environment demands before something leaves: the policies, edited and exchanged."""

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.policies import Policy, check_policies
from bridge_app.domain.policies_json import LARGEST_DOCUMENT, policies_in, policies_text
from bridge_app.libraries.errors import disk_trouble
from bridge_app.ui.asker import Asker
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.dialogs.list_page import ListPage
from bridge_app.ui.dialogs.policies_form import PolicyForm
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, fields_text, one_line
from bridge_app.ui.models.lines import Line
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.policies import PolicyDesk
from bridge_app.work.rendition_files import write_whole

WIDTH_PX, HEIGHT_PX = 720, 640
JSON_FILES = "JSON (*.json)"


class PoliciesDialog(QDialog):
    """Nothing holds before Save; what was imported is shown first, too."""

    def __init__(
        self,
        desk: PolicyDesk,
        asker: Asker,
        looks: Looks,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._environment = environment
        self._latest = Latest(asker, self)
        self._saved: tuple[Policy, ...] = ()
        self._policies: tuple[Policy, ...] = ()
        self.form = PolicyForm(looks)
        self._pages = QStackedWidget()
        self._change = self._button(self.tr("&Change…"))
        self._remove = self._button(self.tr("&Remove"))
        self.save = self._button(self.tr("&Save"))
        self.page = self._built(looks)
        self._build()
        self._latest.ask(self._read, self._known, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Policies"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self.page, self.form):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.form.entered.connect(self._enter)
        self.form.backWanted.connect(self._back)
        self._change.clicked.connect(self._edit)
        self._remove.clicked.connect(self._take_out)
        self.save.clicked.connect(self._keep)
        self.page.view.activated.connect(self._edit)
        self.page.view.selectionModel().currentRowChanged.connect(self._tell)
        self._tell()

    def _built(self, looks: Looks) -> ListPage:
        head = DialogHead(
            looks.theme,
            looks.icons,
            "shield-check",
            title=self.tr("What {account} demands").format(account=one_line(self._environment)),
            text=self.tr(
                "Every policy that holds for a master counts: stages add up, and the stricter "
                "wins. They are asked for before anything leaves, whoever sends it."
            ),
        )
        add = self._button(self.tr("&New Policy…"))
        add.clicked.connect(lambda: self._show_form(None))
        read = self._button(self.tr("&Import…"))
        read.clicked.connect(self._choose_import)
        write = self._button(self.tr("&Export…"))
        write.clicked.connect(self._choose_export)
        cancel = self._button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save.setProperty("kind", "primary")
        return ListPage(
            looks.theme,
            looks.icons,
            head,
            name=self.tr("Policies"),
            buttons=[((add, self._change, self._remove), ()), ((read, write), (cancel, self.save))],
        )

    def _button(self, text: str) -> QPushButton:
        return QPushButton(text, autoDefault=False)

    def _read(self) -> tuple[Policy, ...]:
        return self._desk.policies(self._environment)

    def _known(self, policies: tuple[Policy, ...]) -> None:
        self._saved = policies
        self._show(policies)
        self.page.place.say(self.tr("No policy holds: an approval of the master is enough."))

    def _show(self, policies: tuple[Policy, ...], *, row: int = 0) -> None:
        self._policies = policies
        self.page.lines.take([self._line(one) for one in policies])
        self.page.view.setCurrentIndex(self.page.lines.index(row, 0))
        self._tell()

    def _line(self, one: Policy) -> Line:
        match = one.match
        words = (*match.kinds, *match.folders, *match.tags, *match.channels, *match.markets)
        asked = [" → ".join(one.stages)] if one.stages else []
        if one.renditions:
            asked.append(self.tr("each rendition"))
        if one.files:
            asked.append(self.tr("files, too"))
        if one.required:
            asked.append(self.tr("filled in: {fields}").format(fields=fields_text(one.required)))
        where = ", ".join(in_reading_order(words)) or self.tr("everything")
        return Line(
            key=one.name,
            icon="shield-check",
            title=one_line(one.name),
            text=one_line(where),
            mark=one_line("  ·  ".join(asked)) or self.tr("an approval"),
        )

    def _tell(self) -> None:
        """What can be done now."""
        chosen = self._row() is not None
        self._change.setEnabled(chosen)
        self._remove.setEnabled(chosen)
        self.save.setEnabled(self._policies != self._saved)

    def _row(self) -> int | None:
        index = self.page.view.currentIndex()
        return index.row() if index.isValid() and index.row() < len(self._policies) else None

    def _edit(self) -> None:
        row = self._row()
        if row is not None:
            self._show_form(self._policies[row])

    def _show_form(self, policy: Policy | None) -> None:
        self._pages.setCurrentWidget(self.form)
        self.form.show_policy(policy)

    def _back(self) -> None:
        self._pages.setCurrentWidget(self.page)
        self.page.view.setFocus()

    def _enter(self, entered: Policy, before: Policy | None) -> None:
        policies = list(self._policies)
        place = policies.index(before) if before in policies else len(policies)
        policies[place : place + 1] = [entered]
        self._take(tuple(policies), row=place)
        self._back()

    def _take(self, policies: tuple[Policy, ...], *, row: int = 0) -> None:
        """Show these, or why they cannot be used together."""
        try:
            check_policies(policies)
        except BridgeError as error:
            self._fail(error)
            return
        self.page.place.say("")  # what is not saved does not hold
        self.page.note.hush()
        self._show(policies, row=row)

    def _take_out(self) -> None:
        row = self._row()
        if row is not None:
            left = (*self._policies[:row], *self._policies[row + 1 :])
            self._show(left, row=min(row, len(left) - 1))

    def _keep(self) -> None:
        policies = self._policies
        self.save.setEnabled(False)
        self._latest.ask(
            lambda: self._desk.put(policies, self._environment),
            lambda _: self.accept(),
            self._fail,
        )

    def _choose_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import policies"), "", JSON_FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.import_from(Path(file)))
        open_dialog(dialog)

    def _choose_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export policies"), "policies.json", JSON_FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda file: self.export_to(Path(file)))
        open_dialog(dialog)

    def import_from(self, file: Path) -> None:
        """Show the policies of a document; they hold once they are saved."""
        self._latest.ask(lambda: _read_file(file), self._take, self._fail)

    def export_to(self, file: Path) -> None:
        """Write the policies as they are shown."""
        text = policies_text(self._policies).encode()

        def write() -> None:
            write_whole(file, text, replaces=True, with_folders=False)

        self._latest.ask(write, lambda _: self._written(file), self._fail)

    def _written(self, file: Path) -> None:
        self.page.note.say(
            Tone.POSITIVE, self.tr("{file}: written").format(file=one_line(file.name))
        )

    def _fail(self, error: BridgeError) -> None:
        self._tell()
        self.page.note.say(Tone.NEGATIVE, error_text(error))


def _read_file(file: Path) -> tuple[Policy, ...]:
    with disk_trouble(file), file.open("rb") as document:
        return policies_in(document.read(LARGEST_DOCUMENT + 1))
