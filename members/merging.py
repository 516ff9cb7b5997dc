"""Two records of one person: what differs between them, what stands against merging, what gives way. Reads only."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from members.answers import answer_words
from members.catalogues import printed
from members.enums import SENSITIVE_TOPICS, MembershipKind, Sex, Topic
from members.models import (
    AnnualGrade,
    Ending,
    Finding,
    Member,
    Membership,
    Merge,
    Overlay,
    Particular,
    PartyCard,
    Post,
    Sanction,
)
from members.models.member import mask
from members.one_only import is_alike, only_ones
from members.ports import merge_ports
from members.quality.checks import written
from members.sheet.parts import PARTS

SURVIVOR, MERGED = "survivor", "merged"
STAYS = "stays"
RESTRICTED = "restricted"  # one choice for all sensitive answers, of somebody who may not see them
FIELDS = {
    "full_name": ("full_name",),
    "former_names": ("former_names",), "alias": ("alias",), "sex": ("sex",), "born": ("born_on", "born_precision"),
    "ethnic": ("ethnic",), "birth_place": ("birth_place",), "home_place": ("home_place",),
    "residence": ("residence",), "personal_id": ("personal_id",), "former_personal_id": ("former_personal_id",),
    "card": ("card_number", "card_issued_on", "card_issued_by"), "former_card": ("former_card_number",),
    "cv_number": ("cv_number",), "decided": ("decided_on", "decided_precision"),
    "admitted": ("admitted_on", "admitted_precision"), "official": ("official_on", "official_precision"),
    "source_id": ("source_id",), "notes": ("notes",),
}  # fmt: skip
_NUMBERS = ("personal_id", "former_personal_id", "card", "former_card")
_NOT_MOVED = (Finding, Merge)  # what the rules said of a record goes with it; a merge is about two records
PERIODS = {Overlay: ("kind",), Post: ("title", "organisation_id")}


@dataclass(frozen=True)
class Choice:
    """One thing of which only one value can stand: `default` names the record whose value stands unless chosen."""

    name: str
    label: str
    survivor: str
    merged: str
    default: str = SURVIVOR


class Both:
    """Two records with their standing facts, every table read once for both."""

    def __init__(self, survivor, merged):
        self.survivor, self.merged = survivor, merged
        self._read = {}

    def of(self, model, *along):
        """(rows of the survivor, rows of the merged record) that stand, in the order of their begin."""
        if model not in self._read:
            rows = model.objects.standing().filter(member__in=[self.survivor.pk, self.merged.pk])
            rows = list(rows.select_related(*along).order_by("pk"))
            mine = [row for row in rows if row.member_id == self.survivor.pk]
            self._read[model] = mine, [row for row in rows if row.member_id == self.merged.pk]
        return self._read[model]

    def stays(self, kind):
        """Memberships of a kind of each of the two, in the order of their begin."""
        found = self.of(Membership, "organisation")
        one, other = ([row for row in rows if row.kind == kind] for rows in found)
        return sorted(one, key=_begin), sorted(other, key=_begin)

    def answers(self, topic):
        """Answers to a topic of each of the two, in the order of their begin."""
        one, other = ([row for row in rows if row.topic == topic] for rows in self.of(Particular))
        return sorted(one, key=_begin), sorted(other, key=_begin)

    def grades(self):
        """(grade of the survivor, grade of the merged record) of every year for which both have one."""
        mine, theirs = self.of(AnnualGrade)
        own = {grade.year: grade for grade in mine}
        return [(own[grade.year], grade) for grade in sorted(theirs, key=lambda row: row.year) if grade.year in own]

    @cached_property
    def only_ones(self):
        """Rows of both of which only one can stand, and who of the two has a move under way."""
        models = [each.model for each in own_relations() if each.name == "member"]
        return only_ones(self.survivor, self.merged, models)

    def clashing(self, model, same):
        """(row of the survivor, row of the merged record) of one kind that hold on one day."""
        mine, theirs = self.of(model, *(["organisation"] if model is Post else []))
        for other in theirs:
            for one in mine:
                if all(getattr(one, name) == getattr(other, name) for name in same) and _overlap(one, other):
                    yield one, other


def _begin(row):
    return row.started_on, row.pk


@dataclass
class MergePlan:
    """What merging two records asks: things that differ, things that one of them lacks, things alike, refusals."""

    survivor: Member
    merged: Member
    choices: list[Choice] = field(default_factory=list)
    filled: list[Choice] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def merge_plan(survivor, merged, *, sensitive):
    """The plan of merging `merged` into `survivor`; without `sensitive` nothing of restricted answers is told."""
    both = Both(survivor, merged)
    plan = MergePlan(survivor, merged, refusals=refusals(both))
    for name, columns in FIELDS.items():
        _sort_in(plan, name, columns)
    plan.choices += [*_stays(both), *_answers(both, sensitive=sensitive), *_grades(both)]
    asked = [pair for pair in both.only_ones.pairs if pair.stands is None and (sensitive or not is_restricted(pair))]
    plan.choices += [Choice(pair.name, pair.label, *pair.words) for pair in asked]
    return plan


def _sort_in(plan, name, columns):
    one, other = (field_words(record, name, columns) for record in (plan.survivor, plan.merged))
    label = Member._meta.get_field(columns[0]).verbose_name
    label = f"{label[:1].upper()}{label[1:]}"
    same = all(getattr(plan.survivor, each) == getattr(plan.merged, each) for each in columns)
    is_unknown = name == "sex" and Sex.UNKNOWN in (plan.survivor.sex, plan.merged.sex)
    if same and one:
        plan.alike.append((label, one))
    elif not same and one and other and not is_unknown:
        plan.choices.append(Choice(name, label, one, other))
    elif not same:
        plan.filled.append(Choice(name, label, one, other, default_of(plan.survivor, name, columns)))


def default_of(survivor, name, columns):
    """Whose value stands where nobody chose: that of the survivor, if he has one."""
    value = getattr(survivor, columns[0])
    return SURVIVOR if value and not (name == "sex" and value == Sex.UNKNOWN) else MERGED


def field_words(member, name, columns):
    """The value as the page shows it, numbers masked."""
    value = getattr(member, columns[0])
    if not value:
        return ""
    if name == "card" and member.card_issued_on:
        return f"{mask(value)}, cấp ngày {member.card_issued_on:%d/%m/%Y}"
    if name in _NUMBERS:
        return mask(value)
    if len(columns) == 2:
        return written((value, getattr(member, columns[1])))
    return {"sex": lambda: Sex(value).label, "ethnic": lambda: printed("ethnic", value)}.get(name, lambda: value)()


# --- facts of which only one can stand


def _stays(both):
    one, other = both.stays(MembershipKind.OFFICIAL)
    if any(_overlap(here, there) for here in one for there in other):
        label = "Nơi sinh hoạt trong những ngày cả hai hồ sơ cùng ghi"
        yield Choice(STAYS, label, _stay_words(one), _stay_words(other))


def _stay_words(stays):
    return "; ".join(f"{stay.organisation} {period_words(stay)}" for stay in stays)


def period_words(row):
    """From when until when a row holds."""
    return f"từ {row.started_on:%d/%m/%Y}" + (f" đến hết {row.last_day:%d/%m/%Y}" if row.ended_on else "")


def _overlap(one, other):
    return (one.ended_on is None or one.ended_on > other.started_on) and (
        other.ended_on is None or other.ended_on > one.started_on
    )


def _answers(both, *, sensitive):
    if not sensitive:  # always asked: whether both have an answer, and another one, is told neither
        label = "Tôn giáo, sức khỏe, gia đình và các mục khác được che, nếu hai hồ sơ ghi khác nhau"
        yield Choice(RESTRICTED, label, "giữ của hồ sơ này", "giữ của hồ sơ kia")
    for topic in Topic:
        here, there = both.answers(topic)
        is_told = sensitive or topic not in SENSITIVE_TOPICS
        if not is_told or not any(_overlap(one, other) for one in here for other in there):
            continue
        one, other = here[-1], there[-1]
        if (one.value, one.text) != (other.value, other.text):
            words = [answer_words(topic, each.value, each.text) for each in (one, other)]
            yield Choice(f"topic_{topic}", topic.label, *words)


def _grades(both):
    for mine, theirs in both.grades():
        if (mine.scale, mine.level) != (theirs.scale, theirs.level):
            words = [each.level or each.reason_text or "chưa xếp loại" for each in (mine, theirs)]
            yield Choice(f"grade_{mine.year}", f"Kết quả xếp loại năm {mine.year}", *words)


# --- what stands against it


def refusals(both):
    """Sentences why the two cannot be merged now."""
    found = [*_own_refusals(both)]
    return found + [words for port in merge_ports() for words in port.refusals(both.survivor, both.merged)]


def _own_refusals(both):
    if both.survivor.user_id and both.merged.user_id:
        yield "Cả hai hồ sơ đều gắn với một tài khoản. Hãy gỡ tài khoản của một hồ sơ trước."
    for member in both.only_ones.moving:
        yield f"{member} ({member.home}) đang có lần chuyển sinh hoạt chưa xong. Hãy làm xong hoặc rút lần đó trước."
    for model, same in PERIODS.items():
        for one, other in both.clashing(model, same):
            if not is_alike(one, other):
                yield (
                    f"Cả hai hồ sơ đều ghi “{one}” chồng ngày nhau: {period_words(one)}; {period_words(other)}. "
                    "Hãy sửa hoặc hủy một mục trước."
                )


# --- which of two rows gives way


def giving_way(both, picks):
    """Standing rows that are voided because the other record's stand on the same days: facts, never erased."""
    yield from _stays_giving_way(both, picks.get(STAYS, SURVIVOR))
    for topic in Topic:
        unseen = picks.get(RESTRICTED, SURVIVOR) if topic in SENSITIVE_TOPICS else SURVIVOR
        yield from _losing(*both.answers(topic), picks.get(f"topic_{topic}", unseen))
    for model, same in PERIODS.items():
        yield from (other for _, other in both.clashing(model, same))
    for mine, theirs in both.grades():
        yield theirs if picks.get(f"grade_{mine.year}", SURVIVOR) == SURVIVOR else mine
    yield from _pairs_giving_way(both, picks)
    yield from _cards_giving_way(both, picks)
    mine, theirs = both.of(Sanction)
    yield from (row for row in theirs if any(is_alike(each, row) for each in mine))


