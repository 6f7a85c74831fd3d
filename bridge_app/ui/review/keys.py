"""Every key of review mode, once: the window acts on this table, and the help shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.key_texts import native
from bridge_app.ui.window_keys import WindowKeys


class Act(Enum):
    """What a key does."""

    APPROVE = auto()
    REJECT = auto()
    REQUEST_CHANGES = auto()
    COMMENT = auto()
    PIN = auto()
    DRAW = auto()
    UNDO = auto()
    APPROVE_REST = auto()
    FORWARD = auto()
    BACKWARD = auto()
    NEXT = auto()
    PREVIOUS = auto()
    FIRST = auto()
    LAST = auto()
    NEXT_OPEN = auto()
    COMPARE = auto()
    BESIDE = auto()
    AGAINST = auto()
    SHEET = auto()
    GUIDES = auto()
    FIT = auto()
    ACTUAL = auto()
    NEARER = auto()
    FARTHER = auto()
    LESS = auto()
    MORE = auto()
    PLAY = auto()
    FRAME_BACK = auto()
    FRAME_ON = auto()
    FACTS = auto()
    STRIP = auto()
    FULL_SCREEN = auto()
    RATE = auto()
    LABEL = auto()
    HELP = auto()
    LEAVE = auto()


class Group(Enum):
    """Under which heading the help tells it."""

    DECIDE = QT_TRANSLATE_NOOP("review keys", "Decide")
    GO = QT_TRANSLATE_NOOP("review keys", "Go")
    LOOK = QT_TRANSLATE_NOOP("review keys", "Look")
    MARK = QT_TRANSLATE_NOOP("review keys", "Mark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One line of the table; `value` says more where several keys share an act.

    `on_stage` keys act while one picture is looked at, and belong to the list on a contact sheet.
    """

    act: Act
    keys: tuple[str, ...]
    words: str
    group: Group
    value: int = 0
    on_stage: bool = False


