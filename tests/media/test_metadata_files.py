"""Writing metadata into files: what is asked for, nothing else, and never half of it."""

import os
import stat
from dataclasses import replace
from fcntl import LOCK_EX, LOCK_NB, flock
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.errors import BridgeError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.metadata_errors import (
    MasterChangedError,
    MasterGoneError,
    MasterLockedError,
    MasterReadOnlyError,
)
from bridge_app.media.metadata_files import MetadataFiles, Way, Written
from tests.media.writing import Copy, hidden, written

LOOKS = "Ünï ✓ 日本"


def test_what_was_written_is_read_back_and_the_rest_stays(files: MetadataFiles, hero: Path) -> None:
    before = dict(files.read(hero).record)

    made = written(files, hero, title=LOOKS, city=None)

    del before["city"]
    assert made.way is Way.INSIDE
    assert files.read(hero).record == made.record == {**before, "title": LOOKS}
    assert hidden(hero.parent) == []


def test_the_picture_is_the_same_to_the_bit(files: MetadataFiles, hero: Path) -> None:
    before = Image.open(BytesIO(hero.read_bytes())).tobytes()

    written(files, hero, caption="One\nTwo")

    assert Image.open(BytesIO(hero.read_bytes())).tobytes() == before


def test_iim_stays_in_step_and_is_marked_as_utf_8(files: MetadataFiles, hero: Path) -> None:
    made = written(files, hero, title=LOOKS, keywords=("zwölf", "alpha"))

    data = hero.read_bytes()
    assert b"\x1c\x01\x5a\x00\x03\x1b%G" in data
    assert b"\x1c\x02\x05" + len(LOOKS.encode()).to_bytes(2, "big") + LOOKS.encode() in data
    assert files.read(hero).differs == made.differs == ()


def test_keywords_that_were_there_keep_their_order(files: MetadataFiles, hero: Path) -> None:
    written(files, hero, keywords=("c", "b"))
    written(files, hero, keywords=("a", "b", "c"))

    data = hero.read_bytes()
    assert b"".join(f"<rdf:li>{word}</rdf:li>".encode() for word in "bca") in data.replace(
        b"\n", b""
    ).replace(b" ", b"")


def test_a_language_is_written_beside_the_others(files: MetadataFiles, hero: Path) -> None:
    made = written(files, hero, **{"alt_text[de]": "Ein Bild"})

    assert made.record["alt_text[de]"] == "Ein Bild"
    assert made.record["alt_text"] == files.read(hero).record["alt_text"]


def test_saying_what_is_there_already_writes_nothing(files: MetadataFiles, hero: Path) -> None:
    known = files.read(hero)
    before = hero.stat()
    told: list[Written] = []

    made = files.write(
        hero, changes={"title": known.record["title"]}, known=known, prepared=told.append
    )

    assert made.before == made.after == known.stamp
    assert hero.stat() == before
    assert told == []


def test_the_caller_knows_the_new_content_before_the_file_is_replaced(
    files: MetadataFiles, hero: Path
) -> None:
    known = files.read(hero)
    seen: list[tuple[str, str]] = []

    def prepared(made: Written) -> None:
        seen.append((files.read(hero).stamp.sha256, made.after.sha256))

    files.write(hero, changes={"title": LOOKS}, known=known, prepared=prepared)

    assert seen == [(known.stamp.sha256, files.read(hero).stamp.sha256)]


def test_a_caller_that_cannot_put_it_on_record_keeps_the_file(
    files: MetadataFiles, hero: Path
) -> None:
    known, before = files.read(hero), hero.read_bytes()

    def prepared(made: Written) -> None:
        raise BridgeError

    with pytest.raises(BridgeError):
        files.write(hero, changes={"title": LOOKS}, known=known, prepared=prepared)

    assert hero.read_bytes() == before
    assert hidden(hero.parent) == []


def test_mode_times_and_attributes_stay(files: MetadataFiles, hero: Path) -> None:
    hero.chmod(0o640)
    os.utime(hero, ns=(1_000_000_007, 1_500_000_000_123_456_789))
    try:
        os.setxattr(hero, "user.colour", b"red")
    except OSError:
        pytest.skip("the disk knows no extended attributes")

    written(files, hero, title=LOOKS)

    after = hero.stat()
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert after.st_mtime_ns == 1_500_000_000_123_456_789
    assert os.getxattr(hero, "user.colour") == b"red"


