"""Whether words show a mark of secrecy: a paper that bears one is never kept, only pointed at (section 15)."""

import re

from config.lib.vietnamese import repair

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]")
# What makes "mật" part of an ordinary word: a secret, security, intimate; a password, a code, density, honey …
_BEFORE = {"bí", "bảo", "cơ", "thân", "tuần", "ngọt"}
_AFTER = {"khẩu", "mã", "vụ", "thiết", "ong", "độ", "phi", "thám", "báo", "lệnh", "nghị", "đàm", "mía", "gấu"}
_GRADED = {("tối",), ("tuyệt",), ("độ",), ("dấu",), ("đóng",), ("tài", "liệu"), ("văn", "bản"), ("công", "văn")}
_TITLES = {"chí", "ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu", "tên"}


def shows_mark(text: str) -> bool:
    """Whether a text names a grade of secrecy as a paper bears it: Mật, Tối mật, Tuyệt mật."""
    tokens = _TOKENS.findall(repair(text))
    return any(token.casefold() == "mật" and _is_mark(tokens, place) for place, token in enumerate(tokens))


def _is_mark(tokens: list[str], place: int) -> bool:
    word = tokens[place]
    earlier = [each.casefold() for each in tokens[:place]]
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if (earlier and earlier[-1] in _BEFORE) or after.casefold() in _AFTER:
        return False
    if any(tuple(earlier[-len(words) :]) == words for words in _GRADED):
        return True
    if word == "Mật":
        return _stands_as_mark(tokens[place - 1] if place else "", after)
    return word.isupper()


def _stands_as_mark(before: str, after: str) -> bool:
    """ "Báo cáo Mật số 12", "(Mật)": not the beginning of a sentence, not somebody's name."""
    if not before.isalpha():
        return not after.isalpha()
    return before[0].islower() and before.casefold() not in _TITLES
