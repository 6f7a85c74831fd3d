"""A secret that this process knows is in nothing that it logs."""

import base64
import io
import json
import logging
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bridge_app.storage import redaction
from bridge_app.storage.redaction import MARK, SHORTEST, RedactSecrets, redacted
from bridge_app.storage.secrets import Secret

CANARY = "canary-4f0f7e1d%s/ü\"'+x"

long_enough = st.text(
    st.characters(min_codepoint=33, exclude_categories=["Cs"]), min_size=20, max_size=40
)


def fail(error: Exception) -> None:
    raise error


@pytest.fixture(autouse=True)
def no_other_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests of this process held stands in no record of these."""
    monkeypatch.setattr(redaction, "_KNOWN", type(redaction._KNOWN)())


@pytest.fixture
def secret() -> Secret:
    return Secret(CANARY)


class Log:
    """A logger of its own with one handler that writes to memory."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.records: list[logging.LogRecord] = []
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(RedactSecrets())
        handler.addFilter(self._seen)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        self.logger = logging.Logger("test", logging.DEBUG)  # noqa: LOG001 - alone on purpose
        self.logger.addHandler(handler)

    def _seen(self, record: logging.LogRecord) -> bool:
        self.records.append(record)
        return True

    @property
    def text(self) -> str:
        return self.stream.getvalue()


def test_message_arguments_and_extras_are_cleaned(secret: Secret) -> None:
    log = Log()

    log.logger.info("signing with " + secret.reveal())  # noqa: G003 - what others may do
    log.logger.info("%s and %r", secret.reveal(), {"api_secret": secret.reveal()})
    log.logger.info("in an extra", extra={"url": f"https://x/?s={quote(CANARY)}"})

    assert CANARY not in log.text
    assert log.text.count(MARK) == 3
    assert vars(log.records[2])["url"] == f"https://x/?s={MARK}"


def test_an_exceptions_text_and_its_causes_are_cleaned(secret: Secret) -> None:
    log = Log()

    try:
        try:
            fail(ValueError(secret.reveal()))
        except ValueError as error:
            raise RuntimeError(f"cannot send {secret.reveal()}") from error
    except RuntimeError:
        log.logger.exception("it failed")

    assert CANARY not in log.text
    assert log.text.count(MARK) == 2
    assert "RuntimeError: cannot send" in log.text
    assert "direct cause" in log.text


def test_a_message_that_does_not_fit_its_arguments_is_cleaned_too(
    secret: Secret, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log()

    wrong = "two %s %d"
    log.logger.info(wrong, secret.reveal(), "words", 3)

    assert MARK in log.text
    assert CANARY not in log.text + capsys.readouterr().err


def test_a_record_without_a_secret_stays_as_it_is(secret: Secret) -> None:
    log = Log()

    try:
        fail(KeyError("harmless"))
    except KeyError:
        log.logger.exception("%d files", 3)

    assert log.records[0].args == (3,)
    assert log.records[0].exc_info is not None
    assert "KeyError: 'harmless'" in log.text


@given(value=long_enough, key=st.from_regex(r"[0-9]{1,15}", fullmatch=True))
@example(value=CANARY, key="123456789012345")
def test_a_secret_is_found_in_every_spelling(value: str, key: str) -> None:
    Secret(value)

    for text in (
        *(value, repr(value), json.dumps(value), json.dumps([value], ensure_ascii=False)),
        *(quote(value), quote(value, safe=""), quote_plus(value)),
    ):
        assert value not in redacted(f"before {text} after")
        assert MARK in redacted(f"before {text} after")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        encoded = encode(f"{key}:{value}:more".encode()).decode()
        clean = redacted(encoded)
        assert MARK in clean
        assert len(clean.replace(MARK, "")) < len(encoded) - len(value.encode())


def test_a_secret_too_short_to_be_told_from_a_word_is_left_alone() -> None:
    Secret("abcdef"[: SHORTEST - 1])

    assert redacted("abcdefghij") == "abcdefghij"