def test_a_link_is_followed_and_stays_a_link(
    files: MetadataFiles, hero: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.jpg"
    link.symlink_to(hero)

    written(files, link, title=LOOKS)

    assert link.is_symlink()
    assert files.read(hero).record["title"] == LOOKS


def test_a_file_that_somebody_else_wrote_to_is_not_touched(
    files: MetadataFiles, hero: Path
) -> None:
    known = files.read(hero)
    hero.write_bytes(hero.read_bytes() + b"more")
    before = hero.read_bytes()

    with pytest.raises(MasterChangedError):
        files.write(hero, changes={"title": LOOKS}, known=known)

    assert hero.read_bytes() == before


def test_a_file_that_changes_while_it_is_written_keeps_what_the_other_wrote(
    files: MetadataFiles, hero: Path
) -> None:
    known = files.read(hero)

    def prepared(made: Written) -> None:
        hero.write_bytes(b"theirs")

    with pytest.raises(MasterChangedError):
        files.write(
            hero,
            changes={"title": LOOKS},
            known=known,
            prepared=prepared,
        )

    assert hero.read_bytes() == b"theirs"


def test_a_file_marked_as_read_only_is_refused(files: MetadataFiles, hero: Path) -> None:
    hero.chmod(0o444)

    with pytest.raises(MasterReadOnlyError, match="read-only"):
        written(files, hero, title=LOOKS)


def test_a_locked_file_is_refused_for_now(files: MetadataFiles, hero: Path) -> None:
    with hero.open("rb") as other:
        flock(other, LOCK_EX | LOCK_NB)

        with pytest.raises(MasterLockedError):
            written(files, hero, title=LOOKS)


def test_a_file_that_vanished_is_said_to_be_gone(files: MetadataFiles, hero: Path) -> None:
    known = files.read(hero)
    hero.unlink()

    with pytest.raises(MasterGoneError):
        files.write(hero, changes={"title": LOOKS}, known=known)


def test_what_a_killed_write_left_is_found_and_taken_away(files: MetadataFiles, hero: Path) -> None:
    left = hero.parent / ".asset-bridge-0123456789abcdef.tmp"
    left.write_bytes(b"half")
    other = hero.parent / ".asset-bridge-notes"
    other.write_bytes(b"somebody's")

    assert files.leftovers(hero.parent) == 1
    assert not left.exists()
    assert other.exists()


def test_the_first_original_is_kept_if_wanted(pool: DecoderPool, hero: Path) -> None:
    wanted = [False, True, True]
    files = MetadataFiles(pool, None, backup=lambda: wanted.pop(0))
    kept = hero.parent / ".asset-bridge-originals"

    written(files, hero, title="zero")
    assert not kept.exists()
    before = hero.read_bytes()
    written(files, hero, title="one")
    written(files, hero, title="two")

    assert [(one.name, one.read_bytes()) for one in kept.iterdir()] == [("hero.jpg", before)]


def test_a_sidecar_of_others_is_kept_like_a_file(pool: DecoderPool, hero: Path) -> None:
    files = MetadataFiles(pool, None, backup=lambda: True)
    hero.with_name("hero.jpg.xmp").write_bytes(PACKET)

    written(files, hero, title="one")

    kept = hero.parent / ".asset-bridge-originals/hero.jpg.xmp"
    assert kept.read_bytes() == PACKET


def test_a_raw_gets_a_sidecar_that_says_everything(files: MetadataFiles, copy: Copy) -> None:
    raw = copy("raw/sample.nef", "hero.nef")
    before, bytes_before = files.read(raw), raw.read_bytes()

    made = written(files, raw, title=LOOKS, rating=4)

    assert (made.way, made.target.name) == (Way.SIDECAR, "hero.xmp")
    assert raw.read_bytes() == bytes_before
    assert files.read(raw).record == {**before.record, "title": LOOKS, "rating": 4}


def test_taking_away_what_a_master_says_hides_it_in_its_sidecar(
    files: MetadataFiles, hero: Path
) -> None:
    sidecar = hero.with_name("hero.jpg.xmp")
    sidecar.write_bytes(PACKET)
    known = files.read(hero)

    made = written(files, hero, city=None, keywords=None)

    assert made.target == sidecar
    assert {"city", "keywords"} & files.read(hero).record.keys() == set()
    assert known.record["title"] == "From the sidecar"


def test_what_a_sidecar_hides_stays_hidden_whatever_is_said_next(
    files: MetadataFiles, hero: Path
) -> None:
    hero.with_name("hero.jpg.xmp").write_bytes(PACKET)
    gone = dict.fromkeys(("title", "caption", "keywords", "date_taken", "author", "city"))
    known = files.read(hero).record.keys()
    written(files, hero, **gone)
    for said in ("One", "Another"):
        written(files, hero, headline=said)

    assert files.read(hero).record["headline"] == "Another"
    assert gone.keys() <= known
    assert not files.read(hero).record.keys() & gone.keys()


def test_a_sidecar_keeps_what_others_wrote_into_it(files: MetadataFiles, hero: Path) -> None:
    sidecar = hero.with_name("hero.jpg.xmp")
    sidecar.write_bytes(PACKET)

    written(files, hero, headline=LOOKS)

    text = sidecar.read_text(encoding="utf-8")
    assert "darktable:history_end" in text
    assert "From the sidecar" in text
    assert LOOKS in text


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF",
        b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;&a;'>]><rdf:RDF/>",
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        b"no XML at all",
    ],
)
def test_a_damaged_sidecar_is_left_as_it_is(
    files: MetadataFiles, hero: Path, packet: bytes
) -> None:
    sidecar, before = hero.with_name("hero.jpg.xmp"), hero.read_bytes()
    sidecar.write_bytes(packet)

    with pytest.raises(BridgeError):
        written(files, hero, title=LOOKS)

    assert sidecar.read_bytes() == packet
    assert hero.read_bytes() == before


