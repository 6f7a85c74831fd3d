"""Who may have a copy: rules as texts, and whether new ones let more people in."""

import pytest

from bridge_app.domain.access_rules import access_rules, widens

TOKEN = ("token",)
SPRING = ("token", "anonymous|2027-03-01T00:00:00Z|2027-06-01T00:00:00Z")
MAY = ("token", "anonymous|2027-05-01T00:00:00+00:00|2027-06-01T00:00:00Z")
FROM_MAY = ("anonymous|2027-05-01T00:00:00Z",)


@pytest.mark.parametrize(
    ("before", "after"),
    [(TOKEN, ()), (TOKEN, SPRING), (MAY, SPRING), (FROM_MAY, ())],
)
def test_whoever_gets_in_at_another_time_is_more(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    assert widens(access_rules(before), access_rules(after))
    assert not widens(access_rules(after), access_rules(before))


def test_what_stays_or_nobody_can_read_lets_in_no_fewer() -> None:
    for rules in ((), TOKEN, SPRING, FROM_MAY):
        assert not widens(access_rules(rules), access_rules(rules))
    assert widens(access_rules(SPRING), access_rules(FROM_MAY))
    # An end that cannot be read is none.
    assert widens(access_rules(SPRING), access_rules(("anonymous|2027-03-01T00:00:00Z|soon",)))
