"""Vietnamese text: repair at the door, keys for searching and sorting, names, tone marks, legacy encodings."""

import re
import unicodedata
from itertools import chain

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of the dictionary
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_BARE_D = str.maketrans("đĐðÐɖƉ", "ddDDdD")  # Icelandic and African look-alikes are typed for đ


def _dropped(code):
    character = chr(code)
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and not character.isspace()


_INVISIBLE = dict.fromkeys(chain(filter(_dropped, range(0x10000)), (0xFFFE, 0xFFFF), range(0xFE00, 0xFE10)))


# --- repair and keys -------------------------------------------------------------------------------------------------


def repair(text: str) -> str:
    """Text as it is stored: NFC, trimmed, single spaces, nothing invisible. Ask `looks_legacy` before, not after."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = text.translate(_INVISIBLE)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def fold(text: str) -> str:
    """Key for searching and comparing: no marks, đ as d, lower case, single spaces (Hoà = Hòa = hoa)."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_INVISIBLE).translate(_BARE_D)))
    return " ".join(bare.lower().split())


_END, _GAP, _DIGIT = "012"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = dict(zip(_ALPHABET, "3456789abcdefghijklmnopqrstuvwxyz", strict=True))
_RANK |= {" ": _GAP, "-": _GAP} | {digit: _DIGIT + digit for digit in "0123456789"}
_TONE_RANK = {tone: str(rank) for rank, tone in enumerate(TONES, start=1)}
_TONE = re.compile(f"[{TONES}]")


def sort_key(full_name: str) -> str:
    """Key of [0-9a-z] that sorts names as a Vietnamese list does: given name with its tone, then the other names."""
    words = repair(full_name).lower().split(" ")
    return _collation(words[-1:]) + _END + _collation(words[:-1])


def _collation(words):
    """Letters of all words first, then one tone for each word: Hoà and Hòa are one word, Hà comes before Hạ."""
    toned = [unicodedata.normalize("NFD", word) for word in words]
    letters = unicodedata.normalize("NFC", _TONE.sub("", " ".join(toned)))
    return "".join(map(_rank, letters)) + _END + "".join(map(_tone_of, toned))


def _rank(letter):
    return _RANK.get(letter) or _RANK.get(_MARKS.sub("", unicodedata.normalize("NFD", letter.translate(_BARE_D))), "")


def _tone_of(word):
    found = _TONE.search(word)
    return _TONE_RANK[found.group()] if found else "0"


# --- names and tone marks --------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")


def capitalise_name(name: str) -> str:
    """A name written all in capitals or all in small letters as "Nguyễn Văn A", "H'Wen"; mixed words stay as typed."""
    return _WORD.sub(lambda found: _capitalised(found.group()), repair(name))


def _capitalised(word):
    """A letter whose capital is two letters (ß) stays: a name does not grow."""
    proper = word.capitalize() if word.isupper() or word.islower() else word
    return proper if len(proper) == len(word) else word


def _tone_places():
    """(ủy, uỷ) and all its like: the syllable ends with oa, oe or uy, the tone stands on one of the two vowels."""
    for first, second in ("oa", "oe", "uy"):
        for one, two in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
            for tone in TONES:
                yield (unicodedata.normalize("NFC", one + tone + two), unicodedata.normalize("NFC", one + two + tone))


_TO_SECOND = dict(_tone_places())
_TO_FIRST = {second: first for first, second in _TO_SECOND.items()}


def _ending(places):
    return re.compile(f"(?<![qQ])(?:{'|'.join(places)})(?![^\\W\\d_])")


_FIRST_ENDING, _SECOND_ENDING = _ending(_TO_SECOND), _ending(_TO_FIRST)


def place_tone(text: str, style: str) -> str:
    """Generated words with the tone mark on the "first" vowel (ủy, hòa) or on the "second" (uỷ, hoà)."""
    composed = unicodedata.normalize("NFC", text)
    if style == "first":
        return _SECOND_ENDING.sub(lambda found: _TO_FIRST[found.group()], composed)
    if style == "second":
        return _FIRST_ENDING.sub(lambda found: _TO_SECOND[found.group()], composed)
    raise ValueError(f"tone style must be 'first' or 'second', not {style!r}")


