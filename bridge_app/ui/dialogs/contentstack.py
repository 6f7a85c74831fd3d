"""Stacks of Contentstack: which there are, and what stands in their entries."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.channels.channel import ChannelWords, spoken
from bridge_app.domain.assets import AssetId
from bridge_app.domain.contentstack import (
    Destination,
    EditorConflict,
    Publication,
    PublicationState,
)
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.secrets import Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.contentstack_conflict import StackConflictDialog
from bridge_app.ui.dialogs.contentstack_form import StackForm
from bridge_app.ui.dialogs.contentstack_publish import PublishForm
from bridge_app.ui.dialogs.listed_page import Listed, ListedPage
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import LineList, LineRole
from bridge_app.ui.panels.empty_state import EmptyWords
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.form_foot import split_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.stack_wording import publication_line, stack_line
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 780, 700
MOST_STACKS = 3
"""Stacks that are seen at once; more are scrolled to."""
URGENT = (PublicationState.CONFLICT, PublicationState.REFUSED, PublicationState.PENDING)
GONE = (PublicationState.WITHDRAWN,)
TO_LOOK_AT = (PublicationState.CONFLICT, PublicationState.LEFT)


class ContentstackDialog(QDialog):
    """Two lists, and two forms in their place.

    Args:
        chosen: The assets that are chosen in the window; their renditions are offered.
    """

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        bridge: WorkerBridge,
        parent: QWidget | None = None,
        *,
        chosen: Sequence[AssetId] = (),
    ) -> None:
        super().__init__(parent)
        self._desk, self._looks, self._chosen = worker.contentstack, looks, chosen
        self._listing, self._acting = Latest(asker, self), Latest(asker, self)
        self._publications_listing, self._trying = Latest(asker, self), Latest(asker, self)
        self._kinds = Latest(asker, self)
        self._kept: dict[str, Destination] = {}
        self._published: dict[str, Publication] = {}
        self._spoken: Mapping[str, ChannelWords] = {}
        self._failed, self._listed = False, ""
        self.publications, self.publication_list = LineList(self), QListView()
        self.form = StackForm(looks.theme, looks.icons)
        self.publishing = PublishForm(worker, asker, looks)
        self._pages = QStackedWidget()
        self.add = self._button(self.tr("Add…"), lambda: self._show_form(None))
        self.change = self._button(self.tr("Change…"), self._edit)
        self.remove = self._button(self.tr("Remove…"), self._ask_before_removing)
        self.publish = self._button(self.tr("Publish Renditions…"), self._show_publishing)
        self.look = self._button(self.tr("Compare…"), self._compare)
        self.again = self._button(self.tr("Publish Again"), self._publish_again)
        self.take_back = self._button(self.tr("Take Back…"), self._ask_before_taking_back)
        self._page = page = self._built()
        self.stacks, self.stack_list, self.empty = page.lines, page.view, page.empty
        self.said = page.note
        self._build()
        bridge.changed.connect(self._renew)
        self._kinds.ask(spoken, self._show_kinds, self._fail)
        self._renew()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        for latest in (self._listing, self._acting, self._publications_listing, self._trying):
            latest.forget()
        self._kinds.forget()
        self.publishing.forget()
        self.form.token_field.forget()
        super().done(result)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(act)
        return button

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Contentstack"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self._page, self.form, self.publishing):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.form.entered.connect(self._put)
        self.form.backWanted.connect(self._show_list)
        self.publishing.published.connect(self._show_list)
        self.publishing.backWanted.connect(self._show_list)
        self._tell()

    def _built(self) -> ListedPage:
        looks = self._looks
        head = self._head = DialogHead(
            looks.theme,
            looks.icons,
            "layers",
            title=self.tr("Contentstack"),
            text=self.tr(
                "Approved renditions in the entries of stacks. They follow what is delivered, and "
                "leave when their rights end."
            ),
        )
        listed = Listed(
            name=self.tr("Stacks"),
            words=EmptyWords(
                icon="layers",
                title=self.tr("No stack so far"),
                text=self.tr(
                    "Make a management token in the stack's settings, then add the stack here. "
                    "Nothing is written there before you publish something."
                ),
            ),
            most=MOST_STACKS,
        )
        close = self._button(self.tr("Close"), self.accept)
        page = ListedPage(looks, head, listed, add=self.add, close=close)
        page.view.selectionModel().currentChanged.connect(self._renew_publications)
        page.view.activated.connect(self._edit)
        named, shown = self.tr("In entries"), self.publication_list
        show_lines(shown, self.publications, looks.theme, looks.icons, named)
        shown.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        shown.selectionModel().selectionChanged.connect(self._tell)
        shown.activated.connect(self._compare)
        self.publish.setProperty("kind", "primary")
        for button in (self.remove, self.take_back):
            button.setProperty("kind", "danger")
        self.in_entries = ListOrWords(shown)
        told = QLabel(named)
        told.setProperty("tone", "section")
        page.put_below(
            split_foot((self.add, self.change), (self.remove,)),
            told,
            self.in_entries,
            split_foot((self.publish, self.look, self.again), (self.take_back,)),
            grows=self.in_entries,
        )
        return page

    # What there is

    def _show_kinds(self, found: Mapping[str, ChannelWords]) -> None:
        """Packages bring channels of other services: they go by their own words."""
        if found:
            self._spoken = found
            self.form.show_kinds(found)
            titles = sorted(one_line(one.title) for one in found.values())
            self.setWindowTitle(", ".join((self.tr("Contentstack"), *titles)))
            self._head.say_title(self.windowTitle())
            self._renew()

    def _renew(self, *_: object) -> None:
        def show(found: Sequence[Destination]) -> None:
            self._kept = {one.id: one for one in found}
            if self.said.text and not self._failed:
                self.said.hush()
            self._page.say_empty(not found)
            titles = {kind: words.title for kind, words in self._spoken.items()}
            self._page.take([stack_line(one, titles.get(one.kind, "")) for one in found])
            self._renew_publications()

        self._listing.ask(self._desk.destinations, show, self._fail)

    def _renew_publications(self, *_: object) -> None:
        stack, desk = self._stack(), self._desk
        if stack is None or stack.id != self._listed:
            self._publications_listing.forget()
            self._take_publications(())
            self.in_entries.say("")
        if stack is not None:
            self._listed = stack.id
            self._publications_listing.ask(
                lambda: desk.publications(stack.id), self._show_publications, self._fail
            )

    def _show_publications(self, found: Sequence[Publication]) -> None:
        self._take_publications(found)
        more = self.tr(
            "Choose assets in the window, then open this again: their approved renditions are "
            "offered."
        )
        words = self.tr("Nothing was published here yet.")
        self.in_entries.say(words if self._chosen else f"{words} {more}")

    def _take_publications(self, found: Sequence[Publication]) -> None:
        chosen = {one.id for one in self._selected()}
        rows = sorted(found, key=_order)
        self._published = {one.id: one for one in rows}
        self.publications.take([publication_line(one) for one in rows])
        picked = self.publication_list.selectionModel()
        for row, one in enumerate(rows):
            if one.id in chosen:
                picked.select(self.publications.index(row, 0), picked.SelectionFlag.Select)
        self._tell()

    def _tell(self, *_: object) -> None:
        stack, chosen = self._stack(), self._selected()
        for button in (self.change, self.remove):
            button.setEnabled(stack is not None)
        self.publish.setEnabled(stack is not None and bool(self._chosen))
        self.publish.setToolTip(
            "" if self._chosen else self.tr("No assets are chosen in the window")
        )
        self.look.setEnabled(len(chosen) == 1 and chosen[0].state in TO_LOOK_AT)
        self.again.setEnabled(bool(chosen) and all(map(_may_be_again, chosen)))
        self.take_back.setEnabled(bool(chosen) and all(one.state not in GONE for one in chosen))

    def _stack(self) -> Destination | None:
        return self._kept.get(self._page.key())

    def _selected(self) -> list[Publication]:
        keys = [
            one.data(LineRole.KEY)
            for one in self.publication_list.selectionModel().selectedIndexes()
        ]
        return [self._published[key] for key in keys if key in self._published]

    # Stacks

    def _edit(self) -> None:
        stack = self._stack()
        if stack is not None:
            self._show_form(stack)

    def _show_form(self, stack: Destination | None) -> None:
        self.said.hush()
        self.form.show_stack(stack)
        self._pages.setCurrentWidget(self.form)

    def _show_list(self) -> None:
        self.publishing.forget()
        self.form.token_field.forget()
        self._trying.forget()
        self._pages.setCurrentWidget(self._page)
        self._renew()

    def _put(self, stack: Destination, token: Secret | None) -> None:
        desk = self._desk

        def tried() -> None:
            if stack.id:
                desk.change(stack, token)
            else:
                desk.add(stack, token or Secret(""))

        self._trying.ask(tried, lambda _: self._show_list(), self.form.show_error)

    def _ask_before_removing(self) -> None:
        stack, desk = self._stack(), self._desk
        if stack is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Remove “{name}”?").format(name=one_line(stack.name)),
            text=self.tr(
                "Its token goes, and what is published there is not looked after any more. "
                "Nothing changes there: take back first what must not stay."
            ),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, lambda: self._ask(lambda: desk.remove(stack.id)))

    # What is in entries

    def _show_publishing(self) -> None:
        stack = self._stack()
        if stack is not None:
            self.said.hush()
            self.publishing.show_stack(stack, self._chosen, list(self._published.values()))
            self._pages.setCurrentWidget(self.publishing)

    def _compare(self) -> None:
        chosen, desk = self._selected(), self._desk
        if len(chosen) == 1 and chosen[0].state in TO_LOOK_AT:
            self._failed = False
            self._acting.ask(lambda: desk.conflict(chosen[0]), self._show_conflict, self._fail)

    def _show_conflict(self, conflict: EditorConflict) -> None:
        dialog = StackConflictDialog(self._looks.theme, self._looks.icons, conflict, self)
        dialog.decided.connect(self._decide)
        open_dialog(dialog)

    def _decide(self, conflict: EditorConflict, is_ours: bool) -> None:  # noqa: FBT001 - a signal's
        desk = self._desk
        if is_ours:
            self._ask(lambda: desk.insist(conflict))
        else:
            self._ask(lambda: desk.leave(conflict.publication))

    def _publish_again(self) -> None:
        chosen, desk = self._selected(), self._desk
        self._ask(lambda: desk.again(chosen))

    def _ask_before_taking_back(self) -> None:
        chosen, desk = self._selected(), self._desk
        question = Question(
            icon="undo-2",
            title=self.tr("Take %Ln picture(s) back?", "", len(chosen)),
            text=self.tr(
                "What becomes of the entries is what their stack says: they are taken off, or "
                "published without the picture. They can be published again."
            ),
            act=self.tr("Take Back"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, lambda: self._ask(lambda: desk.unpublish(chosen)))

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        ask_first(self._looks.theme, self._looks.icons, question, self, act)

    def _ask(self, work: Callable[[], object]) -> None:
        self._failed = False
        self._acting.ask(work, self._renew, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._failed = True
        self.said.say(Tone.NEGATIVE, error_text(error))
        self._tell()


def _order(one: Publication) -> tuple[int, str, str, str]:
    """What needs a person comes first, then what is on its way."""
    rank = URGENT.index(one.state) if one.state in URGENT else len(URGENT)
    return (rank, one.title, one.place.field, one.place.locale)


def _may_be_again(one: Publication) -> bool:
    return one.state in (PublicationState.WITHDRAWN, PublicationState.REFUSED)
