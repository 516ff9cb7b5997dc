"""The supplement slip: what stands today for its form, and the slip on paper with “K” for what did not change."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from config.lib.documents import place_and_date
from config.lib.workdays import add_months
from members.answers import answer_words
from members.enums import SENSITIVE_TOPICS, Topic
from members.forms.people import partial_date
from members.models import Particular, Supplement
from members.ports import sheet_tables
from members.reports.slips import DOTS, Ends, ends_of
from members.scales import Scales
from members.sheet import supplement as slips
from members.sheet.columns import place_words, row_words
from members.sheet.parts import PARTS
from members.sheet.reading import read_rows, rows_of

REWARDS, DISCIPLINE, RATING = "Khen thưởng, Huy hiệu Đảng", "Kỷ luật", "Xếp loại chất lượng hằng năm"
DECIDED = (REWARDS, DISCIPLINE, RATING)  # not answered by the member
REWARD_ITEMS = frozenset({"23", "24"})
REWARD_DAYS = ("awarded_on", "decided_on")


@dataclass(frozen=True)
class Standing:
    """What the record says on the day of a slip: answers by topic, rows by part, the residence in one line."""

    answers: dict
    rows: dict
    residence: str


@dataclass(frozen=True)
class SupplementPaper:
    """The slip: what stood, and what the member says now; blank answers are dotted."""

    ends: Ends
    name: str
    particulars: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    dated: str
    taken_over: bool


def standing(member, day, *, sensitive):
    """Read with one query; restricted rows are left out without the right."""
    parts = [part for part in PARTS.values() if sensitive or not part.sensitive]
    rows = read_rows(member, tuple(dict.fromkeys((*(part.model for part in parts), Particular))))
    answers = {row.topic: row for row in rows[Particular] if row.ended_on is None}
    if not sensitive:
        answers = {topic: row for topic, row in answers.items() if topic not in SENSITIVE_TOPICS}
    by_part = {part.code: [row for row in rows[part.model] if part.holds(row)] for part in parts}
    return Standing(answers, by_part, member.residence)


def supplements(member):
    """The slips that were taken over, the latest first."""
    return Supplement.objects.standing().filter(member=member).select_related("recorded_by", "member__home")


def shown_changes(supplement, *, sensitive):
    """(item, before, after) as the slip has them; restricted ones for those who may see them."""
    stored = supplement.changes | (supplement.restricted if sensitive else {})
    return [(item, before, after) for item in slips.ITEMS for before, after in stored.get(item, ())]


def supplement_paper(supplement, *, sensitive, sanctions):
    """A slip that was taken over (M30): what changed in words, every other item “K”."""
    member, on = supplement.member, supplement.declared_on
    changed = {}
    for item, _, after in shown_changes(supplement, sensitive=sensitive):
        changed.setdefault(item, []).append(after)
    rows = [(item, "", "; ".join(changed.get(item, [slips.UNCHANGED]))) for item in _items(supplement, sensitive)]
    rows += _from_record(supplement, sanctions)
    return _paper(member, _in_order(rows), place_and_date("", on), taken_over=True)


def supplement_form(member, day, *, sensitive):
    """The slip for the member to fill: last year's answers beside empty lines."""
    found = standing(member, day, sensitive=sensitive)
    rows = [(item, words, "") for item, words in _standing_words(found, sensitive)]
    rows += [(item, "", "") for item in DECIDED]
    return _paper(member, _in_order(rows), place_and_date("", None, year=day.year), taken_over=False)


def blank_supplement(day):
    """The slip without a person."""
    dated = place_and_date("", None, year=day.year)
    rows = _in_order((item, "", "") for item in (*slips.ITEMS, *DECIDED))
    return SupplementPaper(Ends(), DOTS, _particulars(None), rows, dated, False)


def _paper(member, rows, dated, *, taken_over):
    return SupplementPaper(ends_of(member.home), member.full_name, _particulars(member), rows, dated, taken_over)


def _in_order(rows):
    """Rewards and discipline stand about the titles, before family and household; the rating closes (△)."""
    after = {DISCIPLINE: slips.TITLE_ITEM, REWARDS: slips.LEVELS[-1].label}
    places = {item: place for place, item in enumerate(slips.ITEMS)} | {RATING: len(slips.ITEMS)}
    places |= {item: places[above] + 0.5 for item, above in after.items()}
    return tuple(sorted(rows, key=lambda row: places[row[0]]))


