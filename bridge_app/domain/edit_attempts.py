"""Edits that were sent before without an answer: whether they arrived, and what is left to do."""

from bridge_app.domain.edits import Action, Attempt, Merged, Wish, elements, merge, same
from bridge_app.domain.metadata_fields import FieldValue, normalised


def met_again(
    last: Attempt,
    wish: Wish,
    later: Wish | None,
    there: FieldValue,
    *,
    is_set: bool,
    version: str = "",
) -> Merged:
    """A field that was sent before, with what the record says now; `later` was said since then.

    `version` is the record's now, where its service tells one. What is known to have arrived is
    not sent again: whoever changed it since then knew it. Where nobody can tell, a person is
    asked, so that no word is put in twice.
    """
    if not is_set:
        return _value_met_again(last, wish, there, version)
    before, wanted, now = elements(last.there), elements(last.wanted), elements(there)
    added, removed = wanted - before, before - wanted
    has_arrived = last.answered or not added or bool(added & now)
    never_arrived = not has_arrived and now == before
    left = wanted if never_arrived else (now if has_arrived else now | added) - removed
    value = normalised([*left])
    if later is not None:
        value = merge(later.base, later.value, value, is_set=True).value
    action = Action.NOTHING if same(value, there) else Action.WRITE
    if not has_arrived and not never_arrived:
        action = Action.CONFLICT
    return Merged(action=action, value=value, theirs=normalised(there))


def _value_met_again(last: Attempt, wish: Wish, there: FieldValue, version: str) -> Merged:
    """What arrived is what anything later is based on, also what undoes it.

    A value that a service took and does not have was not kept, or somebody took it back. So it may
    be where the record has moved on since it was sent: it may have arrived before.
    """
    is_back = same(there, last.there)
    has_moved = bool(last.version and version and last.version != version)
    if is_back and (last.answered or has_moved) and not same(wish.value, there):
        return Merged(action=Action.CONFLICT, value=wish.value, theirs=normalised(there))
    has_arrived = same(there, last.wanted) or (last.answered and not is_back)
    return merge(last.wanted if has_arrived else wish.base, wish.value, there, is_set=False)
