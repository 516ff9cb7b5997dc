"""The member's sheet by its items (mẫu 2-HSĐV), as far as the record holds them, and the head of the page."""

from dataclasses import dataclass

from django.urls import reverse

from members.answers import answer_words
from members.catalogues import printed
from members.enums import SENSITIVE_TOPICS, MembershipKind, Topic
from members.forms.people import partial_date
from members.models.member import mask


@dataclass(frozen=True)
class Item:
    """One item of the sheet: its number, what it asks, what the record says, where it is changed."""

    number: str
    label: str
    value: str
    url: str = ""


def head(member, day, revealed=False):
    """(term, value) of the identity card at the top of a member's page."""
    show = str if revealed else mask
    posts = ", ".join(str(post) for post in member.known_posts if post.voided_at is None and post.holds_on(day))
    return [
        ("Sinh", _written(member, "born")),
        ("Giới tính", member.get_sex_display()),
        ("Ngày vào Đảng", _written(member, "admitted")),
        ("Ngày chính thức", _written(member, "official")),
        ("Số thẻ đảng viên", show(member.current_card)),
        ("Số định danh cá nhân", show(member.personal_id)),
        *(_former_numbers(member) if revealed else ()),
        *([("Chức vụ", posts)] if posts else ()),
    ]


def _former_numbers(member):
    """Numbers that are no longer in use, shown only when all are."""
    former = (("Số thẻ theo Quyết định 85", member.former_card_number), ("Số CMND cũ", member.former_personal_id))
    return [(label, number) for label, number in former if number and number != member.current_card]


def sheet(member, day, sight):
    """Items of the sheet in its order; items that need another right are left out."""
    answers = {row.topic: row for row in member.particulars.on(day)}
    return [
        *_person(member),
        *_topics(member, answers, sight, ("09", Topic.RELIGION), ("11", Topic.OCCUPATION)),
        *_party(member),
        *_topics(
            member, answers, sight,
            ("14", Topic.YOUTH_UNION), ("17", Topic.GENERAL_EDUCATION), ("17", Topic.DEGREE),
            ("17", Topic.ACADEMIC_TITLE), ("17", Topic.THEORY),
        ),
        Item("19", "Số định danh cá nhân", mask(member.personal_id)),
        Item("19", "Số CMND cũ", mask(member.former_personal_id)),
        *_standing(member, day, sight),
        *_topics(
            member, answers, sight,
            ("", Topic.ENTERPRISE_OWNER), ("", Topic.FOREIGN_MARRIAGE), ("", Topic.POPULATION_POLICY),
        ),
        Item("", "Số thẻ đảng viên", mask(member.card_number)),
        Item("", "Số thẻ theo Quyết định 85", mask(member.former_card_number)),
        Item("", "Số lý lịch", member.cv_number),
        Item("", "Ghi chú", member.notes),
    ]  # fmt: skip


def _person(member):
    return [
        Item("01", "Họ và tên khai sinh", member.full_name.upper()),
        Item("02", "Giới tính", member.get_sex_display()),
        Item("03", "Tên gọi khác", member.alias),
        Item("04", "Ngày sinh", _written(member, "born")),
        Item("05", "Nơi đăng ký khai sinh", member.birth_place),
        Item("06", "Quê quán", member.home_place),
        Item("07", "Nơi thường trú", member.residence),
        Item("08", "Dân tộc", printed("ethnic", member.ethnic)),
    ]


def _party(member):
    first = member.memberships.standing().filter(kind=MembershipKind.OFFICIAL).select_related("organisation")
    place = next((row.organisation.name for row in first if row.started_on == member.admitted_on), "")
    return [
        Item("12", "Ngày quyết định kết nạp", _written(member, "decided")),
        Item("12", "Ngày vào Đảng", " tại ".join(part for part in (_written(member, "admitted"), place) if part)),
        Item("12", "Ngày chính thức", _written(member, "official")),
    ]


def _topics(member, answers, sight, *wanted):
    for number, topic in wanted:
        if topic in SENSITIVE_TOPICS and not sight.sensitive:
            continue
        row = answers.get(topic)
        words = answer_words(topic, row.value, row.text) if row else ""
        url = reverse("members:change_particular", args=[member.pk, topic.value]) if sight.edits else ""
        yield Item(number, topic.label, words, url)


def _standing(member, day, sight):
    """Exemptions and the like with their dates; sanctions by form and date, for those who may see them."""
    for row in member.overlays.standing().order_by("started_on"):
        yield Item("20", row.get_kind_display(), f"từ {row.started_on:%d/%m/%Y}{_paper(row)}")
    for row in member.sanctions.standing() if sight.sanctions else ():
        yield Item("26", "Kỷ luật của Đảng", f"{row.get_form_display()}, ngày {row.decided_on:%d/%m/%Y}")


def _paper(row):
    return f", {row.decision}" if row.decision else ""


def _written(member, name):
    return str(partial_date(member, name) or "")
