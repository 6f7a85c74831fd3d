"""Makes the enumerations of Qt as Python's `enum` does, in half the time.

A window needs some three hundred of them, with more than four thousand members, before it shows
anything; and for each member `enum` looks for all that a class written by hand could contain. Of
Qt's it is known: names, and whole numbers.
"""

import enum
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

KNOWN_TO = (3, 11)
"""Each Python keeps an enumeration's members in its own way."""
PLAIN = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
NOT_PLAIN = {"name", "value", "mro"}

Pairs = Sequence[tuple[str, int]]


def make_quickly() -> None:
    """From now on make all that are Qt's quickly, where that is known to come to the same."""
    if sys.version_info[:2] != KNOWN_TO:
        return
    kind: Any = enum.EnumType
    make = kind._create_

    def create(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
        if more.get("module") is None:
            with suppress(ValueError):  # Qt may call without any Python around
                more["module"] = sys._getframe(2).f_globals.get("__name__")
        if cls in PLAIN and _are_plain(names):
            return _fill(make(cls, class_name, (), **more), names)
        return make(cls, class_name, names, **more)

    kind._create_ = create


def _are_plain(pairs: object) -> bool:
    """Is it known how such members are made?"""
    if not isinstance(pairs, list | tuple):
        return False
    try:
        said = dict(pairs)
    except (TypeError, ValueError):  # names without numbers
        return False
    return (
        len(said) == len(pairs)
        and set(map(type, said)) == {str}
        and set(map(type, said.values())) == {int}
        and NOT_PLAIN.isdisjoint(said)
        and "_" not in {name[:1] for name in said}
    )


def _fill(made: Any, pairs: Pairs) -> Any:
    """Give it its members; two of one number are one."""
    new, is_number = made._new_member_, made._use_args_
    by_name, by_value, listed = made._member_map_, made._value2member_map_, made._member_names_
    is_flag = issubclass(made, enum.Flag)
    put, all_bits, single_bits = type.__setattr__, 0, 0
    for name, value in pairs:
        is_single = value != 0 and value & (value - 1) == 0
        if is_flag:
            all_bits |= value
            single_bits |= value if is_single else 0
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(made, value) if is_number else new(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(listed)
            if is_single or not is_flag:
                listed.append(name)
        by_name[name] = member
        put(made, name, member)
    if is_flag:
        made._flag_mask_, made._singles_mask_ = all_bits, single_bits
        made._all_bits_ = 2 ** all_bits.bit_length() - 1
        values = [by_name[name]._value_ for name in listed]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made
