"""A film through a transformation: its frames, their order and size, and its sound."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import MediaError
from bridge_app.transform import Fidelity, TransformationError, output_size, parse, render
from bridge_app.transform.video.render_video import render_video
from tests.transform.video.made_films import light_of, make_film, near, seen


def made(film: Path, text: str) -> bytes:
    return render(film, parse(text)).data


def lights(*numbers: int) -> list[int]:
    return [light_of(number) for number in numbers]


def test_a_film_without_changes_keeps_every_frame(film: Path) -> None:
    whole = seen(made(film, "q_90"))
    assert near(whole.lights, lights(*range(30)))
    assert whole.times == pytest.approx([number / 10 for number in range(30)])
    assert whole.codecs == ("h264", "aac")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("so_1,du_0.5", range(10, 15)),
        ("so_1.25,eo_1.6", [12, 13, 14, 15]),
        ("eo_10p", range(3)),
        ("so_2.5", range(25, 30)),
        ("eo_2,du_0.3", range(17, 20)),
        ("so_2.95", [29]),
        ("du_0.0001", [0]),
    ],
)
def test_trimming_keeps_the_frames_of_the_part(film: Path, text: str, numbers: list[int]) -> None:
    found = seen(made(film, text))
    assert near(found.lights, lights(*numbers))
    assert found.times[0] == 0


def test_the_sound_of_a_part_is_as_long_as_its_pictures(film: Path) -> None:
    found = seen(made(film, "so_0.5,du_1.5"))
    assert found.sound_seconds == pytest.approx(1.5, abs=0.06)
    assert found.loudness == pytest.approx(0.35, abs=0.03)


@pytest.mark.parametrize(
    "text",
    [
        "w_32",
        "c_scale,w_30,h_50",
        "c_fit,w_40,h_40",
        "c_limit,w_1000",
        "c_fill,w_40,h_40",
        "c_fill,w_40,h_40,g_north_west",
        "c_crop,w_20,h_10,x_3,y_5",
        "c_pad,w_80,h_80,b_red",
        "c_thumb,w_20,h_20,g_center",
        "a_90",
        "a_270/c_fill,ar_1:1",
        "c_scale,w_0.5/a_hflip",
        "c_fill,h_6,w_6,dpr_2.0",
        "c_lpad,w_100,h_60",
        "c_mfit,w_128",
        "c_fill,w_64,h_2",
    ],
)
def test_a_films_size_follows_the_rules_for_pictures(film: Path, text: str) -> None:
    found = render(film, parse(f"du_0.2/{text}"))
    width, height = output_size(parse(text), 64, 48)
    assert (found.width, found.height) == (width // 2 * 2, height // 2 * 2)
    assert seen(found.data).frames[0].shape == (found.height, found.width, 3)


def test_odd_sides_become_even_and_are_told(film: Path) -> None:
    found = render(film, parse("du_0.1/c_scale,w_33,h_1"))
    assert (found.width, found.height) == (32, 2)
    assert any("32 × 2 instead of 33 × 1" in reason for reason in found.reasons)


def test_a_turned_film_comes_out_upright(corpus: Path) -> None:
    found = render(corpus / "video/with-gps.mov", parse("du_0.1/c_scale,w_100"))
    assert (found.width, found.height) == (100, 178)
    assert seen(found.data).frames[0].shape == (178, 100, 3)


@pytest.mark.parametrize(
    ("text", "colour"), [("c_pad,w_100,h_48", (0, 0, 0)), ("c_pad,w_100,h_48,b_blue", (0, 0, 255))]
)
def test_padding_is_black_or_as_asked(film: Path, text: str, colour: tuple[int, int, int]) -> None:
    frame = seen(made(film, f"du_0.1/{text}/q_100")).frames[0]
    assert frame[24, 5] == pytest.approx(colour, abs=12)
    assert frame[24, 50] == pytest.approx([light_of(0)] * 3, abs=12)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("so_1,du_0.4/e_reverse", [13, 12, 11, 10]),
        ("so_1,du_0.3/e_boomerang", [10, 11, 12, 12, 11, 10]),
        ("so_1,du_0.2/e_loop:2", [10, 11] * 3),
        ("so_1,du_0.2/e_boomerang/e_loop:1", [10, 11, 11, 10] * 2),
        ("so_1,du_0.8/e_accelerate:100", [10, 12, 14, 16]),
        ("so_1,du_0.2/e_accelerate:-50", [10, 10, 11, 11]),
        ("so_1,du_0.2/fps_20", [10, 10, 11, 11]),
    ],
)
def test_effects_on_time_order_the_frames(film: Path, text: str, numbers: list[int]) -> None:
    found = seen(made(film, f"{text}/q_90"))
    assert near(found.lights, lights(*numbers), within=6)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("du_1/e_boomerang", 2.0),
        ("du_1/e_loop:2", 3.0),
        ("du_2/e_accelerate:100", 1.0),
        ("du_1/e_accelerate:-50", 2.0),
        ("du_1/e_reverse", 1.0),
    ],
)
def test_sound_follows_the_pictures_in_time(film: Path, text: str, seconds: float) -> None:
    found = seen(made(film, text))
    assert found.sound_seconds == pytest.approx(seconds, abs=0.12)
    assert len(found.frames) == pytest.approx(seconds * 10, abs=1)


def test_a_film_fades_in_from_black_and_out_to_it(film: Path) -> None:
    found = seen(made(film, "e_fade:1000/e_fade:-1000/q_90"))
    assert found.lights[0] < 10
    assert found.lights[29] < 40
    assert near(found.lights[12:18], lights(*range(12, 18)), within=6)
    quiet = abs(found.sound[:, :2000]).max()
    assert quiet < 0.1 < found.loudness


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("e_volume:-50", 0.5),
        ("e_volume:50", 1.5),
        ("e_volume:mute", 0.0),
        ("e_volume:-6dB", 0.5),
        ("e_volume:-100", 0.0),
        ("e_volume", 1.0),
    ],
)
def test_volume_changes_the_loudness(film: Path, text: str, factor: float) -> None:
    assert seen(made(film, f"du_1/{text}")).loudness == pytest.approx(0.35 * factor, abs=0.03)


@pytest.mark.parametrize(
    ("text", "format_", "codecs"),
    [
        ("ac_none", "mp4", ("h264",)),
        ("vc_none", "mp4", ("aac",)),
        ("f_mp3", "mp3", ("mp3float",)),
        ("f_wav", "wav", ("pcm_s16le",)),
        ("f_flac", "flac", ("flac",)),
        ("f_ogg", "ogg", ("vorbis",)),
        ("f_opus", "opus", ("opus",)),
        ("f_aiff", "aiff", ("pcm_s16be",)),
        ("f_m4a", "m4a", ("aac",)),
        ("f_webm", "webm", ("vp9", "opus")),
        ("f_webm,vc_vp8,ac_vorbis", "webm", ("vp8", "vorbis")),
        ("vc_vp9", "mp4", ("vp9", "aac")),
        ("vc_h265", "mp4", ("hevc", "aac")),
        ("vc_av1", "mp4", ("libdav1d", "aac")),
        ("f_mov,vc_prores,ac_pcm24", "mov", ("prores", "pcm_s24le")),
        ("f_mkv", "mkv", ("h264", "aac")),
        ("vc_h264:baseline:3.0:bframes_no", "mp4", ("h264", "aac")),
        ("vc_auto", "mp4", ("h264", "aac")),
    ],
)
def test_the_format_holds_the_codecs_that_are_asked_for(
    film: Path, text: str, format_: str, codecs: tuple[str, ...]
) -> None:
    found = render(film, parse(f"du_0.5/{text}"))
    assert found.format == format_
    assert seen(found.data).codecs == codecs


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [("f_webm/vc_h264", 7, "vc_h264"), ("w_9,ac_opus", 4, "ac_opus"), ("so_3", 0, "so_3")],
)
def test_what_cannot_be_is_refused_in_place(
    film: Path, text: str, position: int, found: str
) -> None:
    with pytest.raises(TransformationError) as caught:
        render(film, parse(text))
    assert (caught.value.position, caught.value.found) == (position, found)


def test_nothing_is_left_without_pictures_and_sound(film: Path) -> None:
    with pytest.raises(MediaError, match="neither pictures nor sound"):
        render(film, parse("vc_none,ac_none"))


def test_more_quality_and_more_bits_make_a_larger_file(corpus: Path) -> None:
    path = corpus / "video/rabbit320.mp4"
    sizes = [len(made(path, f"du_1,ac_none/{text}")) for text in ("q_10", "q_auto:low", "q_95")]
    assert sizes == sorted(sizes)
    assert sizes[0] * 3 < sizes[2]
    rated = [len(made(path, f"du_2,ac_none/br_{bits}")) for bits in ("100k", "1m")]
    assert rated[0] * 2 < rated[1]


def test_the_index_comes_before_the_pictures(film: Path) -> None:
    data = made(film, "du_0.5")
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_same_request_gives_the_same_bytes(film: Path) -> None:
    assert made(film, "du_0.5/w_32") == made(film, "du_0.5/w_32")


def test_a_master_without_sound_has_none_afterwards(tmp_path: Path) -> None:
    silent = make_film(tmp_path / "silent.mp4", seconds=0.5, sound=False)
    assert seen(made(silent, "e_volume:50")).codecs == ("h264",)


def test_variables_and_conditions_know_a_films_length(film: Path) -> None:
    text = "$cut_1/if_du_gt_2,du_$cut/if_du_gt_9/w_10/if_end"
    found = seen(made(film, text))
    assert len(found.frames) == 10
    assert found.frames[0].shape == (48, 64, 3)


def test_a_film_is_approximate_and_says_why(film: Path) -> None:
    found = render(film, parse("so_1,du_0.2/c_fill,w_20,h_20"))
    assert found.fidelity is Fidelity.APPROXIMATE
    assert found.reasons == (
        "The film is encoded by another encoder here: its size, length and order are true, "
        "its bytes and fine detail are not.",
    )


def test_a_codec_that_nothing_here_writes_is_left_to_the_cloud(film: Path) -> None:
    found = render(film, parse("du_0.1/vc_theora"))
    assert found.fidelity is Fidelity.CLOUD_ONLY
    assert any("vc_theora" in reason for reason in found.reasons)


def test_a_picture_of_a_film_is_not_made_by_the_films_renderer(film: Path) -> None:
    with pytest.raises(MediaError, match="a picture is asked for"):
        render_video(film, parse("f_jpg"))


def test_a_film_that_was_cut_off_gives_what_is_there(corpus: Path) -> None:
    found = render(corpus / "broken/cut-rabbit320.webm", parse("w_64"))
    assert len(seen(found.data).frames) > 30


def test_an_automatic_volume_says_that_it_is_near(film: Path) -> None:
    found = render(film, parse("du_0.3/e_volume:auto"))
    assert any("evens out loudness" in reason for reason in found.reasons)