def _losing(here, there, pick):
    stand, give_way = (here, there) if pick == SURVIVOR else (there, here)
    return [row for row in give_way if any(_overlap(row, other) for other in stand)]


def is_restricted(pair):
    """Whether the two rows stand in a part of the sheet that few may see."""
    return any(part.sensitive and isinstance(pair.survivor, part.model) for part in PARTS.values())


def _pairs_giving_way(both, picks):
    for pair in both.only_ones.pairs:
        unseen = picks.get(RESTRICTED, SURVIVOR) if is_restricted(pair) else SURVIVOR
        chosen = pair.survivor if picks.get(pair.name, unseen) == SURVIVOR else pair.merged
        stands = chosen if pair.stands is None else pair.stands
        yield pair.merged if stands is pair.survivor else pair.survivor


def _cards_giving_way(both, picks):
    """Of the cards in use that one stands whose number will be in use, of the record whose number was chosen."""
    mine, theirs = ([row for row in rows if row.number and row.ended_on is None] for rows in both.of(PartyCard))
    pick, number = _number_in_use(both, picks)
    rows = [*mine, *theirs] if pick == SURVIVOR else [*theirs, *mine]
    stands = next((row for row in rows if row.number == number or not number), None)
    yield from (row for row in rows if row is not stands)


