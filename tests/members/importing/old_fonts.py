"""Text as it was typed for the fonts of before Unicode, by the tables of the fonts and not of the code under test."""

import io

import xlwt

TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®¡¢§£¤¥¦",
        strict=True,
    )
)
VNI = {
    **{letter: base + mark for base, letters in {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ"}.items()
       for letter, mark in zip(letters, "øùûõï", strict=True)},
    **{letter: base + mark for base, letters in {"a": "âầấẩẫậ", "e": "êềếểễệ", "o": "ôồốổỗộ"}.items()
       for letter, mark in zip(letters, "âàáåãä", strict=True)},
    **dict(zip("ăằắẳẵặ", ["aê", "aè", "aé", "aú", "aü", "aë"], strict=True)),
    **dict(zip("ơờớởỡợưừứửữự", ["ô", "ôø", "ôù", "ôû", "ôõ", "ôï", "ö", "öø", "öù", "öû", "öõ", "öï"], strict=True)),
    **dict(zip("ìỉĩíịđỵỳýỷỹ", ["ì", "æ", "ó", "í", "ò", "ñ", "î", "yø", "yù", "yû", "yõ"], strict=True)),
    "Đ": "Ñ", "Ư": "Ö", "Ơ": "Ô", "Ô": "OÂ", "Ê": "EÂ", "Á": "AÙ", "À": "AØ", "Â": "AÂ", "Ă": "AÊ", "Ấ": "AÁ",
    "Ẩ": "AÅ", "Ý": "YÙ",
}  # fmt: skip


def tcvn3(text):
    """As it is typed for .VnTime: a capital vowel with a mark, which that font has not, is typed small."""
    return "".join(TCVN3.get(letter, TCVN3.get(letter.lower(), letter)) for letter in text)


def vni(text):
    """As it is typed for VNI-Times."""
    return "".join(VNI.get(letter, letter) for letter in text)


def typed(value, encode):
    """A cell of a list; what is no text stays."""
    return encode(value) if isinstance(value, str) else value


def xls(rows, *, font="Times New Roman", sheets=()):
    """An .xls whose texts stand in a font; `sheets` are further (name, rows)."""
    book = xlwt.Workbook()
    style = xlwt.easyxf(f"font: name {font}")
    for name, lines in (("DS", rows), *sheets):
        sheet = book.add_sheet(name)
        for at, row in enumerate(lines):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value, style)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
