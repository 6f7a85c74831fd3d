"""What an archive keeps of renditions: each of them, under a name and in a gallery of its own."""

from bridge_app.domain.archive_plan import ArchiveAction
from bridge_app.storage.shelters import WriteBackMode
from tests.work.campaign import SQUARE, WIDE, Campaign
from tests.work.test_archive import archived

GALLERY = "Spring 2027 · renditions"


def test_renditions_of_a_master_with_a_long_name_do_not_replace_each_other(
    campaign: Campaign,
) -> None:
    campaign.brand.add("夏" * 90 + ".jpg")
    campaign.synced()
    campaign.publish(presets=(SQUARE, WIDE))
    archive = archived(campaign)
    kept = [
        one.result
        for one in campaign.desk.parts.worker.archive.steps(archive)
        if one.action is ArchiveAction.RENDITION
    ]
    assert len({one["file"] for one in kept}) == len({one["media_id"] for one in kept}) == 4
    folder = campaign.desk.home / "archive" / "data" / "renditions"
    assert sorted(one.suffix for one in folder.iterdir()) == [".jpg", ".jpg", ".png", ".png"]
    # Four renditions, and what says what is archived.
    assert len(campaign.brand.files(GALLERY)) == 5


def test_a_rendition_that_was_written_back_lies_in_the_archives_gallery_too(
    campaign: Campaign,
) -> None:
    campaign.desk.parts.worker.shelters.set_write_back(campaign.account, WriteBackMode.FILE)
    campaign.publish()
    before = campaign.brand.files("Finals · renditions")["hero__square.jpg"]
    archived(campaign)
    (kept,) = (one for name, one in campaign.brand.files(GALLERY).items() if "__square" in name)
    assert campaign.brand.bytes_of(kept) == campaign.brand.bytes_of(before)
    assert f"rendition-of:{campaign.brand.media['hero.jpg']}" in kept.iptc["keywords"]