# --- legacy encodings: text of the fonts .VnTime (TCVN3) and VNI-Times, read as if it were Latin ----------------------

_TCVN3: dict[str | int, str | int | None] = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_TONES = dict(zip("øûõùï", TONES, strict=True))
_VNI_CIRCUMFLEX = {"â": ""} | dict(zip("àåãáä", TONES, strict=True))
_VNI_BREVE = {"ê": ""} | dict(zip("èúüéë", TONES, strict=True))
_VNI_SINGLE = dict(zip("ìæóíòñôöî", "ìỉĩíịđơưỵ", strict=True))


def _vni_pairs():
    for letter in "aeouyôö":
        for mark, tone in _VNI_TONES.items():
            yield letter + mark, _VNI_SINGLE.get(letter, letter) + tone
    for letter in "aeo":
        for mark, tone in _VNI_CIRCUMFLEX.items():
            yield letter + mark, letter + "\u0302" + tone
    for mark, tone in _VNI_BREVE.items():
        yield "a" + mark, "a\u0306" + tone


_VNI_SMALL = {pair: unicodedata.normalize("NFC", letter) for pair, letter in _vni_pairs()} | _VNI_SINGLE
_VNI = _VNI_SMALL | {
    first + second: letter.upper()
    for pair, letter in _VNI_SMALL.items()
    for first, second in ((pair[0].upper(), pair[1:].upper()), (pair[0].upper(), pair[1:]))
}
_VNI_TOKEN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def decode_legacy(text: str, encoding: str) -> str:
    """Text typed for a TCVN3 ("tcvn3") or VNI ("vni") font, in Unicode; capitals of TCVN3 fonts restored."""
    if encoding == "vni":
        return _VNI_TOKEN.sub(lambda found: _VNI[found.group()], text)
    if encoding == "tcvn3":
        decoded = [_with_capitals(word, word.translate(str.maketrans(_TCVN3))) for word in re.split(r"(\s+)", text)]
        return _with_capitals(text, "".join(decoded))
    raise ValueError(f"legacy encoding must be 'tcvn3' or 'vni', not {encoding!r}")


def _with_capitals(written, decoded):
    ascii_letters = [letter for letter in written if letter.isascii() and letter.isalpha()]
    return decoded.upper() if len(ascii_letters) > 1 and "".join(ascii_letters).isupper() else decoded


_SYLLABLE = re.compile(
    "(?:ngh|ng|gh|gi|g|kh|k|nh|n|ch|c|ph|p|th|tr|t|qu|b|d|đ|h|l|m|r|s|v|x)?"
    "(?:uyê|iêu|yêu|oai|oao|oay|oeo|uao|uây|uyu|uya|uôi|ươi|ươu|"
    "ia|iê|ya|yê|ua|uâ|uô|uơ|uê|uy|ưa|ươ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oa|oă|oe|oo|"
    "[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?"
)
_EDGES = "".join(chain(map(chr, range(0x21, 0x41)), "[\\]^_`{|}~"))


def looks_legacy(text: str) -> str | None:
    """ "tcvn3" or "vni" if the text makes Vietnamese words only when decoded so, else None. Ask before `repair`."""
    if text.isascii() or any(ord(character) > 0xFF for character in text):
        return None
    wrong = wrong_words(text)
    if not wrong:
        return None
    found = {encoding: wrong_words(decode_legacy(text, encoding)) for encoding in ("tcvn3", "vni")}
    best = min(found, key=lambda encoding: found[encoding])
    return best if found[best] * 5 <= wrong else None


def wrong_words(text: str) -> int:
    """How many words with marks, of two letters or more, are no Vietnamese syllable."""
    words = (word.strip(_EDGES) for word in _SPACES.split(text.replace("\xa0", " ")))
    return sum(1 for word in words if len(word) > 1 and not word.isascii() and not _is_syllable(word))


def _is_syllable(word):
    bare, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
