"""What the form of a push offers: folders, presets, renditions, fields; all can be left out."""

from PySide6.QtCore import QObject

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.push_form import PushForm
from bridge_app.ui.latest import Latest
from bridge_app.ui.models.push_plan import public_folders
from bridge_app.ui.wording import public_id
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

RECENT = 200


class PushOffers(QObject):
    """Asks for what can be offered, and hands it to the form when it is there."""

    def __init__(self, worker: Worker, asker: Asker, form: PushForm, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._form = form
        self._recent, self._presets, self._fields = (Latest(asker, self) for _ in range(3))
        self._renditions = Latest(asker, self)

    def read(self) -> None:
        """Ask for the folders of the last pushes, the environment's presets, and its fields."""
        worker, form = self._worker, self._form
        self._recent.ask(
            lambda: worker.transfers(limit=RECENT),
            lambda jobs: form.offer(public_folders(public_id(job) for job in jobs)),
            _unheeded,
        )
        self._renditions.ask(worker.rendition_presets.library, form.offer_renditions, _unheeded)
        account = worker.current_account()
        if account is None:
            return
        environment = account.environment
        is_online = worker.connectivity() is Connectivity.ONLINE
        self.read_fields()
        if is_online:
            self._presets.ask(
                lambda: worker.upload_presets(environment),
                lambda found: form.offer_presets(preset.name for preset in found),
                _unheeded,
            )

    def read_fields(self) -> None:
        """Ask for the fields of the environment in use; the service only where none are known."""
        worker, account = self._worker, self._worker.current_account()
        if account is None:
            self._form.offer_fields(Schema())
            return
        environment = account.environment
        is_online = worker.connectivity() is Connectivity.ONLINE

        def fields() -> Schema:
            known = worker.editing.schema(environment)
            ask = not known.fields and is_online
            return worker.editing.read_schema(environment) if ask else known

        self._fields.ask(fields, self._form.offer_fields, _unheeded)

    def forget(self) -> None:
        """Nobody waits for it any more."""
        for latest in (self._recent, self._presets, self._fields, self._renditions):
            latest.forget()


def _unheeded(_: BridgeError) -> None:
    """What cannot be offered can still be typed."""