def _number_in_use(both, picks):
    """(whose it is, card number) of the one record: that of the present form where there is one."""
    for name in ("card", "former_card"):
        pick = picks.get(name, default_of(both.survivor, name, FIELDS[name]))
        number = getattr(both.survivor if pick == SURVIVOR else both.merged, FIELDS[name][0])
        if number:
            return pick, number
    return SURVIVOR, ""


def _stays_giving_way(both, pick):
    lost = _losing(*both.stays(MembershipKind.OFFICIAL), pick)
    yield from lost
    yield from Ending.objects.standing().filter(membership__in=lost)
    mine, theirs = both.stays(MembershipKind.TEMPORARY)
    yield from (row for row in theirs if any(is_alike(each, row) for each in mine))


# --- every table that points at a member


@dataclass(frozen=True)
class Relation:
    """A foreign key to a member."""

    model: Any
    name: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


def relations():
    """Every foreign key to a member that merging moves: those of this app here, those of the apps above by ports."""
    fields = Member._meta.get_fields(include_hidden=True)
    found = [Relation(each.related_model, each.field.name) for each in fields
             if (each.one_to_many or each.one_to_one) and each.auto_created]  # fmt: skip
    return [each for each in found if each.model not in _NOT_MOVED]


def own_relations():
    """Those of this app, the memberships first: what hangs on them follows."""
    own = [each for each in relations() if each.model._meta.app_label == "members"]
    return sorted(own, key=lambda each: (each.model is not Membership, each.key))
