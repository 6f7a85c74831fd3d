"""The contract of a library at a service: what syncs, searches, pushes and records rely on."""

import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from PIL import Image

from bridge_app.domain.errors import RefusedByServiceError, TransientError
from bridge_app.domain.shelter import ContainerKind, IptcValue, ShelterAsset
from bridge_app.libraries.remote import MediaWindow, NotOfferedError, RemoteLibrary
from bridge_app.testing.contract import HEROES, PRESS, IdentityContract
from bridge_app.testing.demands import demand, demand_same, refusal
from bridge_app.testing.pictures import jpeg
from bridge_app.testing.remote_adapter import RemoteAdapter
from bridge_app.testing.subject import Subject

EDGE_PX = 32
FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSubject(Subject):
    """An empty library at a service, and hands at it; `account` is what it was opened with."""

    adapter: RemoteAdapter
    account: str

    @property
    def library(self) -> RemoteLibrary:
        """What is tested."""
        return self.adapter.library

    def put(self, *names: str) -> dict[str, ShelterAsset]:
        """Put pictures into one gallery; what the service says of them, by name."""
        for number, name in enumerate(names):
            self.hands.put(HEROES, name, jpeg(number + 1))
        return {one.file_name: one for page in self.adapter.pages() for one in page.assets}


class RemoteContract(IdentityContract):
    """Subclass it and give a fixture `subject`: a new, empty `RemoteSubject`."""

    # Listing

    def test_pages_say_how_many_there_are_and_when_they_end(self, subject: RemoteSubject) -> None:
        """A page after the last one is empty, and nothing comes after it."""
        subject.put("one.jpg", "two.jpg", "three.jpg")
        pages = list(subject.adapter.pages())
        totals = {page.total for page in pages} - {None}
        totals |= {subject.library.media_total(MediaWindow())} - {None}
        demand(totals <= {FEW}, f"the total is {FEW} or is not told: found {totals}")
        after = subject.library.media_page(MediaWindow(), len(pages) + 1)
        demand_same((after.assets, after.has_more), ((), False), "there is nothing after the end")

    def test_every_master_is_told_as_one_of_the_account(self, subject: RemoteSubject) -> None:
        """Listed or read: otherwise it would stand in somebody else's library."""
        listed = list(subject.put("one.jpg", "two.jpg").values())
        read = [_read(subject, one.media_id) for one in listed]
        accounts = {one.account for one in (*listed, *read)}
        demand_same(accounts, {subject.account}, "the account of each")

    def test_a_window_holds_what_lies_in_its_galleries(self, subject: RemoteSubject) -> None:
        """And nothing else."""
        subject.put("hero.jpg")
        subject.hands.put(PRESS, "press.jpg", jpeg(9))
        press = subject.adapter.container(PRESS).id
        pages = subject.adapter.pages(MediaWindow(galleries=(press,)))
        names = [one.file_name for page in pages for one in page.assets]
        demand_same(names, ["press.jpg"], "a gallery's window")
        demand_same(subject.library.gallery_counts(press), 1, "what a gallery claims to hold")

    def test_a_window_of_time_holds_what_was_changed_within_it(
        self, subject: RemoteSubject
    ) -> None:
        """Both ends count."""
        (asset,) = subject.put("hero.jpg").values()
        changed = datetime.fromisoformat(asset.modified_at.replace("Z", "+00:00"))
        demand(changed.tzinfo is not None, "times are told with their zone")
        at, later = _stamp(changed), _stamp(changed + timedelta(hours=1))
        for window, expected in (
            (MediaWindow(modified_from=at), 1),
            (MediaWindow(modified_until=later), 1),
            (MediaWindow(modified_from=later), 0),
        ):
            found = [one for page in subject.adapter.pages(window) for one in page.assets]
            demand_same(len(found), expected, f"masters in {window}")

    def test_every_container_is_told_by_the_walk_and_by_the_list_of_all(
        self, subject: RemoteSubject
    ) -> None:
        """The same ones; and a walk that goes on after the last page finds no more."""
        subject.put("hero.jpg")
        subject.hands.put(PRESS, "press.jpg", jpeg(9))
        listed = subject.library.all_containers(ContainerKind.GALLERY)
        walked = set(subject.adapter.places())
        demand_same({one.id for page in listed for one in page}, walked, "all galleries")
        season = subject.adapter.container(HEROES[:1])
        demand_same(season.kind, ContainerKind.COLLECTION, "what holds galleries is a collection")
        alone = subject.library.container(season.id)
        demand_same(alone and alone.name, season.name, "a container read by its identity")
        inside = [one for page in subject.library.containers(season.id) for one in page]
        demand(all(season.id in one.parents for one in inside), "what lies in it names it")
        beyond = subject.library.containers(season.id, first_page=2)
        demand_same([one for page in beyond for one in page], [], "the second of one page")

    def test_the_services_own_search_answers(self, subject: RemoteSubject) -> None:
        """With masters that can be read by their identity."""
        subject.put("hero.jpg")
        page = subject.library.media_page(MediaWindow(words="hero"), 1)
        for one in page.assets:
            demand(subject.library.media(one.media_id), "what is found is there")

    def test_the_clock_is_told_in_utc_or_not_at_all(self, subject: RemoteSubject) -> None:
        """A sync counts by the service's clock."""
        told = subject.library.server_time()
        is_utc = told is None or told.utcoffset() == timedelta()
        demand(is_utc, f"the service's clock is in UTC: {told}")

    def test_out_of_reach_no_question_is_answered(self, subject: RemoteSubject) -> None:
        """Neither with nothing, nor with what was known before."""
        (asset,) = subject.put("hero.jpg").values()
        library, gallery = subject.library, asset.galleries[0]
        with subject.hands.unreachable():
            for question, ask in (
                ("media_page", lambda: library.media_page(MediaWindow(), 1)),
                ("media_total", lambda: library.media_total(MediaWindow())),
                ("media", lambda: library.media(asset.media_id)),
                ("containers", lambda: list(library.containers(None))),
                ("all_containers", lambda: list(library.all_containers(ContainerKind.GALLERY))),
                ("container", lambda: library.container(gallery)),
                ("gallery_counts", lambda: library.gallery_counts(gallery)),
                ("picture", lambda: library.picture(asset.media_id, EDGE_PX)),
            ):
                refusal(ask, TransientError, f"{question} out of reach")

    # Files

    def test_a_picture_is_a_jpeg_that_fits(self, subject: RemoteSubject) -> None:
        """Whatever the original is."""
        (asset,) = subject.put("hero.jpg").values()
        data = subject.library.picture(asset.media_id, EDGE_PX)
        with Image.open(io.BytesIO(data)) as picture:
            demand_same(picture.format, "JPEG", "the picture's format")
            demand(max(picture.size) <= EDGE_PX, f"it is {picture.size}, not within {EDGE_PX}")

    def test_a_download_appears_whole_or_not_at_all(
        self, subject: RemoteSubject, tmp_path: Path
    ) -> None:
        """Stopped, or of another size than was told: there is no file of that name."""
        (asset,) = subject.put("hero.jpg").values()
        into = tmp_path / "hero.jpg"

        def fetched(expected: int, *, stops: bool) -> object:
            return subject.library.download(
                asset.media_id,
                into,
                expected=expected,
                on_bytes=lambda _: None,
                cancelled=lambda: stops,
            )

        refusal(lambda: fetched(asset.bytes, stops=True), TransientError, "a stopped download")
        demand(not into.exists(), "a stopped download leaves no file")
        wrong = asset.bytes + 1
        refusal(lambda: fetched(wrong, stops=False), RefusedByServiceError, "a size that lies")
        demand(not into.exists(), "a wrong file does not appear")
        fetched(asset.bytes, stops=False)
        demand_same(into.read_bytes(), jpeg(1), "then it arrives")

    def test_the_original_streams_and_its_link_needs_no_key(self, subject: RemoteSubject) -> None:
        """A link is fetched by another service, which has no key of ours."""
        (asset,) = subject.put("hero.jpg").values()
        with subject.library.stream(asset.media_id) as pieces:
            demand_same(b"".join(pieces), jpeg(1), "what streams is the original")
        link = subject.library.download_link(asset.media_id)
        if link is not None:
            demand(link.bytes in (None, asset.bytes), f"the link states {link.bytes} bytes")
            reply = httpx.get(link.url, follow_redirects=True)
            demand_same(reply.content, jpeg(1), "what the link gives is the original")

    # Writing

    def test_keywords_are_added_once_and_removed(self, subject: RemoteSubject) -> None:
        """Asked twice, done once; others stay."""
        (asset,) = subject.put("hero.jpg").values()
        if not offered(lambda: subject.library.add_keywords(asset.media_id, ("one", "two"))):
            return
        subject.library.add_keywords(asset.media_id, ("two", "three"))
        subject.library.remove_keywords(asset.media_id, ("one",))
        subject.library.remove_keywords(asset.media_id, ("one", "never there"))
        found = _read(subject, asset.media_id).iptc.get("keywords", ())
        demand_same(sorted(found), ["three", "two"], "the keywords afterwards")

    def test_a_change_of_what_has_changed_meanwhile_is_refused(
        self, subject: RemoteSubject
    ) -> None:
        """Their words are never overwritten silently."""
        (asset,) = subject.put("hero.jpg").values()

        def write(title: str, base: str) -> object:
            changes: dict[str, IptcValue | None] = {"title": title}
            return subject.library.write_iptc(asset.media_id, changes, base_modified=base)

        if not offered(lambda: write("Ours", asset.modified_at)):
            return
        demand_same(_read(subject, asset.media_id).iptc.get("title"), "Ours", "what was written")
        long_ago = "2001-02-03T04:05:06Z"
        refusal(lambda: write("Late", long_ago), RefusedByServiceError, "a change of an old state")
        demand_same(_read(subject, asset.media_id).iptc.get("title"), "Ours", "what stays")

    def test_the_same_upload_is_made_once(self, subject: RemoteSubject) -> None:
        """After a lost reply it is asked again, with the same key."""
        subject.put("hero.jpg")
        gallery = subject.adapter.container(HEROES).id

        def upload() -> str:
            return subject.library.upload(
                gallery, "record.jpg", jpeg(5), replace=False, key="record-1"
            )

        if not offered(upload):
            return
        again = upload()
        names = [one.name for one in subject.adapter.listed()]
        demand_same(sorted(names), ["hero.jpg", "record.jpg"], "what is there after two tries")
        demand_same(_read(subject, again).file_name, "record.jpg", "the identity it was given")

    def test_the_same_version_is_made_once_and_of_what_is_there(
        self, subject: RemoteSubject, tmp_path: Path
    ) -> None:
        """After a lost reply it is asked again, with the same label."""
        (asset,) = subject.put("hero.jpg").values()
        made = tmp_path / "hero.jpg"
        made.write_bytes(jpeg(6))

        def replaced(label: str) -> None:
            subject.library.put_version(
                asset.media_id, made, label=label, base=_read(subject, asset.media_id).version_key
            )

        base = asset.version_key
        if not offered(lambda: replaced("version-1")):
            return
        now = _read(subject, asset.media_id).version_key
        demand(now != base, "another version has another key")
        subject.library.put_version(asset.media_id, made, label="version-1", base=base)
        demand_same(_read(subject, asset.media_id).version_key, now, "the same version, again")
        refusal(
            lambda: subject.library.put_version(asset.media_id, made, label="version-2", base=base),
            RefusedByServiceError,
            "a version of what is not there any more",
        )

    # The end

    def test_a_closed_library_answers_nothing_more(self, subject: RemoteSubject) -> None:
        """The program ends while something is asked: that is no trouble of the service's."""
        (asset,) = subject.put("hero.jpg").values()
        subject.library.close()
        refusal(lambda: subject.library.media(asset.media_id), TransientError, "a closed library")


def offered(act: Callable[[], object]) -> bool:
    """Do it; is it offered at all?"""
    with suppress(NotOfferedError):
        act()
        return True
    return False


def _read(subject: RemoteSubject, media_id: str) -> ShelterAsset:
    told = subject.library.media(media_id)
    if told is None:
        raise AssertionError(f"{media_id} is not there any more")
    return told


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