BINDINGS = (
    Binding(
        act=Act.APPROVE,
        keys=("A",),
        words=QT_TRANSLATE_NOOP("review keys", "Approve"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.REJECT,
        keys=("R", "X"),
        words=QT_TRANSLATE_NOOP("review keys", "Reject"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.REQUEST_CHANGES,
        keys=("C",),
        words=QT_TRANSLATE_NOOP("review keys", "Request changes"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.COMMENT,
        keys=("M",),
        words=QT_TRANSLATE_NOOP("review keys", "Comment"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.PIN,
        keys=("Shift+M",),
        words=QT_TRANSLATE_NOOP("review keys", "Pin a comment to a place"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.DRAW,
        keys=("D",),
        words=QT_TRANSLATE_NOOP("review keys", "Draw on the picture"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.UNDO,
        keys=("Ctrl+Z", "U"),
        words=QT_TRANSLATE_NOOP("review keys", "Take the last decision back"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.APPROVE_REST,
        keys=("Shift+A",),
        words=QT_TRANSLATE_NOOP("review keys", "Approve the rest"),
        group=Group.DECIDE,
    ),
    Binding(
        act=Act.FORWARD,
        keys=("Right",),
        words=QT_TRANSLATE_NOOP("review keys", "Next picture"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.BACKWARD,
        keys=("Left",),
        words=QT_TRANSLATE_NOOP("review keys", "Previous picture"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.NEXT,
        keys=("Down", "PgDown"),
        words=QT_TRANSLATE_NOOP("review keys", "Next asset"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.PREVIOUS,
        keys=("Up", "PgUp"),
        words=QT_TRANSLATE_NOOP("review keys", "Previous asset"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.NEXT_OPEN,
        keys=("N",),
        words=QT_TRANSLATE_NOOP("review keys", "Next that is not decided"),
        group=Group.GO,
    ),
    Binding(
        act=Act.FIRST,
        keys=("Home",),
        words=QT_TRANSLATE_NOOP("review keys", "First"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.LAST,
        keys=("End",),
        words=QT_TRANSLATE_NOOP("review keys", "Last"),
        group=Group.GO,
        on_stage=True,
    ),
    Binding(
        act=Act.LEAVE,
        keys=("Esc", "Ctrl+W"),
        words=QT_TRANSLATE_NOOP("review keys", "Back"),
        group=Group.GO,
    ),
    Binding(
        act=Act.COMPARE,
        keys=("V",),
        words=QT_TRANSLATE_NOOP("review keys", "Compare: line, onion skin, difference"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.AGAINST,
        keys=("P",),
        words=QT_TRANSLATE_NOOP("review keys", "Against the version before, or the master"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.BESIDE,
        keys=("B",),
        words=QT_TRANSLATE_NOOP("review keys", "Master and renditions side by side"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.SHEET,
        keys=("G",),
        words=QT_TRANSLATE_NOOP("review keys", "Contact sheet"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.GUIDES,
        keys=("H",),
        words=QT_TRANSLATE_NOOP("review keys", "Guides: safe area, thirds, crops"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.PLAY,
        keys=("K",),
        words=QT_TRANSLATE_NOOP("review keys", "Play a film, or stop it"),
        group=Group.LOOK,
        on_stage=True,
    ),
    Binding(
        act=Act.FRAME_BACK,
        keys=("J",),
        words=QT_TRANSLATE_NOOP("review keys", "A film one step back"),
        group=Group.LOOK,
        on_stage=True,
    ),
    Binding(
        act=Act.FRAME_ON,
        keys=("L",),
        words=QT_TRANSLATE_NOOP("review keys", "A film one step on"),
        group=Group.LOOK,
        on_stage=True,
    ),
    Binding(
        act=Act.ACTUAL,
        keys=("Z",),
        words=QT_TRANSLATE_NOOP("review keys", "100 %, and back"),
        group=Group.LOOK,
        on_stage=True,
    ),
    Binding(
        act=Act.FIT,
        keys=("F",),
        words=QT_TRANSLATE_NOOP("review keys", "Show everything"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.NEARER,
        keys=("+", "="),
        words=QT_TRANSLATE_NOOP("review keys", "Nearer"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.FARTHER,
        keys=("-",),
        words=QT_TRANSLATE_NOOP("review keys", "Farther"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.LESS,
        keys=(",",),
        words=QT_TRANSLATE_NOOP("review keys", "More of the version before"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.MORE,
        keys=(".",),
        words=QT_TRANSLATE_NOOP("review keys", "More of the version now"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.FACTS,
        keys=("I",),
        words=QT_TRANSLATE_NOOP("review keys", "Facts and comments"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.STRIP,
        keys=("T",),
        words=QT_TRANSLATE_NOOP("review keys", "Filmstrip"),
        group=Group.LOOK,
    ),
    Binding(
        act=Act.FULL_SCREEN,
        keys=("F11",),
        words=QT_TRANSLATE_NOOP("review keys", "Full screen"),
        group=Group.LOOK,
    ),
    *(
        Binding(
            act=Act.RATE,
            keys=(str(stars),),
            words=QT_TRANSLATE_NOOP("review keys", "Rate with 0 to 5 stars"),
            group=Group.MARK,
            value=stars,
        )
        for stars in range(6)
    ),
    *(
        Binding(
            act=Act.LABEL,
            keys=(str(6 + number),),
            words=QT_TRANSLATE_NOOP("review keys", "Label red, yellow, green or blue"),
            group=Group.MARK,
            value=number,
        )
        for number in range(4)
    ),
    Binding(
        act=Act.HELP,
        keys=("?",),
        words=QT_TRANSLATE_NOOP("review keys", "These keys"),
        group=Group.MARK,
    ),
)


def name_of(binding: Binding) -> str:
    """Under which its keys are kept."""
    number = str(binding.value) if binding.act in (Act.RATE, Act.LABEL) else ""
    return f"review/{binding.act.name.lower()}{number}"


def title_of(binding: Binding) -> str:
    """What it does, where each key stands for itself."""
    words = words_of(binding)
    return f"{words}: {binding.keys[0]}" if binding.act in (Act.RATE, Act.LABEL) else words


def words_of(binding: Binding) -> str:
    """What it does, translated."""
    return QCoreApplication.translate("review keys", binding.words)


def group_text(group: Group) -> str:
    """A heading, translated."""
    return QCoreApplication.translate("review keys", group.value)


def key_text(key: str) -> str:
    """A key as it is written on this system's keyboards."""
    return native(key)


def tip(act: Act, keys: WindowKeys | None = None) -> str:
    """A tool tip: what it does, and its key."""
    binding = next(one for one in BINDINGS if one.act is act)
    words, mine = words_of(binding), _keys_of(binding, keys)
    return f"{words} ({key_text(mine[0])})" if mine else words


def told(group: Group, keys_now: WindowKeys | None = None) -> Iterator[tuple[str, str]]:
    """The lines of the help below a heading: (keys, words); keys that share words together."""
    lines: dict[str, list[str]] = {}
    for binding in BINDINGS:
        if binding.group is group:
            lines.setdefault(words_of(binding), []).extend(_keys_of(binding, keys_now))
    for words, keys in lines.items():
        shown = [key_text(key) for key in keys]
        many = f"{shown[0]} – {shown[-1]}" if len(shown) > 3 else " / ".join(shown)
        yield many, words


def _keys_of(binding: Binding, keys: WindowKeys | None) -> tuple[str, ...]:
    return binding.keys if keys is None else keys.of(name_of(binding), binding.keys)
