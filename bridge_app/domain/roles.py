"""Who reviewers are: names and roles as free text, told apart without regard to case or spaces."""

import re

LONGEST_ROLE = 100
"""Characters of a role or a name."""
_ROLES_BEHIND = re.compile(r"^(?P<name>[^()]+)\((?P<roles>[^()]*)\)$")


def role_of(text: str) -> str:
    """A role, or a person's name, as it is compared: casefolded, with single spaces."""
    return " ".join(text.split()).casefold()


def roles_of(who: str) -> frozenset[str]:
    """The names that one who signs so goes by.

    `brand` is that role; `Kim Lee (brand, legal)` is Kim Lee and has both roles.
    """
    found = {role_of(who)}
    if named := _ROLES_BEHIND.match(who.strip()):
        found |= {role_of(named["name"]), *map(role_of, named["roles"].split(","))}
    return frozenset(found - {""})
