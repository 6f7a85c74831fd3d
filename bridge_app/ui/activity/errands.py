"""Errands as activities of every window, from their beginning."""

import itertools

from bridge_app.ui.activity.activities import Activities, Activity, Course
from bridge_app.ui.messages import error_text, number_text
from bridge_app.ui.parts.beside_dialog import Outcome
from bridge_app.ui.parts.errand import Errand, ErrandStoppedError

_serial = itertools.count(1)


def list_errand(errand: Errand, activities: Activities) -> None:
    """Tell how far it is, and what came of it; from there it can be stopped."""
    key = f"errand:{next(_serial)}"

    def tell() -> None:
        done, total = errand.told.done, errand.told.total
        amounts = [number_text(one) for one in (done, total) if one]
        now = Activity(
            key=key,
            icon=errand.icon,
            title=errand.title,
            done=done,
            total=total or None,
            amount=" / ".join(amounts),
        )
        activities.put_everywhere(now, stop=errand.stop)

    def end(outcome: Outcome) -> None:
        trouble, course = outcome.trouble, Course.DONE
        if trouble is not None:
            is_wished = isinstance(trouble, ErrandStoppedError)
            course = Course.STOPPED if is_wished else Course.FAILED
        note = "" if trouble is None else error_text(trouble)
        activities.put_everywhere(
            Activity(key=key, icon=errand.icon, title=errand.title, course=course, note=note)
        )

    errand.progressed.connect(tell)
    errand.ended.connect(end)
    tell()
