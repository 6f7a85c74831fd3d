"""What a push changes where earlier versions of its assets went, in one line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.places import ReplacementEffect
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.place_wording import effect_text
from bridge_app.work.worker import Worker


class PushEffect(QLabel):
    """Hidden while a plan replaces nothing that went anywhere, and while that is being read.

    `told` is what it tells of, None before it is known.
    """

    def __init__(self, worker: Worker, asker: Asker) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._worker = worker
        self._latest = Latest(asker, self)
        self.told: ReplacementEffect | None = None
        self.setProperty("tone", "muted")
        self._say("")

    def look(self, plan: PushPlan | None) -> None:
        """Tell of this plan; None: of nothing any more."""
        self._latest.forget()
        self.told = None
        self._say("")
        if plan is not None and plan.count(PushAction.NEW_VERSION):
            worker = self._worker
            self._latest.ask(lambda: worker.places.effect(plan), self._show, self._fail)

    def _show(self, effect: ReplacementEffect) -> None:
        self.told = effect
        self._say(effect_text(effect))

    def _fail(self, error: BridgeError) -> None:
        self._say(error_text(error))

    def _say(self, text: str) -> None:
        self.setText(text)
        self.setVisible(bool(text))
