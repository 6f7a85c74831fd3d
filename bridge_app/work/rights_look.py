"""Finds out beforehand what an environment's key may do, so that nothing has to fail for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.rights_questions import ask
from bridge_app.domain.errors import BridgeError
from bridge_app.work.lessons import Lessons

AGAIN_AFTER = timedelta(minutes=5)
"""After a look that got no answer."""


class RightsLook:
    """At most one question for each capability in a day; none about what was heard meanwhile.

    `credentials(environment)` may raise NotFoundError, CredentialsError or NoKeyringError.
    """

    def __init__(
        self,
        lessons: Lessons,
        *,
        credentials: Callable[[str], Credentials],
        now: Callable[[], datetime],
    ) -> None:
        self.lessons = lessons
        self._credentials = credentials
        self._now = now
        self._not_before: dict[str, datetime] = {}

    def is_due(self, environment: str) -> bool:
        """Is it time to ask? From memory."""
        not_before = self._not_before.get(environment)
        if not_before is not None and self._now() < not_before:
            return False
        return self.lessons.is_to_be_asked(environment)

    def look(self, environment: str) -> None:
        """Ask what is not known, or not any more. Blocking.

        Trouble means another try later; what was learnt until then is kept.
        """
        self._not_before[environment] = self._now() + AGAIN_AFTER
        try:
            for capability in self.lessons.questions(environment):
                ask(self._credentials(environment), capability)
        except BridgeError:
            # Whatever it is, the next call of any kind meets it too, and tells it.
            return
        self.lessons.note_asked(environment)
