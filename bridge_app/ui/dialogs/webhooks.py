"""Endpoints of other systems: who is told what happens, and what became of each message."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.webhooks import Endpoint, EndpointState
from bridge_app.storage.secrets import Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.channel_wording import endpoint_mark, message_state, message_title
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.listed_page import Listed, ListedPage
from bridge_app.ui.dialogs.webhook_form import WebhookForm
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, moment_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.panels.empty_state import EmptyWords
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.form_foot import split_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 720, 680
MOST_ENDPOINTS = 4
"""Endpoints that are seen at once; more are scrolled to."""
SIGNS = {
    JobState.DONE: "circle-check",
    JobState.FAILED: "circle-alert",
    JobState.CANCELLED: "circle-x",
}


class WebhooksDialog(QDialog):
    """Two lists, a form, and a secret that is shown once."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        bridge: WorkerBridge,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._desk, self._looks = worker, worker.webhooks, looks
        self._listing, self._acting = Latest(asker, self), Latest(asker, self)
        self._messages_listing, self._secrets = Latest(asker, self), Latest(asker, self)
        self._kept: dict[str, Endpoint] = {}
        self._jobs: dict[str, JobRecord] = {}
        self._failed = False
        self.messages, self.message_list = LineList(self), QListView()
        self._shown_once = QFrame()
        self.secret = QLineEdit(readOnly=True)
        self.form = WebhookForm(looks.theme, looks.icons)
        self._pages = QStackedWidget()
        self.add = self._button(self.tr("Add…"), lambda: self._show_form(None))
        self.change = self._button(self.tr("Change…"), self._edit)
        self.switch = self._button(self.tr("Switch Off"), self._switch)
        self.test = self._button(self.tr("Send Test"), self._send_test)
        self.rotate = self._button(self.tr("New Secret…"), self._ask_before_rotating)
        self.remove = self._button(self.tr("Remove…"), self._ask_before_removing)
        self.resend = self._button(self.tr("Send Again"), self._send_again)
        self._page = page = self._built()
        self.endpoints, self.endpoint_list, self.empty = page.lines, page.view, page.empty
        self._said = page.note
        self._build()
        bridge.changed.connect(self._renew)
        self._renew()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        for latest in (self._listing, self._acting, self._messages_listing, self._secrets):
            latest.forget()
        self.secret.clear()
        super().done(result)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(act)
        return button

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Other systems"))
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
            "send",
            title=self.tr("Other systems"),
            text=self.tr(
                "Endpoints that are told by signed messages what is approved, delivered, "
                "changed and taken back."
            ),
        )
        listed = Listed(
            name=self.tr("Endpoints"),
            words=EmptyWords(
                icon="send",
                title=self.tr("Nobody is told so far"),
                text=self.tr(
                    "An endpoint is an address of another system: a shop, an automation, a "
                    "partner. It gets a secret of its own and can be tested first."
                ),
            ),
            most=MOST_ENDPOINTS,
        )
        close = self._button(self.tr("Close"), self.accept)
        page = ListedPage(looks, head, listed, add=self.add, close=close)
        page.view.activated.connect(self._edit)
        named = self.tr("Messages")
        show_lines(self.message_list, self.messages, looks.theme, looks.icons, named)
        for view in (page.view, self.message_list):
            view.selectionModel().currentChanged.connect(self._tell)
        self.add.setProperty("kind", "primary")
        self.remove.setProperty("kind", "danger")
        acts = (self.add, self.change, self.switch, self.test, self.rotate)
        told = QLabel(named)
        told.setProperty("tone", "section")
        none = self.tr("No message so far. “Send Test” shows whether an endpoint answers.")
        messages = ListOrWords(self.message_list, none)
        buttons, again = split_foot(acts, (self.remove,)), split_foot((self.resend,), ())
        page.put_below(buttons, told, messages, again, grows=messages)
        page.put_above(self._built_secret())
        return page

    def _turn(self) -> None:
        """What was told to endpoints that are gone can still be looked at."""
        self._page.say_empty(not self._kept and not self._jobs)

    def _built_secret(self) -> QFrame:
        text = QLabel(
            self.tr(
                "Give this secret to the receiver. It is shown once; the keyring keeps it, and "
                "a new one can be made any time."
            ),
            wordWrap=True,
        )
        self.secret.setAccessibleName(self.tr("Secret of the endpoint"))
        layout = QVBoxLayout(self._shown_once)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text)
        layout.addWidget(self.secret)
        self._shown_once.setVisible(False)
        return self._shown_once

    # What there is

    def _renew(self, *_: object) -> None:
        def show(found: Sequence[Endpoint]) -> None:
            self._kept = {one.id: one for one in found}
            if self._said.text and not self._failed:
                self._said.hush()
            self._turn()
            self._page.take([self._line(one) for one in found])
            self._tell()

        self._listing.ask(self._desk.endpoints, show, self._fail)
        self._messages_listing.ask(self._desk.messages, self._show_messages, self._fail)

    def _show_messages(self, jobs: Sequence[JobRecord]) -> None:
        chosen = self._message()
        self._jobs = {str(job.id): job for job in jobs}
        self._turn()
        now = self._looks.now()
        self.messages.take(
            [
                Line(
                    key=str(job.id),
                    icon=SIGNS.get(job.state, "clock"),
                    title=one_line(message_title(job)),
                    text=one_line(message_state(job, now)),
                    mark=moment_text(job.updated_at),
                    tone="negative" if job.state is JobState.FAILED else "neutral",
                )
                for job in jobs
            ]
        )
        place = self.messages.place_of(chosen)
        if place.isValid():
            self.message_list.setCurrentIndex(place)
        self._tell()

    def _line(self, endpoint: Endpoint) -> Line:
        return Line(
            key=endpoint.id,
            icon="globe",
            title=one_line(endpoint.name),
            text=one_line(error_text(endpoint.trouble) if endpoint.trouble else endpoint.url),
            mark=endpoint_mark(endpoint),
            tone="negative" if endpoint.state is EndpointState.DISABLED else "neutral",
        )

    def _tell(self) -> None:
        endpoint, job = self._endpoint(), self._job()
        for button in (self.change, self.switch, self.rotate, self.remove):
            button.setEnabled(endpoint is not None)
        is_on = endpoint is not None and endpoint.state is EndpointState.ON
        self.test.setEnabled(is_on)
        self.switch.setText(
            self.tr("Switch Off") if endpoint is None or is_on else self.tr("Switch On")
        )
        self.resend.setEnabled(job is not None and job.state is not JobState.DONE)

    def _endpoint(self) -> Endpoint | None:
        return self._kept.get(self._page.key())

    def _message(self) -> str | None:
        found = self.message_list.currentIndex().data(LineRole.KEY)
        return found if isinstance(found, str) else None

    def _job(self) -> JobRecord | None:
        return self._jobs.get(self._message() or "")

    # What is asked for

    def _edit(self) -> None:
        endpoint = self._endpoint()
        if endpoint is not None:
            self._show_form(endpoint)

    def _show_form(self, endpoint: Endpoint | None) -> None:
        self._said.hush()
        self.form.show_endpoint(endpoint)
        self._pages.setCurrentWidget(self.form)

    def _show_list(self) -> None:
        self._pages.setCurrentWidget(self._page)
        self._renew()

    def _put(self, endpoint: Endpoint, secret: Secret | None) -> None:
        desk = self._desk

        def added(made: tuple[Endpoint, Secret]) -> None:
            self._show_list()
            if secret is None:
                self._show_secret(made[1])

        if endpoint.id:
            self._acting.ask(
                lambda: desk.change(endpoint), lambda _: self._show_list(), self.form.show_error
            )
        else:
            self._secrets.ask(lambda: desk.add(endpoint, secret), added, self.form.show_error)

    def _show_secret(self, secret: Secret) -> None:
        self.secret.setText(secret.reveal())
        self._shown_once.setVisible(True)

    def _switch(self) -> None:
        endpoint, desk = self._endpoint(), self._desk
        if endpoint is None:
            return
        is_on = endpoint.state is EndpointState.ON
        state = EndpointState.OFF if is_on else EndpointState.ON
        self._ask(lambda: desk.change(replace(endpoint, state=state)))

    def _send_test(self) -> None:
        endpoint, desk = self._endpoint(), self._desk
        if endpoint is not None:
            self._ask(lambda: desk.test(endpoint.id))

    def _send_again(self) -> None:
        job, worker = self._job(), self._worker
        if job is not None:
            self._ask(lambda: worker.retry([job.id]))

    def _ask_before_rotating(self) -> None:
        endpoint, desk = self._endpoint(), self._desk
        if endpoint is None:
            return
        question = Question(
            icon="key-round",
            title=self.tr("Make a new secret for “{name}”?").format(name=one_line(endpoint.name)),
            text=self.tr("The receiver has a day to take it over: both sign until then."),
            act=self.tr("Make One"),
            leave=self.tr("Keep"),
        )
        self._confirm(
            question,
            lambda: self._secrets.ask(
                lambda: desk.rotate(endpoint.id), self._show_secret, self._fail
            ),
        )

    def _ask_before_removing(self) -> None:
        endpoint, desk = self._endpoint(), self._desk
        if endpoint is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Remove “{name}”?").format(name=one_line(endpoint.name)),
            text=self.tr("It is told nothing more. Its secret and what waits for it go."),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, lambda: self._ask(lambda: desk.remove(endpoint.id)))

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        ask_first(self._looks.theme, self._looks.icons, question, self, act)

    def _ask(self, work: Callable[[], object]) -> None:
        self._failed = False
        self._acting.ask(work, self._renew, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._failed = True
        self._said.say(Tone.NEGATIVE, error_text(error))
        self._tell()
