"""What is done with one preset: changed in a form, doubled, deleted; what is published is named."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.published import PresetEffect
from bridge_app.storage.presets import PresetChange
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import preset_title
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.stay_behind import stay_behind
from bridge_app.ui.presets.keeping import Deed, PresetKeeping
from bridge_app.ui.presets.preset_form import FormWish, PresetForm
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.work.preset_shelf import PresetTakenError


class PresetActs(QObject):
    """`showWanted` tells the name of what there is now, so that it can be selected."""

    showWanted = Signal(str)

    def __init__(
        self,
        keeping: PresetKeeping,
        previews: PresetPreviews,
        asker: Asker,
        looks: Looks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._keeping = keeping
        self._previews = previews
        self._looks = looks
        self._window = window
        self._asking = Latest(asker, self)

    def edit(self, preset: RenditionPreset | None) -> None:
        """Open the form for a preset, or for a new one."""
        library = self._keeping.library
        channels = [one.channel for one in library.presets.values()]
        wish = FormWish(preset=preset, channels=channels)
        form = PresetForm(self._previews, self._looks, wish, self._window)
        form.wanted.connect(lambda wanted: self._weigh(form, preset, wanted))
        open_dialog(form)

    def _weigh(
        self, form: PresetForm, before: RenditionPreset | None, after: RenditionPreset
    ) -> None:
        """What is published is named before a change leaves it behind."""
        shelf = self._keeping.shelf
        if before is None:
            if after.name in self._keeping.library.presets:
                form.refuse(PresetTakenError(name=after.name))
                return
            self._save(form, before, after)
            return

        def weighed(effect: PresetEffect) -> None:
            if not effect.outdated:
                self._save(form, before, after)
                return
            dialog = self._ask_about(effect, self.tr("Save all the same"))
            dialog.confirmed.connect(lambda: self._save(form, before, after))
            dialog.rejected.connect(lambda: form.save.setEnabled(True))
            open_dialog(dialog)

        is_renamed = before.name != after.name
        self._asking.ask(
            lambda: shelf.effect_of_removing(before.name) if is_renamed else shelf.effect(after),
            weighed,
            form.refuse,
        )

    def _save(
        self, form: PresetForm, before: RenditionPreset | None, after: RenditionPreset
    ) -> None:
        shelf = self._keeping.shelf

        def act() -> PresetChange:
            if before is not None and before.name != after.name:
                return shelf.rename(before.name, after)
            return shelf.save(after)

        def done(_: PresetChange) -> None:
            form.accept()
            self.showWanted.emit(after.name)

        words = self.tr("“{preset}” was saved.").format(preset=preset_title(after))
        self._keeping.do(Deed(act=act, said=words, done=done, refused=form.refuse))

    def double(self, chosen: RenditionPreset) -> None:
        """Have a copy made behind it."""
        title = self.tr("{preset} (copy)").format(preset=preset_title(chosen))
        words = self.tr("“{preset}” was duplicated.").format(preset=preset_title(chosen))

        def done(change: PresetChange) -> None:
            for name in change.presets:
                self.showWanted.emit(name)

        shelf = self._keeping.shelf
        self._keeping.do(
            Deed(act=lambda: shelf.duplicate(chosen.name, title=title), said=words, done=done)
        )

    def delete(self, chosen: RenditionPreset) -> None:
        """Have it deleted; asked before only where something is published with it."""
        words = self.tr("“{preset}” was deleted.").format(preset=preset_title(chosen))
        shelf = self._keeping.shelf

        def go() -> None:
            self._keeping.do(Deed(act=lambda: shelf.remove([chosen.name]), said=words))

        def weighed(effect: PresetEffect) -> None:
            if not effect.outdated:
                go()
                return
            dialog = self._ask_about(effect, self.tr("Delete all the same"))
            dialog.confirmed.connect(go)
            open_dialog(dialog)

        self._asking.ask(
            lambda: shelf.effect_of_removing(chosen.name), weighed, self._keeping.failed.emit
        )

    def _ask_about(self, effect: PresetEffect, act: str) -> ConfirmDialog:
        looks, question = self._looks, stay_behind(effect, act)
        return ConfirmDialog(looks.theme, looks.icons, question, self._window.window())
