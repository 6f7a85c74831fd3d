"""What words of a vocabulary bring along where they are added."""

from collections.abc import Sequence
from dataclasses import replace

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import path_of
from bridge_app.domain.vocabulary import BETWEEN, Vocabulary

KEYWORDS, PATHS = path_of("keywords"), path_of("keyword_paths")


def brought_along(vocabulary: Vocabulary, change: Change, paths: FieldValue) -> list[Change]:
    """A change of a set of words with what belongs to it; `paths` are the hierarchies there are.

    A synonym becomes its word. A keyword brings those above it and its synonyms, as Lightroom
    writes them, and its path; with the word its path goes.
    """
    if change.path != KEYWORDS:
        own = vocabulary.expanded(change.add, parents=False, synonyms=False)
        return [replace(change, add=own)] if own != change.add else [change]
    add = vocabulary.expanded(change.add, parents=True, synonyms=True)
    own = tuple(vocabulary.preferred(word) for word in change.add)
    gone = _below(change.remove, paths if isinstance(paths, tuple) else ())
    said = [Change(path=KEYWORDS, value=change.value, add=add, remove=change.remove)]
    come = vocabulary.paths(own)
    if come or gone:
        said.append(Change(path=PATHS, add=come, remove=gone))
    return said


def _below(words: Sequence[str], paths: Sequence[str]) -> tuple[str, ...]:
    """The hierarchies that end in one of these words."""
    folded = {word.casefold() for word in words}
    return tuple(one for one in paths if one.rpartition(BETWEEN)[2].casefold() in folded)
