"""What the gate says of the picture that is looked at, why, what would lift it; and its stages."""

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.gate import LIFTS, Reason, Verdict
from bridge_app.ui.delegates.badges import APPROVAL_ICONS, approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import (
    approval_text,
    isolated,
    moment_text,
    one_line,
    reasons_text,
)
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.review.entries import rendition_name
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.theme import Theme
from bridge_app.work.approvals import ReviewState, StageState

ICON_PX = 16


class VerdictCard(QFrame):
    """Whose picture it is, and whether it may leave at this moment."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("tone", "strong")
        self._kind = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._kind.setProperty("tone", "muted")
        self._said = Banner(theme, icons)
        self._lifts = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._lifts.setProperty("tone", "caption")
        self._lifts.setAlignment(leading())
        self._scores = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._scores.setProperty("tone", "muted")
        self._scores.setAlignment(leading())
        self._scores.setVisible(False)
        self._stages = QVBoxLayout()
        self._stages.setSpacing(4)
        self._state: ReviewState | None = None
        for label in (self._name, self._kind):
            label.setAlignment(leading())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(6)
        layout.addWidget(self._name)
        layout.addWidget(self._kind)
        layout.addSpacing(2)
        layout.addWidget(self._said)
        layout.addWidget(self._lifts)
        layout.addLayout(self._stages)
        layout.addWidget(self._scores)
        theme.changed.connect(self._show_stages)

    @property
    def text(self) -> str:
        """What it says of the gate."""
        return self._said.text

    @property
    def lifts(self) -> str:
        """What it says would open the gate."""
        return self._lifts.text()

    def show_subject(self, subject: Subject | None, state: ReviewState | None) -> None:
        """Tell of this one; its state may come later."""
        self._name.setText(one_line(subject.asset.name) if subject is not None else "")
        kind = rendition_name(subject) if subject is not None else ""
        places = (subject.channel, *subject.markets) if subject is not None else ()
        self._kind.setText("  ·  ".join([kind, *(one_line(one) for one in places if one)]))
        self._kind.setToolTip(subject.transformation if subject is not None else "")
        self._state = state
        if state is None:
            self._said.hush()
            self._lifts.setVisible(False)
        else:
            self._show_verdict(state.verdict)
        self._show_stages()

    def show_scores(self, scores: tuple[float, float] | None) -> None:
        """How much differs from what was approved before, 0..1; None where that is not known."""
        self._scores.setVisible(scores is not None)
        if scores is not None:
            text = self.tr("Against the approved one: {pixels} of the pixels, {seen} as it looks")
            self._scores.setText(text.format(pixels=_percent(scores[0]), seen=_percent(scores[1])))

    def _show_verdict(self, verdict: Verdict) -> None:
        against = verdict.against
        if verdict.allows and verdict.overridden:
            why = reasons_text(verdict.overridden)
            text = self.tr("May leave: somebody lets it pass, although {reasons}.")
            self._said.say(Tone.WARNING, text.format(reasons=why), icon="shield-alert")
        elif verdict.allows:
            self._said.say(Tone.POSITIVE, self.tr("May be delivered now."), icon="shield-check")
        else:
            why = reasons_text(against, verdict.fields)
            text = self.tr("Held back: {reasons}.").format(reasons=why)
            is_no = any(one in _FINAL for one in against)
            tone = Tone.NEGATIVE if is_no else Tone.WARNING
            self._said.say(tone, text, icon="shield-x" if is_no else "shield-alert")
        told = dict.fromkeys(
            QCoreApplication.translate("gate lifts", LIFTS[one]) for one in against
        )
        self._lifts.setText("\n".join(told))
        self._lifts.setVisible(bool(told))

    def _show_stages(self) -> None:
        while (item := self._stages.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for stage in self._state.stages if self._state is not None else ():
            self._stages.addWidget(self._stage_line(stage))

    def _stage_line(self, stage: StageState) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        sign = approval_sign(stage.approval, self._theme.tokens)
        icon = QLabel()
        icon.setPixmap(
            self._icons.pixmap(
                APPROVAL_ICONS[stage.approval],
                sign.badge.soft_ink,
                ICON_PX,
                self.devicePixelRatioF(),
            )
        )
        name = ElidedLabel(one_line(stage.stage))
        said = ElidedLabel(self._told(stage))
        said.setProperty("tone", "muted")
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(icon)
        layout.addWidget(name)
        layout.addWidget(said, 1)
        line.setAccessibleName(f"{name.text()}: {said.text()}")
        return line

    def _told(self, stage: StageState) -> str:
        if not stage.who and stage.approval in _OPEN:
            roles = QLocale().createSeparatedList([one_line(one) for one in stage.roles])
            return self.tr("Waits for {roles}").format(roles=roles) if roles else self.tr("Waits")
        if not stage.who:
            return approval_text(stage.approval)
        text = self.tr("{who}, {when}")
        return text.format(who=isolated(one_line(stage.who)), when=moment_text(stage.at))


def _percent(share: float) -> str:
    return f"{QLocale().toString(share * 100, 'f', 1)} %"


_FINAL = frozenset(
    {
        Reason.REJECTED,
        Reason.RENDITION_REJECTED,
        Reason.RIGHTS_ENDED,
        Reason.UNREADABLE_FILE,
    }
)
"""Reasons that more reviewing does not lift."""
_OPEN = frozenset({Approval.DRAFT, Approval.IN_REVIEW})
