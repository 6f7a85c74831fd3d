"""`asset-bridge rights`: claimed, shown, listed; and refused with a sentence."""

from pathlib import Path

from tests.cli.conftest import CommandLine

HERO = "spring/hero.jpg"


def test_a_claim_is_recorded_shown_and_shuts_the_gate(with_account: CommandLine) -> None:
    with_account("approve", HERO)
    words = ("--until", "2020-01-31", "--zone", "Europe/Oslo", "--source", "Contract 14")
    (told,) = with_account("rights", "set", HERO, *words, "--json").lines
    assert told["name"] == "hero.jpg"
    assert told["claim"] == {
        "ends": "2020-01-31T23:00:00+00:00",
        "source": "Contract 14",
        "zone": "Europe/Oslo",
    }
    (shown,) = with_account("rights", "show", HERO, "--json").lines
    assert shown["rights"]["state"] == "ended"
    assert [one["claim"] for one in shown["claims"]] == [told["claim"]]
    assert "source: Contract 14" in with_account("rights", "show", HERO).out
    refused = with_account("push", HERO, "--wait")
    assert refused.status == 3
    assert "rights_ended" in refused.out


def test_options_change_some_fields_and_keep_the_rest(with_account: CommandLine) -> None:
    with_account("rights", "set", HERO, "--territories", "no se", "--licence", "A")
    (told,) = with_account("rights", "set", HERO, "--licence", "", "--credit", "N", "--json").lines
    assert told["claim"] == {"territories": ["NO", "SE"], "credit_line": "N", "zone": "UTC"}
    (told,) = with_account("rights", "set", HERO, "--clear", "--json").lines
    assert told["claim"] == {"zone": "UTC"}


def test_a_dry_run_only_tells(with_account: CommandLine) -> None:
    answer = with_account("rights", "set", HERO, "--channels", "web", "--dry-run")
    assert (answer.status, "would be claimed" in answer.out) == (0, True)
    # That a file would allow nothing of it is told before, too.
    answer = with_account("rights", "set", "lapsed.jpg", "--from", "2099-01-01", "--dry-run")
    assert "nothing is left that file and claim both allow" in answer.err
    (shown,) = with_account("rights", "show", HERO, "--json").lines
    assert shown["claims"] == []


def test_what_nobody_can_mean_is_refused_and_nothing_changes(with_account: CommandLine) -> None:
    for words, said in (
        (("--territories", "Norway"), "is no territory"),
        (("--channels", "tv"), "is no channel"),
        (("--from", "2027-02-01", "--until", "2027-01-31"), "before they begin"),
        (("--until", "31.1.2027"), "is no date"),
        (("--zone", "Europe/Atlantis"), "is no time zone"),
        (("--not-in", "WORLD"), "exclude every one"),
        (("--document", "/nowhere/at/all.pdf"), "was not attached"),
        ((), "Nothing was said"),
    ):
        answer = with_account("rights", "set", HERO, *words)
        assert answer.status == 2
        assert said in answer.err
    (shown,) = with_account("rights", "show", HERO, "--json").lines
    assert shown["claims"] == []


def test_templates_are_kept_used_and_forgotten(with_account: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"%PDF-1.7")
    words = ("--channels", "web,social", "--document", str(paper))
    assert with_account("rights", "template", "Spring", *words).status == 0
    (kept,) = with_account("rights", "template", "--json").lines
    # A name alone asks for it, and keeps nothing under it.
    assert with_account("rights", "template", "Spring", "--json").lines == [kept]
    assert with_account("rights", "template", "list").status == 1
    assert kept["name"] == "Spring"
    assert [one["name"] for one in kept["claim"]["documents"]] == ["contract.pdf"]
    use = ("rights", "set", HERO, "--template", "Spring", "--until", "2031-12-31", "--json")
    (told,) = with_account(*use).lines
    assert told["claim"]["channels"] == ["social", "web"]
    assert told["claim"]["ends"] == "2032-01-01T00:00:00+00:00"
    assert "contract.pdf" in with_account("rights", "show", HERO).out
    assert with_account("rights", "template", "Spring", "--remove").status == 0
    assert with_account("rights", "template").out == ""
    assert with_account("rights", "set", HERO, "--template", "Spring").status == 1


def test_what_ends_soon_is_listed(with_account: CommandLine) -> None:
    with_account("rights", "set", HERO, "--from", "2999-01-01", "--until", "2999-12-31")
    assert HERO.rpartition("/")[2] not in with_account("rights", "expiring").out
    long = ("rights", "expiring", "--within", "36500", "--json")
    assert with_account(*long).status == 0
    assert with_account("rights", "expiring", "--within", "0").status == 2
