"""Feeds of products: what they say, which images they find, and what follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.product_feed import Feed, FeedState
from bridge_app.storage.feeds import FeedRun
from bridge_app.storage.secrets import Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.feed_form import FeedForm
from bridge_app.ui.dialogs.feed_posts import FeedPostsDialog
from bridge_app.ui.dialogs.feed_tabs import FeedTabs
from bridge_app.ui.dialogs.listed_page import Listed, ListedPage
from bridge_app.ui.feed_wording import feed_line, refusals_text, run_text
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, one_line
from bridge_app.ui.panels.empty_state import EmptyWords
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.errand import Errand
from bridge_app.ui.parts.form_foot import split_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.feed_pushes import FollowUp
from bridge_app.work.product_feeds import FeedPreview
from bridge_app.work.worker import Worker

T = TypeVar("T")
WIDTH_PX, HEIGHT_PX = 820, 720
RENEW_MS = 500
MOST_FEEDS = 3
"""Feeds that are seen at once; more are scrolled to."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is shown of one feed."""

    run: FeedRun | None
    preview: FeedPreview


class FeedsDialog(QDialog):
    """The feeds, what matches and what does not, and a form in their place."""

    reading = Signal(object)  # Errand that begins

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        bridge: WorkerBridge,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._desk, self._looks = worker, worker.feeds, looks
        self._asker = asker
        self._listing, self._seeing = Latest(asker, self), Latest(asker, self)
        self._acting = Latest(asker, self)
        self._kept: dict[str, Feed] = {}
        self._shown = self._seen = ""
        self._is_behind = False
        self._told = QLabel(wordWrap=True)
        self.tabs = FeedTabs(looks)
        self.form = FeedForm(looks.theme, looks.icons, self._environment)
        self._pages = QStackedWidget()
        self.add = self._button(self.tr("Add…"), lambda: self._show_form(None))
        self.change = self._button(self.tr("Change…"), self._edit)
        self.read = self._button(self.tr("Read Now"), self._read)
        self.push = self._button(self.tr("Push…"), self._ask_before_pushing)
        self.posts = self._button(self.tr("Posts…"), self._show_posts)
        self.switch = self._button(self.tr("Switch Off"), self._switch)
        self.remove = self._button(self.tr("Remove…"), self._ask_before_removing)
        self._page = self._built()
        self.feeds, self.feed_list, self.empty = self._page.lines, self._page.view, self._page.empty
        self._said = self._page.note
        self._build()
        self._soon = QTimer(self, interval=RENEW_MS, singleShot=True)
        self._soon.timeout.connect(self._renew)
        bridge.changed.connect(self._hear)
        # From now on feeds are read when it is time, the first one too.
        self._desk.start()
        self._renew()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        for latest in (self._listing, self._seeing, self._acting):
            latest.forget()
        super().done(result)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(act)
        return button

    def _environment(self) -> str:
        account = self._worker.current_account()
        return account.environment if account else ""

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Product feeds"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._pages.addWidget(self._page)
        self._pages.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.form.entered.connect(self._put)
        self.form.backWanted.connect(self._show_list)
        self._tell()

    def _built(self) -> ListedPage:
        looks = self._looks
        head = DialogHead(
            looks.theme,
            looks.icons,
            "inbox",
            title=self.tr("Product feeds"),
            text=self.tr(
                "Products from other systems: their images are found here, and what is approved "
                "of them goes to Cloudinary with what is said of the product."
            ),
        )
        listed = Listed(
            name=self.tr("Feeds"),
            words=EmptyWords(
                icon="inbox",
                title=self.tr("No feed yet"),
                text=self.tr(
                    "A feed is a file, a folder or an address with products in CSV, JSON or JSON "
                    "Lines. You see which images match before anything is sent."
                ),
            ),
            most=MOST_FEEDS,
        )
        close = self._button(self.tr("Close"), self.accept)
        page = ListedPage(looks, head, listed, add=self.add, close=close)
        page.view.selectionModel().currentChanged.connect(self._choose)
        page.view.activated.connect(self._edit)
        self.add.setProperty("kind", "primary")
        self.remove.setProperty("kind", "danger")
        self._told.setProperty("tone", "secondary")
        acts = (self.add, self.change, self.read, self.push, self.posts, self.switch)
        buttons = split_foot(acts, (self.remove,))
        page.put_below(buttons, self._told, self.tabs, grows=self.tabs)
        return page

    # What there is

    def _hear(self, changes: ChangeSet) -> None:
        """While thousands are on their way, this comes many times a second."""
        if (changes.channels or changes.assets) and not self._soon.isActive():
            self._soon.start()

    def _renew(self, *_: object) -> None:
        def show(found: Sequence[Feed]) -> None:
            self._kept = {one.id: one for one in found}
            self._page.say_empty(not found)
            self._page.take([feed_line(one) for one in found], otherwise=self._shown)
            if not found:
                self._choose()

        self._listing.ask(self._desk.feeds, show, self._fail)

    def _choose(self, *_: object) -> None:
        """Show what matches of the chosen feed; one look at a time, for it takes a while."""
        feed, desk = self._feed(), self._desk
        self._tell()
        if feed is None or feed.id != self._seen:
            self._show_seen(None)
        if feed is None:
            return
        self._shown = self._seen = name = feed.id
        self._is_behind = self._seeing.waiting
        if self._is_behind:
            return

        def see() -> _Seen:
            return _Seen(next(iter(desk.runs(name, limit=1)), None), desk.preview(name))

        def show(seen: _Seen) -> None:
            if self._page.key() == name:
                self._show_seen(seen)
            if self._is_behind:
                self._choose()

        self._seeing.ask(see, show, self._fail)

    def _show_seen(self, seen: _Seen | None) -> None:
        if seen is None:
            self._told.setText("")
            self.tabs.show_nothing()
            return
        run = seen.run
        self._told.setText(run_text(run) if run else self.tr("It was not read yet."))
        self.tabs.show_seen(run, seen.preview)

    def _tell(self) -> None:
        feed = self._feed()
        for button in (self.change, self.read, self.posts, self.switch, self.remove):
            button.setEnabled(feed is not None)
        self.push.setEnabled(feed is not None and feed.pushes)
        is_on = feed is None or feed.state is FeedState.ON
        self.switch.setText(self.tr("Switch Off") if is_on else self.tr("Switch On"))

    def _feed(self) -> Feed | None:
        return self._kept.get(self._page.key())

    # What is asked for

    def _edit(self) -> None:
        if (feed := self._feed()) is not None:
            self._show_form(feed)

    def _show_form(self, feed: Feed | None) -> None:
        self._said.hush()
        self.form.show_feed(feed)
        self._pages.setCurrentWidget(self.form)

    def _show_list(self) -> None:
        self._pages.setCurrentWidget(self._page)
        self._renew()

    def _put(self, feed: Feed, token: Secret | None) -> None:
        desk = self._desk
        keep = desk.change if feed.id else desk.add

        def kept(made: Feed) -> None:
            self._shown = made.id
            self._show_list()

        self._acting.ask(lambda: keep(feed, token), kept, self.form.show_error)

    def _read(self) -> None:
        feed, desk = self._feed(), self._desk
        if feed is None:
            return
        self._said.say(Tone.INFO, self.tr("Reading “{name}”…").format(name=one_line(feed.name)))
        errand = Errand(self._asker, icon="inbox", title=one_line(feed.name), owner=self)
        self.reading.emit(errand)
        errand.carry_out(lambda told: desk.read(feed.id, told=told), self._show_runs, self._fail)

    def _show_runs(self, runs: Sequence[FeedRun]) -> None:
        bad = sum(run.result.bad_rows for run in runs)
        if not runs:
            self._said.say(Tone.INFO, self.tr("There is nothing to read there."))
        elif bad:
            text = self.tr("%Ln row(s) were not taken; the line report says why.", "", bad)
            self._said.say(Tone.WARNING, text)
            self.tabs.setCurrentIndex(self.tabs.count() - 1)
        else:
            taken = sum(run.result.upserted for run in runs)
            text = self.tr("Read. %Ln product(s) are new or have changed.", "", taken)
            self._said.say(Tone.POSITIVE, text)
        self._renew()

    def _switch(self) -> None:
        feed, desk = self._feed(), self._desk
        if feed is not None:
            on = feed.state is not FeedState.ON
            self._ask(lambda: desk.switch(feed.id, on=on), self._renew)

    def _show_posts(self) -> None:
        if (feed := self._feed()) is not None:
            open_dialog(FeedPostsDialog(self._desk, feed, self._asker, self._looks, self))

    def _ask_before_pushing(self) -> None:
        feed, desk = self._feed(), self._desk
        if feed is None:
            return
        self._said.say(Tone.INFO, self.tr("Looking what would go…"))
        self._ask(lambda: desk.follow(feed.id, dry_run=True), partial(self._show_plan, feed))

    def _show_plan(self, feed: Feed, plan: FollowUp) -> None:
        held = refusals_text(plan.refused)
        if not (plan.sent or plan.told or plan.ended):
            text = self.tr("Nothing is due: what is approved is there, as it is said now.")
            self._said.say(Tone.INFO, f"{text} {held}".strip())
            return
        self._said.hush()
        told = [self.tr("%Ln image(s)", "", plan.sent) + f" ({bytes_text(plan.bytes)})"]
        if plan.told:
            told.append(self.tr("%Ln delivered image(s) are told what is new", "", plan.told))
        if plan.ended:
            told.append(self.tr("%Ln image(s) show a product no more", "", plan.ended))
        if held:
            told.append(self.tr("Held back: {reasons}").format(reasons=held))
        question = Question(
            icon="send",
            title=self.tr("Push to “{environment}”?").format(environment=plan.environment),
            text="\n".join(told),
            act=self.tr("Push"),
            leave=self.tr("Not Now"),
        )
        push = partial(self._desk.follow, feed.id)
        self._confirm(question, lambda: self._ask(push, self._show_done))

    def _show_done(self, done: FollowUp) -> None:
        self._said.say(Tone.POSITIVE, self.tr("%Ln image(s) are on their way.", "", done.sent))
        self._renew()

    def _ask_before_removing(self) -> None:
        feed, desk = self._feed(), self._desk
        if feed is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Remove “{name}”?").format(name=one_line(feed.name)),
            text=self.tr("Its products are forgotten here. Images stay where they went."),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, lambda: self._ask(lambda: desk.remove(feed.id), self._renew))

    def _ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._acting.ask(work, done, self._fail)

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        ask_first(self._looks.theme, self._looks.icons, question, self, act)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
        self._tell()
