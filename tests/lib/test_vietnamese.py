"""Repair, keys for searching and sorting, names, tone marks and the two legacy encodings."""

import unicodedata

import pytest

from config.lib.vietnamese import capitalise_name, decode_legacy, fold, looks_legacy, place_tone, repair, sort_key


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        pytest.param("  Nguyễn   Văn\u00a0An ", "Nguyễn Văn An", id="spaces"),
        pytest.param(unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường", id="NFD"),
        pytest.param("\ufeffTrần\u200b Thị\u200d Hà\u00ad", "Trần Thị Hà", id="zero-width"),
        pytest.param("Lê\x00 Văn\x07 Tám\x1b", "Lê Văn Tám", id="control"),
        pytest.param("dòng một\r\ndòng hai\tcột", "dòng một dòng hai cột", id="line breaks"),
        pytest.param("e\u200b\u0301m", "ém", id="mark parted from its letter"),
        pytest.param("", "", id="empty"),
    ],
)
def test_text_is_repaired_once_and_for_all(written, stored):
    assert repair(written) == stored
    assert repair(stored) == stored


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Đặng Thị Đào", "dang thi dao", id="đ"),
        pytest.param("Ðặng", "dang", id="Icelandic đ"),
        pytest.param("NGUYỄN  VĂN A", "nguyen van a", id="capitals"),
        pytest.param("Hoà Thuý Khoẻ Uỷ", "hoa thuy khoe uy", id="old tone place"),
        pytest.param("Hòa Thúy Khỏe Ủy", "hoa thuy khoe uy", id="new tone place"),
        pytest.param(unicodedata.normalize("NFD", "Phường Lý Văn Lâm"), "phuong ly van lam", id="NFD"),
        pytest.param("Chi bộ 5/A", "chi bo 5/a", id="numbers stay"),
    ],
)
def test_search_key_forgives_accents_case_and_form(text, key):
    assert fold(text) == key


def test_names_sort_by_given_name_in_the_order_of_the_alphabet():
    # a ă â … d đ … o ô ơ; huyền, hỏi, ngã, sắc, nặng; then the family name, then the middle name
    in_order = [
        "Lê Văn An",
        "Trần An",
        "Lê Ăn",
        "Lê Ân",
        "Nguyễn Da",
        "Nguyễn Đa",
        "Nguyễn Hà",
        "Trần Hà",
        "Lê Hạ",
        "Bùi Hòa",
        "Đỗ Hoà",
        "Bùi Hoá",
        "Phan Ma",
        "Phan Mà",
        "Phan Mả",
        "Phan Mã",
        "Phan Má",
        "Phan Mạ",
        "Đặng To",
        "Đặng Tô",
        "Đặng Tơ",
        "Nguyên Văn Y",
        "Nguyễn Văn Y",
    ]
    shuffled = in_order[::2] + in_order[1::2]
    assert sorted(shuffled, key=sort_key) == in_order


def test_sort_key_is_plain_and_the_same_for_every_form():
    key = sort_key("Nguyễn Thị Hồng")
    assert key == sort_key(unicodedata.normalize("NFD", "  NGUYỄN thị  HỒNG"))
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()
    assert sort_key("Lê Thị Thuý") == sort_key("Lê Thị Thúy")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NGUYỄN VĂN A", "Nguyễn Văn A"),
        ("đặng thị  đào", "Đặng Thị Đào"),
        ("H'WEN NIÊ", "H'Wen Niê"),
        ("Trần McLê", "Trần McLê"),
        (unicodedata.normalize("NFD", "LÝ ÚT"), "Lý Út"),
    ],
)
def test_names_in_capitals_become_names(written, name):
    assert capitalise_name(written) == name


@pytest.mark.parametrize(
    ("first", "second"),
    [("ủy ban", "uỷ ban"), ("Hòa", "Hoà"), ("KHÓA", "KHOÁ"), ("khỏe", "khoẻ"), ("Thúy", "Thuý"), ("ỦY", "UỶ")],
)
def test_tone_mark_moves_both_ways(first, second):
    assert place_tone(second, "first") == first
    assert place_tone(first, "second") == second
    assert place_tone(first, "first") == first
    assert place_tone(second, "second") == second


@pytest.mark.parametrize("word", ["quý", "quà", "hoàn", "ngoài", "khuỷu", "huế", "của", "mía"])
def test_other_words_keep_their_tone_mark(word):
    assert place_tone(word, "first") == word
    assert place_tone(word, "second") == word


def test_unknown_tone_style_is_refused():
    with pytest.raises(ValueError, match="third"):
        place_tone("ủy", "third")


@pytest.mark.parametrize(
    ("written", "encoding", "text"),
    [
        ("NguyÔn V¨n A", "tcvn3", "Nguyễn Văn A"),
        ("§¶ng bé ph\xadêng 5", "tcvn3", "Đảng bộ phường 5"),
        ("NGUYÔN THÞ H¦¥NG", "tcvn3", "NGUYỄN THỊ HƯƠNG"),
        ("Nguyeãn Vaên A", "vni", "Nguyễn Văn A"),
        ("Ñaûng boä phöôøng 5", "vni", "Đảng bộ phường 5"),
        ("NGUYEÃN THÒ HÖÔNG", "vni", "NGUYỄN THỊ HƯƠNG"),
        ("Lyù Vyõ Kyø", "vni", "Lý Vỹ Kỳ"),
    ],
)
def test_legacy_text_is_recognised_and_read(written, encoding, text):
    assert looks_legacy(written) == encoding
    assert decode_legacy(written, encoding) == text


@pytest.mark.parametrize(
    "text", ["Lê Hà", "Tú", "José", "20°C", "Nguyễn Văn A", "Nguyen Van A", "½", "Hoà", "", "Émile"]
)
def test_other_text_is_not_taken_for_legacy(text):
    assert looks_legacy(text) is None


LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
VNI_LETTERS = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î"
)
TCVN3_CODES = (
    "b5 b6 b7 b8 b9 a8 bb bc bd be c6 a9 c7 c8 c9 ca cb ae cc ce cf d0 d1 aa d2 d3 d4 d5 d6 d7 d8 dc dd de "
    "df e1 e2 e3 e4 ab e5 e6 e7 e8 e9 ac ea eb ec ed ee ef f1 f2 f3 f4 ad f5 f6 f7 f8 f9 fa fb fc fd fe"
)


def test_every_small_letter_of_both_tables():
    assert decode_legacy("  ".join(VNI_LETTERS.split()), "vni").split() == list(LETTERS)
    assert decode_legacy(bytes.fromhex(TCVN3_CODES).decode("latin-1"), "tcvn3") == LETTERS


def test_every_capital_of_vni_and_the_seven_of_tcvn3():
    assert decode_legacy("  ".join(VNI_LETTERS.upper().split()), "vni").split() == list(LETTERS.upper())
    assert decode_legacy("¡ ¢ § £ ¤ ¥ ¦", "tcvn3") == "Ă Â Đ Ê Ô Ơ Ư"


def test_unknown_legacy_encoding_is_refused():
    with pytest.raises(ValueError, match="viscii"):
        decode_legacy("a", "viscii")
