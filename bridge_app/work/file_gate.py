"""What the gate says of files that people take out of the program: asked before, and on record.

Such a file is a person's own to use, so the gate alone forbids nothing: a policy does. What it has
against a file goes with it, into the list of places and into the audit trail.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind, Refused
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, GateRefusalError
from bridge_app.domain.gate import Verdict
from bridge_app.domain.policies import demands
from bridge_app.domain.reasons import LIFTABLE, Reason
from bridge_app.storage.search import Readers
from bridge_app.work.audit import AuditDesk
from bridge_app.work.gatekeeper import Gatekeeper

ACT = "file"
"""What a refusal calls it."""
OF_REVIEW = LIFTABLE | {Reason.REJECTED, Reason.RENDITION_REJECTED, Reason.FIELDS_MISSING}
"""What a review may still mend."""


class FileHeldBackError(GateRefusalError):
    """A policy forbids that it leaves as a file."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A policy keeps the file of {name} here: {reasons}. Nothing was handed over."
    )


@dataclass(frozen=True, slots=True)
class FileSubject:
    """A file that would leave: the original, or what `transformation` makes of it."""

    asset: AssetId
    transformation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """What the gate says of one; `is_held` where a policy lets it decide."""

    asset: Asset
    subject: str
    verdict: Verdict
    is_held: bool


class FileGate:
    """Every method may be called from any thread, and blocks; `environment` is "" without one."""

    def __init__(
        self,
        gate: Gatekeeper,
        readers: Readers,
        audit: AuditDesk,
        *,
        environment: Callable[[], str],
    ) -> None:
        self._gate = gate
        self._readers = readers
        self._audit = audit
        self._environment = environment

    def ask(self, files: Sequence[FileSubject]) -> list[FileAnswer]:
        """What the gate says now, of assets as they are now."""
        environment = self._environment()
        policies = self._gate.policies(environment)
        with self._readers.lent() as reader:
            found = reader.assets(list(dict.fromkeys(one.asset for one in files)))
        assets = {one.id: one for one in found}
        answers = []
        for file in files:
            asset = assets.get(file.asset)
            if asset is None:
                continue
            subject = self._gate.subject(file.transformation) if file.transformation else ""
            verdict = self._gate.answer(asset, environment, subject=subject, policies=policies)
            asked = demands(policies, asset, environment=environment).files
            held = asked and not verdict.allows
            answers.append(FileAnswer(asset=asset, subject=subject, verdict=verdict, is_held=held))
        return answers

    def check(self, files: Sequence[FileSubject], *, for_work: bool = False) -> None:
        """Raises FileHeldBackError, on record, if a policy keeps one of these here.

        What is opened `for_work` is held back by nothing that a review may still mend: whoever has
        to change it could not otherwise.
        """
        held = [one for one in self._asked(files, for_work=for_work) if one.is_held]
        if held:
            self._audit.refused(self._refused(one) for one in held)
            raise _error(held[0])

    def check_shown(self, file: FileSubject) -> None:
        """May it be shown to a reviewer outside? A review that is not finished forbids nothing.

        Raises FileHeldBackError, on record, where its rights have ended, or where a policy has the
        gate asked of files and there is more against it than its review.
        """
        for one in self.ask([file]):
            rest = tuple(reason for reason in one.verdict.against if reason not in OF_REVIEW)
            if rest and (one.is_held or Reason.RIGHTS_ENDED in rest):
                held = replace(one, verdict=Verdict(rest))
                self._audit.refused([self._refused(held)])
                raise _error(held)

    def foresee(self, files: Sequence[FileSubject], *, for_work: bool = False) -> str:
        """What the gate has against any of these; "" for nothing. Nothing is put on record.

        Raises FileHeldBackError if a policy keeps one of them here; `for_work` as in `check`.
        """
        asked = self._asked(files, for_work=for_work)
        against = [one for one in asked if not one.verdict.allows]
        held = next((one for one in against if one.is_held), None)
        if held is not None:
            raise _error(held)
        return against[0].verdict.sentence() if against else ""

    def left(
        self, files: Sequence[FileSubject], how: str, *, for_work: bool = False
    ) -> Mapping[AssetId, str]:
        """These left, which is on record now; what the gate has against them, where it has.

        What was opened `for_work` goes on in its review, which nobody has to be told.
        """
        answers = self.ask(files)
        self._audit.left([self._entry(one, how) for one in answers])
        against = [one for one in answers if not one.verdict.allows]
        return {
            one.asset.id: one.verdict.sentence()
            for one in against
            if not (for_work and _is_review(one.verdict))
        }

    def _asked(self, files: Sequence[FileSubject], *, for_work: bool) -> list[FileAnswer]:
        answers = self.ask(files)
        if not for_work:
            return answers
        return [
            replace(one, is_held=one.is_held and not _is_review(one.verdict)) for one in answers
        ]

    def _refused(self, one: FileAnswer) -> Refused:
        return Refused(
            act=ACT,
            asset=one.asset.id,
            name=one.asset.name,
            content=one.asset.content or "",
            transformation=one.subject,
            environment=self._environment(),
            reasons=one.verdict.sentence(),
        )

    def _entry(self, one: FileAnswer, how: str) -> AuditEntry:
        told: dict[str, str | None] = {"how": how}
        if not one.verdict.allows:
            told["reasons"] = one.verdict.sentence()
        return AuditEntry(
            at="",
            kind=AuditKind.DEPARTURE,
            asset=one.asset.id,
            name=one.asset.name,
            content=one.asset.content or "",
            transformation=one.subject,
            environment=self._environment(),
            detail=dict(told),
        )


def _is_review(verdict: Verdict) -> bool:
    return OF_REVIEW.issuperset(verdict.against)


def _error(one: FileAnswer) -> FileHeldBackError:
    return FileHeldBackError(name=one.asset.name, reasons=one.verdict.sentence())
