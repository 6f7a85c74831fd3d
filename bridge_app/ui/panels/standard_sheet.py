"""What chosen masters say in the standard fields, as the form shows it; read off the GUI thread."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import FieldSheet, fields_of
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.master_sheet import MasterWay, SaidMaster
from bridge_app.domain.shelter import OWN_SERVICE, service_name, shelter_of
from bridge_app.domain.standard_fields import Group, field_of, language_of, path_named
from bridge_app.ui.collation import in_reading_order
from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterSheet:
    """All fields that any of the masters has.

    `required` are the keys of the fields that a policy wants filled in before something leaves;
    `sorts` one master of each kind that takes other fields than the rest; `languages` those in
    which a field is said beside the default one, by its id; `filled` how many fields of a group
    say something, `lacking` how many are required and do not; `entries` which structures of its
    list a group has beside the first.
    """

    masters: tuple[SaidMaster, ...] = ()
    fields: Mapping[FieldPath, FieldSheet] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    sorts: tuple[SaidMaster, ...] = ()
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filled: Mapping[Group, int] = field(default_factory=dict)
    lacking: Mapping[Group, int] = field(default_factory=dict)
    entries: Mapping[Group, frozenset[int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Is there no master among what is chosen?"""
        return not self.masters

    @property
    def ways(self) -> frozenset[MasterWay]:
        """How these masters take what is said."""
        return frozenset(one.way for one in self.sorts)

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts of services where some of them lie."""
        libraries = (one.asset.library for one in self.sorts if one.way is MasterWay.SERVICE)
        return frozenset(account for one in libraries if (account := shelter_of(one)))

    @property
    def service(self) -> str:
        """What the services where some of them lie are called."""
        return (
            ", ".join(in_reading_order({service_name(one) for one in self.accounts})) or OWN_SERVICE
        )

    def field(self, path: FieldPath) -> FieldSheet:
        """A field; one that nobody speaks of is empty."""
        return self.fields.get(path) or FieldSheet(path=path)

    def may_edit(self, path: FieldPath) -> bool:
        """Can each of them be told so?"""
        return all(one.may_edit(path) for one in self.sorts)

    def differs(self, path: FieldPath) -> bool:
        """Do the parts of a file disagree about it?"""
        return len(self.masters) == 1 and path.key in self.masters[0].differs


def master_sheet(masters: Sequence[SaidMaster]) -> MasterSheet:
    """What these say together."""
    required = frozenset(key for one in masters for key in one.required)
    sorts = {(one.way, one.destination): one for one in masters}
    fields = fields_of(masters)
    languages: defaultdict[str, list[str]] = defaultdict(list)
    filled: Counter[Group] = Counter()
    lacking: Counter[Group] = Counter()
    entries: defaultdict[Group, set[int]] = defaultdict(set)
    needed = {path_named(key) for key in required}
    for path in sorted({*fields, *needed}):
        known, language = field_of(path), language_of(path)
        if known is not None:
            told = fields.get(path)
            says = told is not None and (told.value is not None or told.mixed)
            languages[known.id] += [language] if language else []
            filled[known.group] += says
            lacking[known.group] += path in needed and not says
            if known.number > 1 and (says or (told is not None and told.state is not None)):
                entries[known.group].add(known.number)
    return MasterSheet(
        masters=tuple(masters),
        fields=fields,
        required=required,
        sorts=tuple(sorts.values()),
        languages={name: tuple(found) for name, found in languages.items() if found},
        filled=filled,
        lacking=lacking,
        entries={group: frozenset(found) for group, found in entries.items()},
    )


def read_masters(worker: Worker, ids: Sequence[AssetId]) -> MasterSheet:
    """What the masters among these say, and what policies want of them; off the GUI thread."""
    return master_sheet(worker.masters.said(ids))
