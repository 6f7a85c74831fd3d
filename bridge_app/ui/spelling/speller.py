"""What is known of the spelling of words; what is not known is asked off the GUI thread."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker

ASK_AFTER_MS = 150
MOST_KNOWN = 50_000
"""Words that are remembered; then it begins anew."""
MOST_ASKED = 5_000
"""Words of one question."""
ENGLISH = "en"


class Dictionaries(Protocol):
    """Who is asked; every call blocks."""

    def knows(self, language: str) -> bool:
        """Is there a dictionary for the language?"""

    def unknown(self, words: Iterable[str], language: str) -> frozenset[str]:
        """Those that the dictionary does not know."""

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """Words that may have been meant."""

    def learn(self, word: str, language: str) -> None:
        """Know a word from now on."""


class Speller(QObject):
    """GUI thread only. `learnt` tells that more is known; `version` counts how often.

    `dictionaries` are asked for with the first question, off the GUI thread.
    """

    learnt = Signal()

    def __init__(
        self,
        dictionaries: Callable[[], Dictionaries],
        asker: Asker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._dictionaries = dictionaries
        self._asker = asker
        self._known: dict[tuple[str, str], bool] = {}
        self._wanted: dict[str, set[str]] = {}
        self._without: set[str] = set()
        self.version = 0
        self._soon = QTimer(self, interval=ASK_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def language_of(self, words: Iterable[str], language: str) -> str:
        """The language of a text: the field's, else that in which the fewest words are unknown.

        A field without one is in the language of this desk or in English.
        """
        if language:
            return language
        found = tuple(words)
        own = QLocale().name().replace("_", "-")
        wrong = {tag: len(self.wrong(found, tag)) for tag in (own, ENGLISH)}
        return min(wrong, key=lambda tag: (tag in self._without, wrong[tag]))

    def wrong(self, words: Iterable[str], language: str) -> frozenset[str]:
        """Those of these that are known to be in no dictionary; the others are asked for."""
        wrong = set()
        for word in words:
            right = self._known.get((language, word))
            if right is None:
                self._wanted.setdefault(language, set()).add(word)
                if not self._soon.isActive():
                    self._soon.start()
            elif not right:
                wrong.add(word)
        return frozenset(wrong)

    def suggest(self, word: str, language: str, take: Callable[[tuple[str, ...]], None]) -> None:
        """`take` hears what may have been meant."""
        dictionaries = self._dictionaries
        self._asker.ask(lambda: dictionaries().suggestions(word, language), take, _none)

    def learn(self, word: str, language: str) -> None:
        """The word is right from now on, here and in other programs."""
        self._known[language, word] = True
        self._tell()
        dictionaries = self._dictionaries
        self._asker.ask(lambda: dictionaries().learn(word, language), lambda _: None, _none)

    def _tell(self) -> None:
        self.version += 1
        self.learnt.emit()

    def _ask(self) -> None:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        wanted = {tag: sorted(words)[:MOST_ASKED] for tag, words in self._wanted.items()}
        self._wanted.clear()
        dictionaries = self._dictionaries

        def look() -> tuple[dict[str, frozenset[str]], set[str]]:
            known = dictionaries()
            wrong = {tag: known.unknown(words, tag) for tag, words in wanted.items()}
            return wrong, {tag for tag in wanted if not known.knows(tag)}

        def take(told: tuple[dict[str, frozenset[str]], set[str]]) -> None:
            if isValid(self):
                wrong, without = told
                self._without |= without
                for tag, words in wanted.items():
                    self._known |= {(tag, word): word not in wrong[tag] for word in words}
                self._tell()

        self._asker.ask(look, take, _none)


def _none(_: BridgeError) -> None:
    """Nothing is marked."""
