"""Rendition sets: the presets that a campaign needs together, and the library of all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.presets import PresetError, RenditionPreset, check_name, check_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionSet:
    """Some presets by their names, in the order they are made."""

    name: str
    title: str = ""
    presets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name)
        for text in (self.title, *self.presets):
            check_text(text)
        if len(set(self.presets)) < len(self.presets):
            raise PresetError(
                what=f"The set {self.name}",
                detail=QT_TRANSLATE_NOOP("facts", "it names a preset twice"),
            )

    @property
    def shown(self) -> str:
        """The title, or where there is none, the name."""
        return self.title or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetLibrary:
    """All presets and sets, by name, in the order they are shown."""

    presets: Mapping[str, RenditionPreset] = field(default_factory=dict)
    sets: Mapping[str, RenditionSet] = field(default_factory=dict)

    @classmethod
    def of(
        cls, presets: Iterable[RenditionPreset], sets: Iterable[RenditionSet] = ()
    ) -> "PresetLibrary":
        """A library of these; of two with one name the last counts."""
        return cls(
            presets={preset.name: preset for preset in presets},
            sets={one.name: one for one in sets},
        )

    def preset(self, name: str) -> RenditionPreset:
        """One preset. Raises NotFoundError."""
        if name not in self.presets:
            raise NotFoundError(what=f"The preset {name}")
        return self.presets[name]

    def of_set(self, name: str) -> tuple[RenditionPreset, ...]:
        """The presets of a set; a preset's own name is a set of one.

        Raises NotFoundError if there is neither, or if a preset of the set is gone.
        """
        if name in self.sets:
            return tuple(self.preset(each) for each in self.sets[name].presets)
        if name in self.presets:
            return (self.presets[name],)
        raise NotFoundError(what=f"The set {name}")

    def missing(self) -> Mapping[str, tuple[str, ...]]:
        """The sets that name presets which are not there, with those names."""
        gone = {
            one.name: tuple(name for name in one.presets if name not in self.presets)
            for one in self.sets.values()
        }
        return {name: names for name, names in gone.items() if names}

    def sets_with(self, preset: str) -> tuple[str, ...]:
        """The sets that name a preset."""
        return tuple(one.name for one in self.sets.values() if preset in one.presets)
