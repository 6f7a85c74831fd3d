"""Is a word spelt as the system's dictionaries have it? Enchant asks them, where it is installed.

Without Enchant or a dictionary nothing is unknown. Part of `worker.words`.
"""

import threading
from collections.abc import Iterable
from typing import Any

MOST_SUGGESTIONS = 6


class Spelling:
    """Every method may be called from any thread, and blocks: dictionaries are files."""

    def __init__(self) -> None:
        # Enchant may be used by one thread at a time.
        self._lock = threading.Lock()
        self._broker: Any = None
        self._dictionaries: dict[str, Any] = {}

    def knows(self, language: str) -> bool:
        """Is there a dictionary for the language?"""
        with self._lock:
            return self._dictionary(language) is not None

    def unknown(self, words: Iterable[str], language: str) -> frozenset[str]:
        """Those that the dictionary does not know; none without one for the language."""
        with self._lock:
            dictionary = self._dictionary(language)
            if dictionary is None:
                return frozenset()
            return frozenset(word for word in words if word and not dictionary.check(word))

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """Words that may have been meant, the likeliest first."""
        with self._lock:
            dictionary = self._dictionary(language)
            found = dictionary.suggest(word) if dictionary is not None and word else ()
            return tuple(found[:MOST_SUGGESTIONS])

    def learn(self, word: str, language: str) -> None:
        """Know a word from now on: it goes into the person's own dictionary of the system."""
        with self._lock:
            dictionary = self._dictionary(language)
            if dictionary is not None and word:
                dictionary.add(word)

    def _dictionary(self, language: str) -> Any:
        """That of the language; of several countries the one asked for, else the usual one."""
        tag = language.replace("-", "_")
        if tag not in self._dictionaries:
            names = self._names()
            plain = tag.partition("_")[0]
            usual = (tag, f"{plain}_{plain.upper()}", "en_US" if plain == "en" else plain)
            same = [name for name in names if name.partition("_")[0] == plain]
            wanted = next((name for name in usual if name in names), next(iter(same), None))
            found = self._broker.request_dict(wanted) if wanted is not None else None
            self._dictionaries[tag] = found
        return self._dictionaries[tag]

    def _names(self) -> list[str]:
        if self._broker is None:
            try:
                import enchant  # noqa: PLC0415 - loads a library of the system, if it is there
            except ImportError:
                return []
            self._broker = enchant.Broker()
        return sorted(self._broker.list_languages())
