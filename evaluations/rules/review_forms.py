"""The written self-review: which form a member writes, its sections in order, and what still stands empty in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.lib.rulesets import Rules

LEADER, NON_LEADER, OUTSIDE_SYSTEM = "leader", "non_leader", "outside_system"
WHOLE = "whole"  # the one section of a form whose headings are not known
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, kw_only=True)
class ReviewFormRules(Rules):
    """The forms of one regulation: `form_*` list "part/section" codes in order, "?" marks what may stay empty."""

    form_title: str | None = None
    part_a: str | None = None
    part_b: str | None = None
    form_02: tuple[str, ...] | None = None
    form_02a: tuple[str, ...] | None = None
    form_02b: tuple[str, ...] | None = None
    form_02c: tuple[str, ...] | None = None
    leader_sections: tuple[str, ...] | None = None
    degree_sections: tuple[str, ...] | None = None
    result_sections: tuple[str, ...] | None = None
    heading_merits: str | None = None
    heading_conduct: str | None = None
    heading_duties: str | None = None
    heading_member_duties: str | None = None
    heading_commitment: str | None = None
    heading_leading: str | None = None
    heading_responsibility: str | None = None
    heading_example: str | None = None
    heading_faults: str | None = None
    heading_shortcomings: str | None = None
    heading_causes: str | None = None
    heading_remedy: str | None = None
    hint_remedy: str | None = None
    heading_answers: str | None = None
    heading_collective: str | None = None
    heading_directions: str | None = None
    heading_by_group: str | None = None
    heading_general: str | None = None
    heading_results: str | None = None
    heading_level: str | None = None
    own_levels: tuple[str, ...] | None = None
    particulars_02: tuple[str, ...] | None = None
    particulars_02a: tuple[str, ...] | None = None
    particulars_02b: tuple[str, ...] | None = None
    particulars_02c: tuple[str, ...] | None = None
    closing_blocks: tuple[str, ...] | None = None
    task_annex: bool | None = None
    outside_system_occupations: tuple[str, ...] | None = None
    file_title: str | None = None
    file_items: tuple[str, ...] | None = None

    def of_form(self, kind: str, form: str) -> tuple[str, ...]:
        """What the rule set lists for a form; empty where it knows nothing of it."""
        return getattr(self, f"{kind}_{form.lower()}", None) or ()

    def heading(self, code: str) -> str:
        return getattr(self, f"heading_{code}", None) or ""


@dataclass(frozen=True)
class Section:
    """One place where the writer says something; `number` is empty where the part itself is the section."""

    code: str
    number: str
    heading: str
    hint: str
    is_optional: bool
    has_degrees: bool
    is_default: bool


@dataclass(frozen=True)
class FormPart:
    """A part with its Roman number and its sections."""

    number: str
    heading: str
    sections: tuple[Section, ...]

    @property
    def is_section(self) -> bool:
        return len(self.sections) == 1 and not self.sections[0].number


@dataclass(frozen=True)
class Layout:
    """A form as it is written and printed; not `is_known` where the rule set does not know its headings."""

    form: str
    title: str
    is_known: bool
    is_default: bool
    parts: tuple[FormPart, ...]
    particulars: tuple[str, ...]
    closing: tuple[str, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)


def layout_of(rules: ReviewFormRules, form: str | None, *, is_leader: bool) -> Layout:
    """The form in the order of its rule set; items for leaders only are left out for the others."""
    listed = rules.of_form("form", form) if form else ()
    if not listed:
        whole = Section(WHOLE, "", "Nội dung bản kiểm điểm", "", False, False, True)
        only = FormPart("", whole.heading, (whole,))
        return Layout(form or "", rules.form_title or "", False, True, (only,), (), ())
    left_out = () if is_leader else (rules.leader_sections or ())
    grouped: dict[str, list[str]] = {}
    for entry in listed:
        part, _, code = entry.partition("/")
        if code.rstrip("?") not in left_out:
            grouped.setdefault(part, []).append(code)
    parts = tuple(_part(rules, roman(place), part, codes) for place, (part, codes) in enumerate(grouped.items()))
    return Layout(
        form=form or "",
        title=rules.form_title or "",
        is_known=True,
        is_default=rules.origin(f"form_{(form or '').lower()}") != "rule",
        parts=parts,
        particulars=rules.of_form("particulars", form or ""),
        closing=rules.closing_blocks or (),
    )


def roman(place: int) -> str:
    """The number of a part, counted from 0."""
    return ROMAN[place]


def _part(rules: ReviewFormRules, number: str, part: str, codes: list[str]) -> FormPart:
    heading = rules.heading(part.rstrip("?"))
    if codes == [""]:
        return FormPart(number, heading, (_section(rules, part, "", heading),))
    found = (_section(rules, code, str(n), rules.heading(code.rstrip("?"))) for n, code in enumerate(codes, start=1))
    return FormPart(number, heading, tuple(found))


def _section(rules: ReviewFormRules, entry: str, number: str, heading: str) -> Section:
    code = entry.rstrip("?")
    return Section(
        code=code,
        number=number,
        heading=heading,
        hint=getattr(rules, f"hint_{code}", None) or "",
        is_optional=entry.endswith("?"),
        has_degrees=code in (rules.degree_sections or ()),
        is_default=rules.origin(f"heading_{code}") != "rule",
    )


def empty_sections(layout: Layout, texts: Mapping[str, str], degrees: Mapping[str, str]) -> list[str]:
    """What must still be written, in words."""
    found = []
    for part in layout.parts:
        for section in part.sections:
            name = f"mục {part.number}{'.' if section.number else ''}{section.number}".strip()
            name = f"{name} “{section.heading}”" if section.heading else name
            if not section.is_optional and not texts.get(section.code):
                found.append(f"{name} chưa ghi")
            if section.has_degrees and not degrees.get(section.code):
                found.append(f"{name} chưa chọn mức độ")
    return found


@dataclass(frozen=True)
class ProposedGroup:
    """Whose form a member writes by what his record says, and why; a person may choose otherwise."""

    group: str
    explanation: str


def proposed_group(
    rules: ReviewFormRules, *, is_leader: bool, occupation: str, words: str, posts: str = ""
) -> ProposedGroup:
    """Leader as the cell confirmed or the record says; outside the political system by occupation (Phụ lục 5); others.

    `words` is the occupation as people write it, empty where the record does not know; `posts` are leading posts.
    """
    if is_leader:
        confirmed = "chi bộ đã xác nhận là lãnh đạo, quản lý ở trang xếp loại của đảng viên"
        return ProposedGroup(LEADER, f"chức vụ trong hồ sơ: {posts}" if posts else confirmed)
    if occupation in (rules.outside_system_occupations or ()):
        return ProposedGroup(OUTSIDE_SYSTEM, f"nghề nghiệp trong hồ sơ: {words}")
    if words:
        return ProposedGroup(NON_LEADER, f"nghề nghiệp trong hồ sơ: {words}")
    return ProposedGroup(NON_LEADER, "hồ sơ chưa ghi nghề nghiệp, người ghi chọn lại nếu cần")
