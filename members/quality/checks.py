"""What one record says against itself: pure checks of a person as the record has him on a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from config.lib.periods import Precision
from config.lib.vietnamese import capitalise_name, fold, looks_legacy, repair
from config.lib.workdays import add_months
from members.enums import Sex
from members.importing.rules import FileCheckRules, probation_overdue, too_young
from members.rules.numbers import has_form, told_by_id

TEXTS = {
    "full_name": "họ tên",
    "alias": "tên gọi khác",
    "birth_place": "nơi đăng ký khai sinh",
    "home_place": "quê quán",
    "residence": "nơi thường trú",
    "card_issued_by": "nơi cấp thẻ",
    "notes": "ghi chú",
}
PLACES = ("birth_place", "home_place", "residence")
NUMBERS = {
    "personal_id": "số định danh cá nhân",
    "former_personal_id": "số CMND cũ",
    "card_number": "số thẻ",
    "former_card_number": "số thẻ theo Quyết định 85",
    "cv_number": "số lý lịch",
}
DATES = {
    "born": "ngày sinh",
    "decided": "ngày quyết định kết nạp",
    "admitted": "ngày vào Đảng",
    "official": "ngày chính thức",
}
_LENGTHS = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}


@dataclass(frozen=True)
class Person:
    """One record with what the rules ask of it; `dates` are (first day, precision) of what is known.

    Of who was admitted again the record keeps the first ceremony; `readmitted_on` is the new one.
    """

    full_name: str
    sex: str = Sex.UNKNOWN
    ethnic: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    dates: dict[str, tuple[date, str]] = field(default_factory=dict)
    has_membership: bool = True
    is_on_roll: bool = True
    has_religion: bool = True
    has_occupation: bool = True
    readmitted_on: date | None = None


@dataclass(frozen=True)
class FormerPlaces:
    """Names of units that the tree has under another name or not at all today, and those that it has."""

    former: re.Pattern | None = None
    current: re.Pattern | None = None
    names: dict[str, str] = field(default_factory=dict)  # by folded name, as they were written

    def named_in(self, text: str) -> str:
        """The former name that a place is written with and no present one beside it; empty if none."""
        found = self.former.search(fold(text)) if self.former and text else None
        if found is None or (self.current and self.current.search(fold(text))):
            return ""
        return self.names[found.group()]


@dataclass(frozen=True)
class Ground:
    """What the checks stand on: the limits of dates, the day, the names of places."""

    rules: FileCheckRules
    on: date
    places: FormerPlaces = FormerPlaces()


@dataclass(frozen=True)
class Flaw:
    """One thing found: the code of its rule, and what exactly."""

    rule: str
    detail: str = ""


def flaws(person: Person, ground: Ground) -> Iterator[Flaw]:
    """Everything that the rules find in one record, one flaw a rule."""
    if not person.has_membership:
        yield Flaw("no_membership")
    if not person.is_on_roll:
        return
    yield from _missing(person)
    yield from _dates(person.dates, ground)
    yield from _probation(person, ground)
    yield from _numbers(person)
    yield from _texts(person, ground)


# --- missing


def _missing(person):
    identity = {
        "giới tính": person.sex != Sex.UNKNOWN,
        "ngày sinh": "born" in person.dates,
        "dân tộc": person.ethnic,
        "số định danh cá nhân": person.numbers.get("personal_id"),
    }
    is_official = "official" in person.dates
    party = {
        "ngày vào Đảng": "admitted" in person.dates,
        "số thẻ 12 số": person.numbers.get("card_number") or not is_official,  # a probationary member has none yet
    }
    places = {TEXTS[name]: person.texts.get(name) for name in PLACES}
    for rule, asked in (("missing_identity", identity), ("missing_party", party), ("missing_places", places)):
        if lacking := [words for words, is_there in asked.items() if not is_there]:
            yield Flaw(rule, f"thiếu {', '.join(lacking)}")
    if "decided" not in person.dates:
        yield Flaw("missing_decision")
    if not person.has_religion:
        yield Flaw("missing_religion")
    if not person.has_occupation:
        yield Flaw("unknown_occupation")


# --- dates


def _dates(dates, ground):
    if later := [f"{DATES[name]} {written(dates[name])}" for name in DATES if name in dates
                 and dates[name][0] > ground.on]:  # fmt: skip
        yield Flaw("date_in_future", "; ".join(later))
    if wrong := list(_wrong_order(dates)):
        yield Flaw("dates_out_of_order", "; ".join(wrong))
    yield from _ages(dates, ground)


def _probation(person, ground):
    """Who is on probation for too long: since the first ceremony, or since the last one."""
    again, admitted = person.readmitted_on, person.dates.get("admitted")
    begun = again or (admitted and admitted[0])
    if begun and "official" not in person.dates and probation_overdue(ground.rules, begun, ground.on):
        words = f"kết nạp lại {again:%d/%m/%Y}" if again else f"vào Đảng {written(admitted)}"
        yield Flaw("probation_too_long", f"{words}, chưa ghi ngày chính thức")


def _wrong_order(dates):
    known = [name for name in DATES if name in dates]
    for earlier, later in pairwise(known):
        if is_after(dates[earlier], dates[later]):
            yield f"{DATES[earlier]} {written(dates[earlier])} sau {DATES[later]} {written(dates[later])}"


def is_after(one: tuple[date, str], other: tuple[date, str]) -> bool:
    """Whether a partial date is later than another for certain: only what is known of both is compared."""
    length = min(_LENGTHS[Precision(one[1])], _LENGTHS[Precision(other[1])])
    first, second = one[0].timetuple()[:length], other[0].timetuple()[:length]
    return first > second


def _ages(dates, ground):
    """Who was too young when he was admitted, for dates known to the day."""
    born, admitted = dates.get("born"), dates.get("admitted")
    if not born or not admitted or admitted[1] != Precision.DAY:
        return
    if born[0] < admitted[0] and too_young(ground.rules, born[0], admitted[0]):
        age = next(years for years in range(200) if add_months(born[0], 12 * (years + 1)) > admitted[0])
        yield Flaw("under_age_at_admission", f"sinh {written(born)}, vào Đảng {written(admitted)}: {age} tuổi")


def written(partial: tuple[date, str]) -> str:
    """A partial date as people write it."""
    day, precision = partial
    return {Precision.YEAR: f"{day:%Y}", Precision.MONTH: f"{day:%m/%Y}"}.get(Precision(precision), f"{day:%d/%m/%Y}")


# --- numbers


def _numbers(person):
    numbers = {name: number for name, number in person.numbers.items() if number}
    if wrong := [NUMBERS[name] for name, number in numbers.items() if not has_form(name, number)]:
        yield Flaw("number_form", ", ".join(wrong))
    yield from _told_by_id(person, numbers.get("personal_id", ""))
    card, own = numbers.get("card_number"), numbers.get("personal_id")
    if card and own and card != own:
        yield Flaw("card_not_id", f"thẻ …{card[-4:]}, số định danh …{own[-4:]}")


def _told_by_id(person, number):
    told = told_by_id(number)
    if told is None:
        return
    sex, year = told
    born = person.dates.get("born")
    if born and born[0].year != year:
        yield Flaw("id_birth_year", f"số định danh: {year}; đã ghi: {born[0].year}")
    if person.sex != Sex.UNKNOWN and person.sex != sex:
        yield Flaw("id_sex", f"số định danh: {sex.label}; đã ghi: {Sex(person.sex).label}")


# --- text


def _texts(person, ground):
    texts = {name: text for name, text in person.texts.items() if text}
    if legacy := [TEXTS[name] for name, text in texts.items() if looks_legacy(text)]:
        yield Flaw("legacy_text", ", ".join(legacy))
    elif untidy := [TEXTS[name] for name in tidied(person, "text")]:
        yield Flaw("text_form", ", ".join(untidy))
    if not legacy and tidied(person, "name"):
        yield Flaw("name_form")
    former = {TEXTS[name]: ground.places.named_in(texts.get(name, "")) for name in PLACES}
    if named := [f"{words}: {name}" for words, name in former.items() if name]:
        yield Flaw("former_place", "; ".join(named))


def tidied(person: Person, fix: str) -> dict[str, str]:
    """New values by column of what can be mended without a paper: only the way of writing changes."""
    if fix == "text":
        return {name: tidy for name, text in person.texts.items() if text and (tidy := repair(text)) != text}
    if fix == "name":
        name = repair(person.full_name)
        return {"full_name": better} if _is_one_case(name) and (better := capitalise_name(name)) != name else {}
    return {}


def _is_one_case(name):
    return len(name) > 1 and (name.isupper() or name.islower())
