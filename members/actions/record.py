"""The record: a person put on the roll, the record corrected, a masked number shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cells.audit import record
from cells.models import Organisation
from config.lib.periods import Precision
from config.lib.vietnamese import fold
from members.bodies import refuse_outside_life
from members.card_rows import card_columns, let_cards_follow
from members.catalogues import printed
from members.enums import Sex
from members.models import Member, Membership, Particular
from members.models.member import MASKED, mask
from members.quality.again import look_again

NUMBERS = ("personal_id", "card_number", "former_card_number")
WORDS = {"sex": lambda value: Sex(value).label, "ethnic": lambda value: printed("ethnic", value)}
BIRTH_DOCUMENT_TYPE = 75  # khai sinh gốc, kết luận đính chính (1361-CV/BTCTW)
OTHER_NAME = (
    "Họ tên này khác với tên đang lưu. Đổi họ tên chỉ theo quyết định, tên nhập sai sửa theo hồ sơ gốc "
    "(06-HD/TW, mục 9.1): dùng trang “Đổi họ tên”. Ở đây chỉ sửa dấu và chữ hoa."
)
RECORD_GONE = "Hồ sơ của một đồng chí vừa được gộp vào hồ sơ khác hoặc rút lại. Hãy tải lại trang rồi làm tiếp."
TAKEN = "Bản ghi này vừa được lưu ở nơi khác. Hãy mở lại danh sách để xem."


@dataclass(frozen=True)
class MemberEntry:
    """What papers say about a person: columns of `Member`, (value, words) by topic, the paper that brings him in."""

    columns: Mapping[str, Any]
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    decision: str = ""


@dataclass(frozen=True)
class BirthEvidence:
    """What a birth date is corrected on: the paper of type 75, and the written consent of the competent committee."""

    paper: str
    consent: str
    consented_on: date
    reason: str


class NumberKnown(Exception):
    """Numbers that other people hold already; `holders` is the member by column."""

    def __init__(self, holders):
        super().__init__(", ".join(holders))
        self.holders = holders


class Stale(Exception):
    """Somebody changed the record meanwhile; `member` is the record as it stands."""

    def __init__(self, member):
        super().__init__(f"revision {member.revision}")
        self.member = member


@transaction.atomic
def enrol_member(entry, *, organisation, on, reason, by):
    """Put a person on the roll of a cell from `on`: record, membership, first answers. A known number is refused."""
    if not (organisation.is_cell and organisation.is_open):
        raise ValidationError(f"{organisation} không nhận đảng viên sinh hoạt trực tiếp. Hãy chọn một chi bộ.")
    refuse_outside_life(organisation, on)
    _refuse_known_numbers(entry.columns)
    member = Member(**entry.columns, home=organisation, recorded_by=by)
    member.validate_constraints(exclude=NUMBERS)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(TAKEN) from None
    Membership.objects.create(
        member=member, organisation=organisation, started_on=on, start_reason=reason, decision=entry.decision,
        recorded_by=by,
    )  # fmt: skip
    Particular.objects.bulk_create(
        Particular(member=member, topic=topic, value=value, text=text, started_on=on, recorded_by=by)
        for topic, (value, text) in entry.answers.items()
    )
    record("members.enrol_member", member, by=by, data={"organisation": organisation.name, "on": f"{on:%d/%m/%Y}"})
    return member


@transaction.atomic
def correct_member(member, columns, *, revision, reason, consent="", by):
    """Write corrected columns over the revision that the person saw; before and after go to the log.

    `consent` is the paper by which the competent committee lets the file itself be corrected (06-HD/TW, 8.2a).

    The cards follow the columns that repeat the one in use.
    """
    locked = _locked(member, revision)
    changed = {name: value for name, value in columns.items() if getattr(locked, name) != value}
    if not changed:
        raise ValidationError("Không có gì thay đổi so với thông tin đang lưu.")
    if fold(changed.get("full_name", locked.full_name)) != fold(locked.full_name):
        raise ValidationError({"full_name": OTHER_NAME})
    _refuse_known_numbers(changed, holder=locked)
    changes = _changes(locked, changed)
    data = {"fields": ", ".join(changes), "reason": reason, "changes": changes, "former": _former(locked, changed)}
    data |= {"consent": consent} if consent else {}
    cards = card_columns(locked)
    _write(locked, changed)
    if card_columns(locked) != cards:
        let_cards_follow(locked, cards, reason=f"sửa thông tin thẻ trong hồ sơ: {reason}", by=by)
    record("members.correct_member", locked, by=by, data=data)
    return locked


@transaction.atomic
def correct_birth_date(member, born, *, evidence, revision, by):
    """Set the birth date to that of the original file; it is locked otherwise (06-HD/TW, 9.2; consent: 8.2a)."""
    locked = _locked(member, revision)
    columns = {"born_on": born.day, "born_precision": born.precision}
    if (locked.born_on, locked.born_precision) == (born.day, born.precision):
        raise ValidationError("Ngày sinh đang lưu đã là ngày này.")
    data = {
        "reason": evidence.reason,
        "paper": evidence.paper,
        "document_type": BIRTH_DOCUMENT_TYPE,
        "consent": f"văn bản đồng ý số {evidence.consent}, ngày {evidence.consented_on:%d/%m/%Y}",
        "changes": _changes(locked, columns),
    }
    _write(locked, columns)
    record("members.correct_birth_date", locked, by=by, data=data)
    return locked


@transaction.atomic
def reveal_number(member, *, by):
    """Note in the log that a person looked at the whole numbers of a member."""
    shown = [Member._meta.get_field(name).verbose_name for name in MASKED if getattr(member, name)]
    return record("members.reveal_number", member, by=by, data={"numbers": ", ".join(shown)})


@transaction.atomic
def report_clash(holder, *, number, organisation, by):
    """Tell the body above both cells that a number of `holder` was entered for somebody in `organisation`."""
    label = Member._meta.get_field(number).verbose_name
    data = {"number": label, "asked_in": organisation.name, "held_in": holder.home.name}
    return record("members.report_clash", holder, by=by, organisation=_body_above(holder.home, organisation), data=data)


def _body_above(one, other):
    """The lowest organisation above both; where they share none, the root of the first."""
    shared = [a for a, b in zip(one.ancestor_ids()[:-1], other.ancestor_ids()[:-1], strict=False) if a == b]
    return Organisation.objects.get(pk=shared[-1] if shared else one.ancestor_ids()[0])


def _locked(member, revision):
    locked = Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)
    if locked.revision != revision:
        raise Stale(locked)
    return locked


def _write(locked, columns):
    for name, value in columns.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.validate_constraints(exclude=NUMBERS)
    try:
        with transaction.atomic():
            locked.save(update_fields=[*columns, "revision"])
    except IntegrityError:
        raise ValidationError(TAKEN) from None
    look_again(locked)


def _refuse_known_numbers(columns, holder=None):
    numbers = {name: columns[name] for name in NUMBERS if columns.get(name)}
    others = Member.objects.on_known_number(**numbers).select_related("home")
    if holder:
        others = others.exclude(pk=holder.pk)
    found = {name: other for other in others for name, value in numbers.items() if getattr(other, name) == value}
    if found:
        raise NumberKnown(found)


def _changes(locked, columns):
    """Label → [before, after] as the log shows it; numbers are masked there."""
    names = [name for name in columns if not name.endswith("_precision")]
    return {
        str(Member._meta.get_field(name).verbose_name): [
            _shown(name, getattr(locked, name)),
            _shown(name, columns[name]),
        ]
        for name in names
        if getattr(locked, name) != columns[name]
    } or {"độ chính xác của ngày": [_precisions(vars(locked), columns), _precisions(columns, columns)]}


def _shown(name, value):
    if name in MASKED:
        return mask(value)
    if name in WORDS:
        return WORDS[name](value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def _precisions(values, columns):
    return ", ".join(Precision(values[name]).label for name in columns if name.endswith("_precision"))


def _former(locked, columns):
    """Whole numbers that a correction replaces: kept, and shown to nobody by the log."""
    return {name: getattr(locked, name) for name in MASKED if name in columns and getattr(locked, name)}
