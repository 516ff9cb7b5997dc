"""Forms 3 and 5 as of a day, and the checks between the forms."""

from datetime import date

from members.enums import OverlayKind, Topic
from members.models import Overlay, Particular
from members.statistics.form_1 import form_1
from members.statistics.form_3 import form_3
from members.statistics.form_5 import form_5

DAY = date(2026, 12, 31)


def answer(member, topic, value, since=date(2020, 1, 1)):
    Particular.objects.create(member=member, topic=topic, value=value, started_on=since)


def figures(statement):
    return {line.code: line.values[0] for line in statement.lines}


def failed(statement):
    return {check.code for check in statement.failed}


def test_form_3_counts_every_block(rows):
    an = rows.person("An", "X1", sex="female", ethnic="khmer", born_on=date(1996, 12, 31), decided_on=None)
    binh = rows.person("Bình", "X1", born_on=date(1960, 1, 1), admitted_on=date(1975, 4, 30), official_on=None)
    chi = rows.person("Chi", "Y1", sex="female", born_on=None, admitted_on=date(1975, 5, 1))
    rows.person("Dũng", "Y1", born_on=date(1996, 1, 1), admitted_on=None, decided_on=None, official_on=date(2021, 1, 1))
    for member, job in ((an, "enterprise_manager"), (binh, "retired"), (chi, "farmer")):
        answer(member, Topic.OCCUPATION, job)
    answer(an, Topic.GENERAL_EDUCATION, "upper_secondary")
    answer(an, Topic.THEORY, "bachelor")
    answer(binh, Topic.THEORY, "advanced")
    answer(chi, Topic.ACADEMIC_TITLE, "professor")
    answer(an, Topic.DEGREE, "none")
    answer(an, Topic.RELIGION, "buddhism")
    answer(binh, Topic.RELIGION, "none")
    answer(an, Topic.YOUTH_UNION, "yes")
    answer(chi, Topic.ENTERPRISE_OWNER, "yes")
    Overlay.objects.create(member=binh, kind=OverlayKind.EXEMPT, started_on=date(2025, 1, 1))
    found = figures(form_3(rows.bodies["Xã"], on=DAY))
    expected = {
        "total": 4, "probationary": 1, "female": 2, "minority": 1, "religious": 1, "youth_union": 1,
        "enterprise_owner": 1, "exempt": 1, "occupation.working": 2, "occupation.enterprise": 1,
        "occupation.enterprise_manager": 1, "occupation.farmer": 1, "occupation.retired": 1,
        "occupation.retired_exempt": 1, "occupation.unknown": 1, "ages.18-30": 2, "ages.61-": 1, "ages.unknown": 1,
        "admission.3": 1, "admission.4": 2, "admission.unknown": 1, "general_education.upper_secondary": 1,
        "general_education.unknown": 3, "degree.unknown": 3, "theory.advanced": 2, "theory.unknown": 2,
        "academic_title.professor": 1, "academic_title.associate_professor": 0,
    }  # fmt: skip
    assert {code: found[code] for code in expected} == expected
    assert str(found["ages.mean"]) == "42.0"  # 30, 66, 30 full years


def test_form_3_of_a_part_of_the_tree_and_of_a_day_before_the_first_list(rows):
    rows.people("Ở X", "X1", 3)
    rows.people("Ở Y", "Y1", 2)
    assert figures(form_3(rows.bodies["X"], on=DAY))["total"] == 3
    early = form_3(rows.bodies["X"], on=date(2019, 12, 31))
    assert (early.known, figures(early)["total"]) == (False, None)
    assert form_3(rows.bodies["X"], on=date(2020, 6, 1)).lines[0].values == (3, None, None)


def test_missing_answers_fail_the_sums_and_are_named(rows):
    rows.person("Lê Văn Thiếu", "X1")
    statement = form_3(rows.bodies["X"], on=DAY)
    assert failed(statement) == {"I5", "I7"}
    named = {check.title: check.behind for check in statement.failed if check.code == "I5"}
    assert named == {
        "Nghề nghiệp cộng bằng tổng số": ("Lê Văn Thiếu",),
        "Giáo dục phổ thông cộng bằng tổng số": ("Lê Văn Thiếu",),
    }


def test_form_5_counts_organisations_and_members_by_inherited_type(rows):
    rows.people("Ở X1", "X1", 3)
    rows.people("Ở Y1", "Y1", 2)
    rows.person("Đang chuyển", "Tỉnh")
    rows.body("Trường", "base_cell", "Xã", base_type="public_service")
    rows.body("Cảng", "base_party", "Xã", base_type="foreign_wholly")
    rows.body("Cảng 1", "cell", "Cảng")
    rows.people("Ở cảng", "Cảng 1", 4)
    statement = form_5(rows.bodies["Tỉnh"], on=DAY)
    found = {line.code: line.values for line in statement.lines}
    assert found["1"] == (1, 1, 0, 0, 2, 3)
    assert found["5"] == (1, 1, 0, 0, 1, 2)
    assert found["6a"] == found["6"] == (1, 0, 1, 0, 0, 0)
    assert found["9"] == found["9b"] == found["9b5"] == found["9b5w"] == (1, 1, 0, 0, 1, 4)
    assert found["untyped"] == (0, 0, 0, 0, 0, 1)
    assert found["total"] == (4, 3, 1, 0, 4, 10)
    assert failed(statement) == set()


def test_a_commune_that_is_the_base_counts_as_one_and_its_cells_as_cells(rows):
    rows.body("Phường", "commune", "Tỉnh", level=4, base_type="ward")
    rows.body("P1", "cell", "Phường")
    rows.people("Ở P1", "P1", 2)
    found = {line.code: line.values for line in form_5(rows.bodies["Phường"], on=DAY).lines}
    assert found["2"] == found["total"] == (1, 1, 0, 0, 1, 2)


def test_the_three_forms_agree(rows):
    rows.people("Ở X1", "X1", 3)
    rows.person("Đang chuyển", "Xã")
    for body in ("Tỉnh", "Xã", "X", "X1"):
        organisation = rows.bodies[body]
        closing = figures(form_1(organisation, on=DAY))["D"]
        by_type = {line.code: line.values[-1] for line in form_5(organisation, on=DAY).lines}["total"]
        assert closing == figures(form_3(organisation, on=DAY))["total"] == by_type


def test_parts_with_those_at_the_body_itself_make_the_whole(rows):
    rows.people("Ở X1", "X1", 3)
    rows.people("Ở Y1", "Y1", 2)
    rows.person("Đang chuyển", "Xã")
    for form in (form_1, form_3, form_5):
        statement = form(rows.bodies["Xã"], on=DAY)
        totals = [part.values[0 if form is form_3 else -1] for part in statement.parts]
        assert totals == [1, 3, 2]
        assert {check.code: check.status for check in statement.checks}["I8"] == "ok"
