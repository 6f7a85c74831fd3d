"""Whatever is asked of a film, the answer is a rendition or a sentence."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.errors import BridgeError
from bridge_app.transform import parse, render

REQUESTS = [
    "so_0.0001",
    "so_99p",
    "so_-1",
    "so_auto",
    "eo_0.0001",
    "du_0.0001",
    "eo_200p",
    "fps_0.001",
    "fps_1000",
    "fps_0",
    "fps_20-10",
    "br_1",
    "br_999999999k",
    "br_1m:constant",
    "ki_0.0001",
    "ki_99999",
    "af_1",
    "af_999999999",
    "vs_0.0001s",
    "vs_1",
    "dl_1",
    "dl_999999999",
    "w_1,h_1",
    "w_1",
    "h_9999",
    "c_fill,h_1,w_64",
    "c_pad,h_300,w_2",
    "e_loop:99999",
    "e_loop",
    "e_fade:9999999",
    "e_fade:-9999999",
    "e_fade:0",
    "e_fade:x",
    "e_accelerate:-99",
    "e_accelerate:x",
    "e_volume:400",
    "e_volume:-999dB",
    "e_volume:nan",
    "e_volume:inf",
    "e_volume:1e400dB",
    "e_reverse",
    "e_boomerang",
    "q_1",
    "q_100",
    "q_auto:low",
    "dpr_0.1",
    "a_90",
    "a_17",
    "r_max",
    "f_gif",
    "f_webp",
    "f_webp,fl_animated",
    "f_mp3",
    "f_wav",
    "f_webm",
    "f_mov",
    "f_mkv",
    "f_jpg",
    "f_ogg",
    "f_opus",
    "f_flac",
    "f_aac",
    "f_auto",
    "f_m3u8",
    "vc_none",
    "ac_none",
    "vc_h265",
    "vc_vp8",
    "vc_prores",
    "ac_opus",
    "ac_vorbis",
    "ac_pcm24",
    "fl_mono",
    "vc_h264:baseline:3.0:bframes_no",
    "c_crop,h_3,w_3,x_60,y_40",
    "e_noise:100",
    "e_deshake",
    "pg_3",
    "dn_1",
    "e_trim",
    "if_du_gt_1/w_3/if_end",
    "$a_3/w_$a",
    "c_scale,w_0.001",
]


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=3, unique=True))
def test_any_mixture_of_requests_is_answered(film: Path, asked: list[str]) -> None:
    text = "/".join(["eo_0.5", *asked])
    try:
        found = render(film, parse(text))
    except BridgeError:
        return  # nothing but a sentence
    assert found.data
