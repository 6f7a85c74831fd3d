"""Ratings and colour labels that reviewers give to masters."""

from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

HIGHEST_RATING = 5


class MarkError(InvalidInputError):
    """A rating that there is not."""

    text = QT_TRANSLATE_NOOP("errors", "The rating {rating} was not kept: it takes 0 to 5.")


class Label(StrEnum):
    """The colour labels that photographers use; NONE takes a label away."""

    NONE = ""
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What an asset is marked with; `rating` None means that nobody has rated it."""

    rating: int | None = None
    label: Label = Label.NONE

    def __post_init__(self) -> None:
        if self.rating is not None and not 0 <= self.rating <= HIGHEST_RATING:
            raise MarkError(rating=self.rating)
