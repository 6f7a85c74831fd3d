"""Keys that sort words as people of a language look for them, comparable as plain text.

Accents decide among equals only; Spanish has ñ behind n. Japanese has kana by their sound, and
kanji behind them, by JIS X 0208: the common ones by their reading. Chinese is by GB 2312: the
common characters by pinyin. Other characters come behind these, by their numbers.
"""

import unicodedata

from bridge_app.domain.query import fold

ACCENTS = "\x01"
"""Before what decides among equals: below every letter, so that shorter words stay first."""
BEHIND = "\uffff"
ORDERED, OTHERS = 0xF0000, 0xFF000
"""Where characters lie that have an order of their own, and what stands before all others.

Both are planes for private use, which no name has."""
CODECS = {"ja": "euc_jp", "zh": "gb2312"}
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
ROWS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみり",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれ",
    "お": "おこそとのほもよろを",
}
VOWELS = {kana: vowel for vowel, row in ROWS.items() for kana in row}
LONG = "ー"


def reading_key(text: str, language: str) -> str:
    """The key of a whole name; `language` as "ja" or "zh_CN"."""
    key = beginning_key(text, language)
    return key if text.isascii() else key + ACCENTS + unicodedata.normalize("NFC", text.casefold())


def beginning_key(text: str, language: str) -> str:
    """With this begin the keys of all names that begin like `text`."""
    if text.isascii():
        return fold(text)
    spoken = language[:2]
    if spoken == "es":
        composed = unicodedata.normalize("NFC", text)
        return fold(composed.replace("ñ", "n" + BEHIND).replace("Ñ", "n" + BEHIND))
    folded = fold(text)
    if spoken == "ja":
        folded = _sounded(folded)
    codec = CODECS.get(spoken)
    return folded if codec is None else "".join(_placed(letter, codec) for letter in folded)


def _sounded(text: str) -> str:
    """Kana as they are looked up: hiragana, large, a long vowel written out."""
    found: list[str] = []
    for letter in text:
        kana = chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter
        kana = kana.translate(SMALL)
        found.append(VOWELS.get(found[-1], LONG) if kana == LONG and found else kana)
    return "".join(found)


def _placed(letter: str, codec: str) -> str:
    if not _is_han(letter):
        return letter
    try:
        high, low = letter.encode(codec)
    except ValueError:  # not in the set, or one of its supplements, which have three bytes
        return chr(OTHERS) + letter
    return chr(ORDERED + (high - 0xA1) * 0x100 + low)


def _is_han(letter: str) -> bool:
    return (
        "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or letter >= "\U00020000"
    )
