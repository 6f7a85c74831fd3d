"""What a dialog does that goes on without being seen, as an activity of every window."""

import itertools

from bridge_app.ui.activity.activities import Activities, Activity, Course
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.beside_dialog import BesideDialog, Outcome

_serial = itertools.count(1)


def follow(dialog: BesideDialog, activities: Activities, *, icon: str) -> None:
    """From the moment when somebody sends it into the background, until it ends."""
    key = f"beside:{next(_serial)}"

    def begin() -> None:
        tell(0, 0, "")
        dialog.progressed.connect(tell)
        dialog.ended.connect(end)

    def tell(done: int, total: int, amount: str) -> None:
        if dialog.is_beside:
            now = Activity(
                key=key,
                icon=icon,
                title=dialog.windowTitle(),
                done=done,
                total=total or None,
                amount=amount,
            )
            activities.put_everywhere(now, stop=stop)

    def stop() -> None:
        over(Course.STOPPED)
        dialog.reject()

    def end(outcome: Outcome) -> None:
        trouble = outcome.trouble
        over(
            Course.DONE if trouble is None else Course.FAILED,
            note=outcome.note if trouble is None else error_text(trouble),
            stays=outcome.stays,
        )

    def over(course: Course, *, note: str = "", stays: bool = False) -> None:
        dialog.progressed.disconnect(tell)
        dialog.ended.disconnect(end)
        ended = Activity(key=key, icon=icon, title=dialog.windowTitle(), course=course, note=note)
        activities.put_everywhere(ended, show=dialog.come_back if stays else None)

    dialog.sentBeside.connect(begin)
