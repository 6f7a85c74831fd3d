"""Which rendition goes into which field of an entry, locale by locale."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.channels.channel import EntryVersion
from bridge_app.domain.assets import AssetId
from bridge_app.domain.contentstack import Destination, FieldKind, Publication
from bridge_app.domain.contentstack_offers import (
    ContentType,
    Offer,
    PictureField,
    StackOutline,
    proposed,
)
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.contentstack_rows import BESIDE_PX, LocaleRows
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.work.contentstack_asking import PublishWish
from bridge_app.work.worker import Worker

TYPED_MS = 300
"""After the last letter of a title, before the service is asked."""
MOST = 100
"""Assets whose renditions are offered at once."""


class PublishForm(QWidget):
    """`published` tells that it is on its way."""

    published = Signal()
    backWanted = Signal()

    def __init__(self, worker: Worker, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._worker, self._desk = worker, worker.contentstack
        self._loading, self._finding = Latest(asker, self), Latest(asker, self)
        self._acting = Latest(asker, self)
        self._stack: Destination | None = None
        self._known = StackOutline(types=(), locales=())
        self._offers: Sequence[Offer] = ()
        self._before: Sequence[Publication] = ()
        self._title = QLabel()
        self._said = Banner(looks.theme, looks.icons)
        self.type_field, self.entry_field, self.place_field = QComboBox(), QComboBox(), QComboBox()
        self.find_field, self.label_field = QLineEdit(), QLineEdit()
        self.rows = LocaleRows()
        self.publish = QPushButton(self.tr("Publish"), autoDefault=False, default=True)
        self._typed = QTimer(self, interval=TYPED_MS, singleShot=True)
        self._form = Form()
        self._build()

    def forget(self) -> None:
        """Nobody looks any more: no answer is waited for."""
        self._typed.stop()
        for latest in (self._loading, self._finding, self._acting):
            latest.forget()

    def show_stack(
        self, stack: Destination, assets: Sequence[AssetId], before: Sequence[Publication]
    ) -> None:
        """Ask where the renditions of these go; `before` is what was published there."""
        self._stack, self._before = stack, before
        self._title.setText(self.tr("Publish to “{name}”").format(name=one_line(stack.name)))
        for field in (self.type_field, self.entry_field, self.place_field):
            field.clear()
        for line in (self.find_field, self.label_field):
            line.clear()
        self.rows.show_locales((), ())
        text = self.tr("{name} is asked what there is…")
        self._said.say(Tone.INFO, text.format(name=one_line(stack.name)))
        self._tell()
        some, worker, desk = list(assets)[:MOST], self._worker, self._desk

        def read() -> tuple[StackOutline, list[Offer]]:
            account = worker.current_account()
            environment = account.environment if account else ""
            return desk.outline(stack.id), desk.offers(some, environment)

        self._loading.ask(read, self._take, self._fail)

    def _take(self, found: tuple[StackOutline, list[Offer]]) -> None:
        self._known, self._offers = found
        for one in self._known.types:
            self.type_field.addItem(one_line(one.title), one)
        self.rows.show_locales(self._known.locales, self._offers)
        self._align()
        self._say_what_is_missing()
        self._show_type()
        self.find_field.setFocus()

    def _say_what_is_missing(self) -> None:
        if not self._known.types:
            text = self.tr("No content type of this stack has a field that takes pictures.")
        elif not self._offers:
            text = self.tr(
                "No renditions were made of the chosen assets yet. Have them made in the cloud "
                "first, with “Publish Renditions”."
            )
        elif all(one.error is not None for one in self._offers):
            text = self.tr("None of the renditions may be published now. Below it says why.")
        else:
            self._said.hush()
            return
        self._said.say(Tone.WARNING, text)

    def _align(self) -> None:
        """The fields of the rows begin where those above them do, whatever they are."""
        fields = (self.type_field, self.find_field, self.entry_field, self.place_field)
        own = [self._form.labelForField(field) for field in (*fields, self.label_field)]
        labels = [*own, *self.rows.labels]
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self.find_field.setPlaceholderText(self.tr("A part of its title"))
        let_clear(self.find_field)
        self.label_field.setPlaceholderText(
            self.tr("Only where several Cloudinary ones are in use")
        )
        for text, field in (
            (self.tr("Content &type"), self.type_field),
            (self.tr("&Find an entry"), self.find_field),
            (self.tr("&Entry"), self.entry_field),
            (self.tr("F&ield"), self.place_field),
            (self.tr("&Configuration"), self.label_field),
        ):
            self._form.addRow(text, field)
        self._form.setHorizontalSpacing(BESIDE_PX)
        self._form.setFieldGrowthPolicy(Form.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        told = QLabel(self.tr("Locales"))
        told.setProperty("tone", "section")
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        self.publish.clicked.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._said)
        layout.addLayout(self._form)
        layout.addWidget(told)
        layout.addWidget(self.rows, 1)
        layout.addLayout(form_foot(back, self.publish))
        self.type_field.activated.connect(self._show_type)
        self.find_field.textEdited.connect(lambda _: self._typed.start())
        self._typed.timeout.connect(self._find)
        self.entry_field.activated.connect(self._tell)
        self.place_field.activated.connect(self._show_place)
        self.rows.chosen.connect(self._tell)

    # What is chosen

    def _show_type(self) -> None:
        chosen = self._type()
        self.place_field.clear()
        for one in chosen.fields if chosen else ():
            self.place_field.addItem(one_line(one.title), one)
        self._show_place()
        self._find()

    def _show_place(self) -> None:
        kind, place = self._type(), self._place()
        takes_label = place is not None and place.kind is FieldKind.CLOUDINARY
        self._form.setRowVisible(self.label_field, takes_label)
        if kind is not None and place is not None and self._stack is not None:
            presets = {
                one.preset
                for one in self._before
                if (one.place.content_type, one.place.field) == (kind.uid, place.uid)
            }
            found = proposed(self._offers, self._known, self._stack.locales, presets)
            self.rows.propose(found)
        self._tell()

    def _find(self) -> None:
        stack, kind, text = self._stack, self._type(), self.find_field.text().strip()
        if stack is None or kind is None:
            return
        desk, master = self._desk, self._known.master

        def show(found: Sequence[EntryVersion]) -> None:
            before = self.entry_field.currentData()
            self.entry_field.clear()
            for one in found:
                self.entry_field.addItem(one_line(one.title or one.uid), one.uid)
            # Nobody publishes into the newest by mistake: only the one that is left is proposed.
            only = 0 if len(found) == 1 else -1
            self.entry_field.setCurrentIndex(max(only, self.entry_field.findData(before)))
            self.entry_field.setPlaceholderText(
                self.tr("Choose an entry") if found else self.tr("No entry has that in its title")
            )
            self._tell()

        self._finding.ask(lambda: desk.found(stack.id, kind.uid, master, text), show, self._fail)

    def _type(self) -> ContentType | None:
        found = self.type_field.currentData()
        return found if isinstance(found, ContentType) else None

    def _place(self) -> PictureField | None:
        found = self.place_field.currentData()
        return found if isinstance(found, PictureField) else None

    def _tell(self) -> None:
        wanted = len(self.rows.wanted())
        self.publish.setText(
            self.tr("Publish in %Ln locale(s)", "", wanted) if wanted else self.tr("Publish")
        )
        self.publish.setEnabled(
            bool(wanted)
            and self._place() is not None
            and bool(self.entry_field.currentData())
            and not self._acting.waiting
        )

    # What is asked for

    def _enter(self) -> None:
        stack, kind, place = self._stack, self._type(), self._place()
        if stack is None or kind is None or place is None:
            return
        entry, desk = str(self.entry_field.currentData()), self._desk
        label = self.label_field.text().strip() if place.kind is FieldKind.CLOUDINARY else ""
        wishes = [
            (
                offer.asset,
                PublishWish(
                    content_type=kind.uid,
                    entry=entry,
                    field=place.uid,
                    preset=offer.preset,
                    market=offer.market,
                    language=offer.language,
                    locale=code,
                    label=label,
                ),
            )
            for code, offer in self.rows.wanted().items()
        ]
        self._said.say(Tone.INFO, self.tr("The gate and the entry are asked…"))
        self._acting.ask(
            lambda: desk.publish(stack.id, wishes), lambda _: self.published.emit(), self._fail
        )
        self._tell()

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
        self._tell()