def _particulars(member):
    found = {
        "Họ và tên khai sinh": member.full_name.upper() if member else "",
        "Sinh ngày": str(partial_date(member, "born") or "") if member else "",
        "Số lý lịch": member.cv_number if member else "",
        "Ngày vào Đảng": str(partial_date(member, "admitted") or "") if member else "",
        "Ngày chính thức": str(partial_date(member, "official") or "") if member else "",
    }
    return tuple((label, value or DOTS) for label, value in found.items())


def _items(supplement, sensitive):
    closed = not (sensitive and supplement.with_restricted)
    return [item for item in slips.ITEMS if not (closed and item in slips.RESTRICTED_ITEMS)]


def _from_record(supplement, sanctions):
    """What came since the last slip and is not asked but decided: rewards, discipline, the rating."""
    member, on = supplement.member, supplement.declared_on
    first = _since(supplement)
    grades = member.grades.standing().filter(Q(year=on.year) | Q(year=on.year - 1)).order_by("-year")[:1]
    words = [f"năm {grade.year}: {Scales().words(grade.scale, grade.level, grade.reason_text)}" for grade in grades]
    yield REWARDS, "", "; ".join(_rewards(member, first, on)) or slips.UNCHANGED
    if sanctions:
        found = member.sanctions.standing().filter(decided_on__range=(first, on))
        decided = [f"{row.get_form_display()}, ngày {row.decided_on:%d/%m/%Y}" for row in found]
        decided += [f"hành chính: {words}" for words in _administrative(supplement, first)]
        yield DISCIPLINE, "", "; ".join(decided) or slips.UNCHANGED
    yield RATING, "", "; ".join(words) or slips.UNCHANGED


def _administrative(supplement, first):
    """Administrative discipline decided or changed since the slip before, and whatever this slip declared."""
    on, part = supplement.declared_on, PARTS["administrative-discipline"]
    declared = slips.paper_words(on)
    for row in rows_of(part, supplement.member):
        days = [day for day in (row.decided_on, row.changed_on) if day and first <= day <= on]
        if days or row.source == declared:
            yield row_words(part, row)


def _since(supplement):
    """The day after the slip before; of a first slip, a year back."""
    before = supplements(supplement.member).filter(declared_on__lt=supplement.declared_on)
    last = before.order_by("-declared_on").values_list("declared_on", flat=True).first()
    return last + timedelta(days=1) if last else add_months(supplement.declared_on, -12)


def _rewards(member, first, on):
    """Rewards and badges of the year, from the tables that are registered for their items."""
    tables = [table for table in sheet_tables() if table.number in REWARD_ITEMS]
    rows = read_rows(member, tuple(table.model for table in tables)) if tables else {}
    for table in tables:
        for row in rows[table.model]:
            day = next((getattr(row, name) for name in REWARD_DAYS if hasattr(row, name)), None)
            if day and first <= day <= on and (words := table.words(row)):
                yield words


def _standing_words(found, sensitive):
    for code in slips.PLACES:
        row = next(iter(found.rows[code]), None)
        residence = found.residence if code == "place-residence" else ""
        yield PARTS[code].title, place_words(row) if row else residence
    yield slips.OCCUPATION_ITEM, _answer(found, Topic.OCCUPATION)
    steps = [row for row in found.rows["career"] if row.ended_on is None]
    yield slips.JOB_ITEM, row_words(PARTS["career"], steps[-1]) if steps else ""
    for topic in slips.LEVELS:
        yield topic.label, _answer(found, topic)
    yield slips.TITLE_ITEM, "; ".join(row_words(PARTS["titles"], row) for row in found.rows["titles"])
    if sensitive:
        yield slips.FAMILY_ITEM, "; ".join(row_words(PARTS["family"], row) for row in found.rows["family"])
        rows = found.rows["household"][-1:]
        yield slips.HOUSEHOLD_ITEM, "; ".join(row_words(PARTS["household"], row) for row in rows)


def _answer(found, topic):
    row = found.answers.get(topic)
    return answer_words(topic, row.value, row.text) if row else ""
