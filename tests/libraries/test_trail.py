"""Links are followed, and every walk comes to an end."""

from pathlib import Path

from bridge_app.libraries.library import Skipped, SkipReason
from tests.libraries.seen import files, gone, looked, skipped, walked, write


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/inside/a.jpg")
    write(tmp_path / "elsewhere/b.jpg")
    root = tmp_path / "library"
    root.mkdir()
    (root / "folder").symlink_to(tmp_path / "elsewhere")
    (root / "file.jpg").symlink_to(tmp_path / "elsewhere/b.jpg")

    assert files(walked(root)) == {"file.jpg", "folder/b.jpg", "folder/inside/a.jpg"}


def test_loops_of_links_end_and_are_listed(tmp_path: Path) -> None:
    write(tmp_path / "a/hero.jpg")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")

    seen = walked(tmp_path)

    assert files(seen) == {"a/hero.jpg"}
    assert skipped(seen) == {
        "a/up": SkipReason.LINK_LOOP,
        "a/self": SkipReason.LINK_LOOP,
        "one": SkipReason.BROKEN_LINK,
        "two": SkipReason.BROKEN_LINK,
    }


def test_folders_linked_criss_cross_are_walked_in_bounded_time(tmp_path: Path) -> None:
    for one in range(8):
        write(tmp_path / f"{one}/hero.jpg")
        for other in range(8):
            (tmp_path / f"{one}/to {other}").symlink_to(tmp_path / str(other))

    seen = walked(tmp_path)

    assert {f"{one}/hero.jpg" for one in range(8)} <= files(seen)
    assert len(files(seen)) <= 8 + 8 * 7 + 8 * 7 * 6 + 8 * 7 * 6 * 5
    assert set(skipped(seen).values()) == {SkipReason.LINK_LOOP, SkipReason.LINKS_TOO_DEEP}


def test_a_link_to_nothing_is_listed_and_what_was_behind_it_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "on the server").symlink_to(tmp_path / "not mounted")

    seen = walked(tmp_path)

    assert skipped(seen) == {"on the server": SkipReason.BROKEN_LINK}
    assert gone(seen, "on the server/hero.jpg", "other.jpg") == {"other.jpg"}
    assert looked(tmp_path, "on the server/hero.jpg") == [
        Skipped(path="on the server", reason=SkipReason.BROKEN_LINK)
    ]
