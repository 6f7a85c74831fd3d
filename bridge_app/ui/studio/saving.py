"""Has the steps of a studio kept as a rendition preset; a name that is taken is asked about."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.published import PresetEffect
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import preset_title
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.stay_behind import stay_behind
from bridge_app.ui.studio.save_dialog import SavePresetDialog
from bridge_app.work.preset_shelf import PresetShelf

Found = tuple[RenditionPreset | None, PresetEffect]


class PresetSaving(SavePresetDialog):
    """`saved` tells what is on disk now."""

    saved = Signal(object)  # RenditionPreset

    def __init__(
        self,
        shelf: PresetShelf,
        asker: Asker,
        looks: Looks,
        transformation: str,
        parent: QWidget,
    ) -> None:
        super().__init__(looks.theme, looks.icons, transformation, parent)
        self._shelf = shelf
        self._asker = asker
        self._looks = looks
        self.wanted.connect(self._weigh)

    def _weigh(self, preset: RenditionPreset) -> None:
        """Look whether there is one of this name, and what is published with it."""

        def look() -> Found:
            there = self._shelf.library().presets.get(preset.name)
            return there, self._shelf.effect(_merged(there, preset))

        def found(answer: Found) -> None:
            there, effect = answer
            if not isValid(self):
                return  # the studio was closed meanwhile
            if there is None or there == _merged(there, preset):
                self._keep(preset)
                return
            self._ask_about(there, preset, effect)

        self._asker.ask(look, found, self.refuse)

    def _ask_about(
        self, there: RenditionPreset, preset: RenditionPreset, effect: PresetEffect
    ) -> None:
        act = self.tr("Replace")
        question = stay_behind(effect, act) if effect.outdated else self._question(there, act)
        dialog = ConfirmDialog(self._looks.theme, self._looks.icons, question, self)
        dialog.confirmed.connect(lambda: self._keep(_merged(there, preset)))
        dialog.rejected.connect(self.allow)
        open_dialog(dialog)

    def _question(self, there: RenditionPreset, act: str) -> Question:
        text = self.tr(
            "There is a preset of this name. Sets that use it make what you see here from now on; "
            "its format, markets and languages, and what its channel asks for, stay."
        )
        return Question(
            icon="bookmark",
            title=self.tr("Replace the steps of “{preset}”?").format(preset=preset_title(there)),
            text=text,
            act=act,
            leave=self.tr("Go back"),
        )

    def _keep(self, preset: RenditionPreset) -> None:
        def done(_: object) -> None:
            if isValid(self):
                self.accept()
                self.saved.emit(preset)

        self._asker.ask(lambda: self._shelf.save(preset), done, self.refuse)


def _merged(there: RenditionPreset | None, preset: RenditionPreset) -> RenditionPreset:
    """The one that is there with the new steps; title and channel only where they are given."""
    if there is None:
        return preset
    return replace(
        there,
        transformation=preset.transformation,
        title=preset.title or there.title,
        channel=preset.channel or there.channel,
    )