def test_a_picture_with_damaged_xmp_is_left_alone_and_gets_a_sidecar(
    files: MetadataFiles, hero: Path
) -> None:
    data = hero.read_bytes()
    at = data.index(b"</rdf:RDF>")
    hero.write_bytes(data[:at] + b"</rdf:XXX>" + data[at + 10 :])
    before = hero.read_bytes()

    made = written(files, hero, title=LOOKS)

    assert made.target == hero.with_name("hero.jpg.xmp")
    assert hero.read_bytes() == before
    assert files.read(hero).record["title"] == LOOKS


def test_xmp_that_only_some_programs_find_is_not_doubled(files: MetadataFiles, copy: Copy) -> None:
    path = copy("metadata/withXmp.jpg")  # its XMP has a damaged mark
    before = path.read_bytes()

    assert written(files, path, title=LOOKS).way is Way.SIDECAR
    assert path.read_bytes() == before


def test_iim_of_a_wrong_length_is_never_written_over(files: MetadataFiles, hero: Path) -> None:
    data = hero.read_bytes()
    at = data.index(b"\x1c\x02\x05")
    hero.write_bytes(data[: at + 3] + b"\x7f\xff" + data[at + 5 :])
    before = hero.read_bytes()

    made = written(files, hero, headline=LOOKS)

    assert made.way is Way.SIDECAR
    assert hero.read_bytes() == before


def test_a_caption_of_a_megabyte_is_kept_whole(files: MetadataFiles, hero: Path) -> None:
    caption = "ä" * (1 << 20)

    made = written(files, hero, caption=caption)

    assert made.way is Way.SIDECAR  # a segment of a JPEG holds 64 kB
    assert files.read(hero).record["caption"] == caption


def test_a_long_text_of_the_same_length_is_another_text(files: MetadataFiles, hero: Path) -> None:
    written(files, hero, caption="a" * 5_000)
    written(files, hero, caption="b" * 5_000)

    assert files.read(hero).record["caption"] == "b" * 5_000


def test_the_stamp_of_an_earlier_look_saves_hashing(files: MetadataFiles, hero: Path) -> None:
    known = files.read(hero)
    marked = replace(known.stamp, sha256="as told")

    assert files.read(hero, trusted=marked).stamp == marked
    hero.touch()
    assert files.read(hero, trusted=marked).stamp.sha256 == known.stamp.sha256


PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:darktable="http://darktable.sf.net/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" darktable:history_end="3">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">From the sidecar</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
