"""A fetch of originals that goes on without its dialog, as an activity."""

import itertools

from bridge_app.ui.activity.activities import Activities, Activity, Course
from bridge_app.ui.dialogs.fetch_originals import Fetched, FetchOriginalsDialog
from bridge_app.ui.messages import bytes_text, error_text

_serial = itertools.count(1)


def follow_fetch(dialog: FetchOriginalsDialog, activities: Activities) -> None:
    """From the moment when somebody sends it into the background, until it ends."""
    key, title = f"fetch:{next(_serial)}", dialog.title

    def begin() -> None:
        tell(0, 0)
        dialog.progressed.connect(tell)
        dialog.ended.connect(end)

    def tell(done: int, total: int) -> None:
        words = dialog.tr("{done} of {total}")
        amount = words.format(done=bytes_text(done), total=bytes_text(total)) if total else ""
        activity = Activity(
            key=key,
            icon="cloud-download",
            title=title,
            done=done,
            total=total or None,
            amount=amount,
        )
        activities.put(activity, stop=stop)

    def stop() -> None:
        activities.put(Activity(key=key, icon="cloud-download", title=title, course=Course.STOPPED))
        dialog.ended.disconnect(end)
        dialog.reject()

    def end(result: Fetched) -> None:
        trouble = result.trouble
        activities.put(
            Activity(
                key=key,
                icon="cloud-download",
                title=title,
                course=Course.DONE if trouble is None else Course.FAILED,
                note="" if trouble is None else error_text(trouble),
            )
        )

    dialog.sentBeside.connect(begin)
