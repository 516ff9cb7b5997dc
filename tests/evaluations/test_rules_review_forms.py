"""Forms of the written self-review in the order of classification.md, 10.2 and 10.3; whose form a member writes."""

from decimal import Decimal

import pytest

from evaluations.rules import empty_sections, layout_of, part_problem, proposed_group
from evaluations.rules.levels import DEGREES
from tests.evaluations.regulations import rules


def layout(form, code="qd366_2025", *, is_leader=False):
    return layout_of(rules(code).review_forms, form, is_leader=is_leader)


def outline(found):
    """Parts and sections in order, as “I.1 conduct”."""
    return [
        f"{'.'.join(filter(None, (part.number, section.number)))} {section.code}{'?' * section.is_optional}"
        for part in found.parts
        for section in part.sections
    ]


AFTER_MERITS = ["II.1 shortcomings", "II.2 causes", "III remedy", "IV answers?", "V collective?", "VI directions"]


def test_form_02b_of_2025_in_order():
    found = layout("02B")
    assert found.title == "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN"
    assert outline(found) == ["I.1 conduct", "I.2 duties", "I.3 commitment", *AFTER_MERITS]
    assert [part.heading for part in found.parts] == [
        "Ưu điểm, kết quả đạt được",
        "Hạn chế, khuyết điểm và nguyên nhân",
        "Kết quả khắc phục hạn chế đã được kết luận, chỉ ra kỳ trước",
        "Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)",
        "Làm rõ trách nhiệm cá nhân đối với hạn chế của tập thể (nếu có)",
        "Phương hướng, biện pháp khắc phục",
    ]
    assert found.particulars == ("full_name", "born_on", "workplace", "cell")
    assert not found.is_default
    assert not any(section.has_degrees for section in found.sections)


def test_form_02c_asks_for_the_duties_of_a_member():
    found = layout("02C")
    assert outline(found)[:3] == ["I.1 conduct", "I.2 member_duties", "I.3 commitment"]
    assert found.sections[1].heading == "Quyền và nghĩa vụ đảng viên, nhiệm vụ được cấp ủy, chi bộ phân công"


def test_form_02a_has_three_items_more_whose_place_is_a_default():
    found = layout("02A", is_leader=True)
    assert outline(found)[2:6] == ["I.3 commitment", "I.4 leading", "I.5 responsibility", "I.6 example"]
    assert found.particulars == ("full_name", "born_on", "posts", "workplace", "cell")
    assert found.is_default


@pytest.mark.parametrize(("is_leader", "items"), [(True, 5), (False, 2)])
def test_form_02_of_2019_has_boxes_and_items_for_leaders(is_leader, items):
    found = layout("02", "hd21_2019", is_leader=is_leader)
    assert found.title == "BẢN KIỂM ĐIỂM CÁ NHÂN"
    merits = [f"I.{n} item_{n}" for n in range(1, items + 1)]
    rest = ["II faults", "III remedy", "IV answers?", "V collective?", "VI directions"]
    assert outline(found) == [*merits, f"I.{items + 1} commitment", *rest]
    boxed = [section.code for section in found.sections if section.has_degrees]
    assert boxed == [*(f"item_{n}" for n in range(1, items + 1)), "remedy"]
    assert [section.heading for section in found.sections[:items]] == [""] * items  # not known: left out
    assert found.closing == ("writer", "staff_head", "cell_comment", "cell_proposal", "base_level")
    assert rules("hd21_2019").review_forms.own_levels == ("staff", "member")


@pytest.mark.parametrize(
    ("code", "form"), [("qd124_2023", "02A"), ("qd124_2023", "02B"), ("hd16_2018", None), ("hd07_2011", None)]
)
def test_what_is_not_known_is_one_place_to_write(code, form):
    found = layout(form, code, is_leader=True)
    assert not found.is_known
    assert found.form == (form or "")
    assert [section.code for section in found.sections] == ["whole"]
    assert (found.title, found.particulars, found.closing) == ("", (), ())


def test_degrees_are_the_four_of_the_domain():
    assert rules("hd21_2019").ruleset.criterion_degrees == DEGREES == ("xuat_sac", "tot", "trung_binh", "kem")


def test_empty_sections_are_named_and_optional_ones_are_not():
    texts = {section.code: "x" for section in layout("02B").sections if section.code not in ("duties", "remedy")}
    for code in ("answers", "collective"):
        del texts[code]
    assert empty_sections(layout("02B"), texts, {}) == [
        "mục I.2 “Nhiệm vụ, quyền hạn, kết quả chỉ tiêu trong năm” chưa ghi",
        "mục III “Kết quả khắc phục hạn chế đã được kết luận, chỉ ra kỳ trước” chưa ghi",
    ]


def test_a_degree_is_asked_for_where_the_form_has_boxes():
    found = layout("02", "hd21_2019")
    texts = {section.code: "x" for section in found.sections}
    degrees = {"item_1": "tot", "remedy": "kem"}
    assert empty_sections(found, texts, degrees) == ["mục I.2 chưa chọn mức độ"]


@pytest.mark.parametrize(
    ("is_leader", "occupation", "words", "group", "said"),
    [
        (True, "retired", "Đã nghỉ hưu", "leader", "đã xác nhận là lãnh đạo"),
        (False, "retired", "Đã nghỉ hưu", "outside_system", "nghề nghiệp trong hồ sơ: Đã nghỉ hưu"),
        (False, "student", "Sinh viên", "outside_system", "Sinh viên"),
        (False, "commune_official", "Cán bộ xã", "non_leader", "nghề nghiệp trong hồ sơ: Cán bộ xã"),
        (False, "enterprise_direct_worker", "Công nhân", "non_leader", "Công nhân"),
        (False, "", "", "non_leader", "hồ sơ chưa ghi nghề nghiệp"),
    ],
)
def test_whose_form(is_leader, occupation, words, group, said):
    found = proposed_group(rules().review_forms, is_leader=is_leader, occupation=occupation, words=words)
    assert found.group == group
    assert said in found.explanation


@pytest.mark.parametrize(
    ("key", "points", "said"),
    [
        ("root_general_max", "30", None),
        ("root_general_max", "30.1", "Điểm 30,1 phải từ 0 đến 30 (Điều 10 Quy định 366-QĐ/TW)."),
        ("root_results_max", "-1", "Điểm -1 phải từ 0 đến 70 (Điều 10 Quy định 366-QĐ/TW)."),
        ("root_results_max", "69.95", "Điểm 69,95 phải là bội số của 0,1."),
    ],
)
def test_points_of_the_two_groups(key, points, said):

    assert part_problem(rules().score_frame, key, Decimal(points)) == said
