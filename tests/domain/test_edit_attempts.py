"""An edit sent without an answer goes never twice; where nobody knows, people are asked."""

import pytest

from bridge_app.domain.edit_attempts import met_again
from bridge_app.domain.edits import Action, Attempt, FieldPath, Subject, Wish

TITLE = FieldPath(Subject.STANDARD, "title")
WISH = Wish(path=TITLE, base="old", value="new", changes=("1",))


@pytest.mark.parametrize(
    ("there", "version", "action"),
    [
        ("new", "2", Action.NOTHING),
        ("old", "1", Action.WRITE),
        ("old", "2", Action.CONFLICT),
        ("old", "", Action.WRITE),
        ("theirs", "2", Action.CONFLICT),
    ],
)
def test_a_value_goes_again_only_while_its_record_stands_as_it_was(
    there: str, version: str, action: Action
) -> None:
    last = Attempt(there="old", wanted="new", version="1")
    met = met_again(last, WISH, None, there, is_set=False, version=version)
    assert met.action is action
    assert action is not Action.CONFLICT or (met.value, met.theirs) == ("new", there)
