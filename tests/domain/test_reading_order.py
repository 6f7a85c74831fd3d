"""Names stand where people of a language look for them."""

import pytest

from bridge_app.domain.reading_order import beginning_key, reading_key


def in_order(names: list[str], language: str) -> list[str]:
    # As SQLite compares: by the bytes of UTF-8.
    return sorted(set(names), key=lambda name: reading_key(name, language).encode())


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Apple", "cote", "côte", "Éclair", "fig", "zebra"]),
        ("de", ["Ast", "Äste", "Astern", "Masse", "Maße", "Zoll"]),
        ("fr", ["cote", "coté", "côte", "côté", "coteau"]),
        ("pt_BR", ["acao", "ação", "acaso"]),
        ("es", ["nata", "nzz", "ñandú", "Ñora", "oca"]),
        ("es", ["man\u0303ana", "mapa"]),
        ("ja", ["あ", "い", "か", "が", "かめら", "キ", "亜", "一", "中"]),
        ("ja", ["かあ", "カード", "かい"]),
        ("ja", ["つき", "っこ", "て"]),
        ("zh_CN", ["apple", "阿", "波", "李", "钱", "孙", "张", "赵", "中"]),
        ("zh_CN", ["北京", "广州", "上海", "深圳", "天津", "龘", "𠀀"]),
        ("ar", ["ابل", "أسد", "بحر", "تفاح", "يوم"]),
    ],
)
def test_names_are_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    assert in_order(names, language) == names


@pytest.mark.parametrize("language", ["en", "es", "ja", "zh_CN", "ar"])
def test_a_name_is_found_among_those_that_begin_as_it_does(language: str) -> None:
    for name in ("Ñandú 1", "カード", "北京 2", "Éclair", "plain", "龘x"):
        for length in range(1, len(name) + 1):
            beginning = beginning_key(name[:length], language).rstrip()
            assert reading_key(name, language).startswith(beginning)


def test_what_is_written_otherwise_is_the_same_word() -> None:
    assert beginning_key("\uff23\uff21\uff34", "ja") == "cat"
    assert beginning_key("ﾊｰﾄﾞ", "ja") == beginning_key("はあと", "ja")
