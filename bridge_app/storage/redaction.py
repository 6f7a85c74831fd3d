"""Every secret this process ever held is taken out of what it logs.

The set of them is the process's own, like logging itself: a secret that some log does not
know of would be worse than one more global.
"""

import base64
import json
import logging
import re
import threading
import traceback
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

MARK = "[secret]"

SHORTEST = 6
"""Characters. Anything shorter stands in too many innocent words to be taken out of them."""


class _Known:
    """The spellings of all known secrets. Only ever added to: whoever reads needs no lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: set[str] = set()
        self._spellings: list[str] = []

    def add(self, value: str) -> None:
        with self._lock:
            if len(value) < SHORTEST or value in self._values:
                return
            self._values.add(value)
            self._spellings.extend(dict.fromkeys(_spellings(value)))

    def taken_out(self, text: str) -> str:
        # A pattern of all of them would be made anew for each token that is renewed.
        found = {spelling for spelling in self._spellings if spelling in text}
        if not found:
            return text
        longest_first = sorted(found, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), MARK, text)


_KNOWN = _Known()


def remember(value: str) -> None:
    """From now on `value` is taken out of what is logged, however it is spelt there."""
    _KNOWN.add(value)


def redacted(text: str) -> str:
    """`text` with a mark in the place of every secret this process knows."""
    return _KNOWN.taken_out(text)


class RedactSecrets(logging.Filter):
    """Takes known secrets out of a record: message, arguments, traceback and extras.

    Put it on every handler (a logger's filters do not see its children's records). A record
    without a secret is left exactly as it is.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Never refuses a record."""
        _clean_message(record)
        _clean_traceback(record)
        for name, value in vars(record).items():
            if isinstance(value, str):
                setattr(record, name, redacted(value))
        return True


def _clean_message(record: logging.LogRecord) -> None:
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError, IndexError):
        # The handler would print the arguments as they are, with what is wrong about them.
        message = record.msg = f"{record.msg} {record.args}"
        record.args = None
    clean = redacted(message)
    if clean != message:
        record.msg, record.args = clean, None


def _clean_traceback(record: logging.LogRecord) -> None:
    if record.exc_info and record.exc_info[0]:
        told = "".join(traceback.format_exception(*record.exc_info)).removesuffix("\n")
        clean = redacted(told)
        if clean != told:
            # Formatters print the text and have no exception left to print again.
            record.exc_text, record.exc_info = clean, None


def _spellings(value: str) -> Iterator[str]:
    """A secret as it is, quoted, escaped, and inside of base64 (as in `key:secret`)."""
    yield value
    yield repr(value)[1:-1]
    yield json.dumps(value)[1:-1]
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    raw = value.encode("utf-8", "surrogatepass")
    yield quote(raw, safe="")
    yield quote(raw)
    yield quote_plus(raw)
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode()
        # Only the characters that depend on nothing but the secret.
        inner = encoded[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        if len(inner) >= SHORTEST:
            yield inner
            yield inner.replace("+", "-").replace("/", "_")
