"""Leaders on a sheet: proposed from the posts on record, with figures and doors of their own (366-QĐ/TW, Điều 11)."""

from datetime import date
from html import unescape

import pytest

from cells.models import RuleOverride
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.reviews import Findings
from evaluations.deciding import cell_block
from evaluations.models import Review
from evaluations.season_rules import rule_book
from evaluations.sheet_page import read_sheet
from evaluations.sheet_row import key_of
from members.actions.life_tasks import TaskLine, finish_tasks
from members.models import Post
from tests.evaluations.rating_cases import MEETING, done, of_year, open_season, people, sheet_of
from tests.members.life_cases import given
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

SINCE = date(2025, 7, 1)
ARTICLE = "(Điều 11 Quy định 366-QĐ/TW)"
SIGN = "có dấu hiệu của trường hợp không hoàn thành nhiệm vụ"


def post(member, organisation, title="secretary", **more):
    return Post.objects.create(member=member, organisation=organisation, title=title, started_on=SINCE, **more)


@pytest.fixture
def pair(tree):
    """A secretary of a cell and an ordinary member, as the list has them."""
    leader, other = people(tree.here, 1, full_name="Lê Văn An"), people(tree.here, 1, full_name="Lê Văn Bình")
    post(leader[0], tree.here)
    return leader[0], other[0]


@pytest.fixture
def sheet(tree, cast, pair):
    return sheet_of(open_season(tree, cast.staff), tree.here)


@pytest.fixture
def secretary(cast, as_):
    return as_(cast.secretary)


def of(member):
    return Review.objects.select_related("sheet__season").get(member=member)


def rows(sheet):
    return read_sheet(sheet_of(sheet.season, sheet.organisation), on=MEETING).rows


def url(sheet, step=""):
    return f"/evaluations/sheets/{sheet.pk}/{step}"


def save(client, sheet, member, **values):
    review = of(member)
    key = key_of(review)
    data = {f"{key}-version": str(review.version)} | {f"{key}-{name}": str(value) for name, value in values.items()}
    return client.post(url(sheet, "save/"), data)


# --- who is a leader ---


def test_leading_posts_on_record_propose_leaders(sheet, pair, tree):
    leader, other = pair
    assert (of(leader).is_leader, of(leader).leader_posts) == (True, f"Bí thư {tree.here.name}")
    assert (of(other).is_leader, of(other).leader_posts) == (False, "")


@pytest.mark.parametrize(
    ("choice", "leaders"),
    [(None, {"An", "Dung"}), ("committee", {"An", "Dung", "Em"}), ("no_posts", set())],
)
def test_which_posts_lead_is_a_choice_of_the_committee(tree, cast, pair, choice, leaders):
    """A deputy of the base leads like the secretary of the cell; a committee member where chosen; who left does not."""
    [deputy], [member] = people(tree.here, 1, full_name="Lê Thị Dung"), people(tree.here, 1, full_name="Lê Thị Em")
    post(deputy, tree.east, "deputy")
    post(member, tree.here, "committee_member")
    [former] = people(tree.here, 1, full_name="Lê Thị Giang")
    post(former, tree.here, "deputy", ended_on=date(2025, 11, 1))
    if choice:
        RuleOverride.objects.create(
            organisation=tree.root, topic="conditions", key="leading_posts", value=choice, reason="Quy chế",
            started_on=SINCE, recorded_by=cast.staff,
        )  # fmt: skip
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    assert {str(review.member).split()[-1] for review in sheet.reviews.filter(is_leader=True)} == leaders


def test_the_list_brought_up_to_date_follows_the_posts_but_not_over_a_person(sheet, pair, tree, cast, secretary):
    leader, other = pair
    secretary.post(f"/evaluations/reviews/{of(leader).pk}/doors/", {})  # a person says that he is none
    assert (of(leader).is_leader, of(leader).is_leader_settled) == (False, True)
    mine = post(other, tree.here, "deputy")
    post(leader, tree.east, "deputy")
    secretary.post(url(sheet, "refresh/"))
    assert (of(leader).is_leader, of(other).is_leader) == (False, True)
    assert of(other).leader_posts == f"Phó Bí thư {tree.here.name}"
    Post.objects.filter(pk=mine.pk).update(ended_on=date(2025, 12, 1))
    secretary.post(url(sheet, "refresh/"))
    assert (of(other).is_leader, of(other).leader_posts) == (False, "")


# --- their figures ---


def test_figures_of_units_led_are_asked_of_leaders_only(sheet, pair, secretary):
    content = secretary.get(url(sheet)).content.decode()
    for name in ("has_basic_targets", "basic_targets_missed", "units_rated_khtnv", "low_confidence"):
        assert f'name="{key_of(of(pair[0]))}-{name}"' in content
        assert f'name="{key_of(of(pair[1]))}-{name}"' not in content
    assert "subunits_disciplined" not in content
    assert f"nhiệm vụ ghi ở đây là của lĩnh vực, đơn vị trực tiếp phụ trách {ARTICLE}" in content
    save(secretary, sheet, pair[1], low_confidence="90")
    assert of(pair[1]).low_confidence is None
    assert queries_of(secretary, url(sheet)) <= MOST


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"low_confidence": "50"}, None),
        ({"low_confidence": "50,1"}, f"quá tỷ lệ cho phép phiếu tín nhiệm thấp trong năm: 50,1 % > 50 % {ARTICLE}"),
        ({"units_rated_khtnv": "60"}, f"đơn vị phụ trách không hoàn thành nhiệm vụ: 60 % > 50 % {ARTICLE}"),
        ({"basic_targets_missed": "4"}, None),
        ({"basic_targets_missed": "5"}, f"không đạt 5 chỉ tiêu {ARTICLE}"),
        ({"tasks_total": "100", "tasks_undone": "30"}, None),
        ({"tasks_total": "100", "tasks_undone": "31"}, f"hoàn thành 69 % < 70 % {ARTICLE}"),
        ({"tasks_total": "1000", "tasks_undone": "301"}, f"hoàn thành 69,9 % < 70 % {ARTICLE}"),
    ],
)
def test_figures_open_a_door_for_a_person_to_confirm_w14(sheet, pair, secretary, figures, said):
    values = {"own_level": "HTTNV", "proposed_level": "HTTNV", "points": "85", "tasks_total": "10"}
    save(secretary, sheet, pair[0], **values | figures)
    row = rows(sheet)[0]
    assert bool(row.signs) is bool(said)
    assert (SIGN in row.causes) is bool(said)
    assert (said or "") in unescape(secretary.get(url(sheet)).content.decode())


def test_w14_a_leader_whose_units_did_69_of_100_tasks_confirmed(sheet, pair, secretary):
    save(secretary, sheet, pair[0], points="85", tasks_total="100", tasks_undone="31", proposed_level="KHTNV")
    place = f"/evaluations/reviews/{of(pair[0]).pk}/"
    answer = secretary.post(
        f"{place}doors/", {"is_leader": "on", "doors": ["units_tasks_done_under"], "reason": "Báo cáo năm"}
    )
    assert answer.status_code == 302
    row = rows(sheet)[0]
    assert (row.suggested.code, row.unconfirmed) == ("KHTNV", [])
    assert (row.review.is_leader, row.review.is_leader_settled) == (True, False)


def test_a_leader_without_basic_targets_g3(sheet, pair, secretary):
    save(secretary, sheet, pair[0], has_basic_targets="no", proposed_level="HTTNV", **done("HTTNV"))
    row = rows(sheet)[0]
    assert [sign.gap for sign in row.signs] == ["G3"]
    lines = cell_block(sheet_of(sheet.season, sheet.organisation), rule_book(sheet.season)).lines
    assert "điều kiện này không áp dụng" in " ".join(lines[0].notes)
    assert SIGN not in row.causes
    words = f"Đơn vị không có chỉ tiêu kinh tế – xã hội cơ bản: điều kiện này không áp dụng {ARTICLE}."
    assert words in secretary.get(url(sheet)).content.decode()
    assert words in secretary.get(f"/evaluations/reviews/{of(pair[0]).pk}/").content.decode()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"basic_targets_missed": "6"}, "Không thể nhiều hơn 5 chỉ tiêu cơ bản."),
        ({"has_basic_targets": "no", "basic_targets_missed": "1"}, "thì để trống số chỉ tiêu không đạt."),
        ({"low_confidence": "100,5"}, "Ghi tỷ lệ phần trăm từ 0 đến 100"),
    ],
)
def test_figures_that_cannot_be_are_refused_in_words(sheet, pair, secretary, figures, said):
    answer = save(secretary, sheet, pair[0], **figures)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_disciplined_sub_units_are_a_leaders_figure_of_2023(sheet, pair, secretary):
    of_year(sheet.season, 2023)
    content = secretary.get(url(sheet)).content.decode()
    assert f'name="{key_of(of(pair[0]))}-subunits_disciplined"' in content
    assert f'name="{key_of(of(pair[1]))}-subunits_disciplined"' not in content
    assert "low_confidence" not in content
    save(secretary, sheet, pair[0], subunits_disciplined="20,5")
    [sign] = rows(sheet)[0].signs
    assert (sign.code, "20,5 % > 20 % (Điều 12 Quy định 124-QĐ/TW)" in sign.explanation) == (
        "subunits_disciplined_over", True,
    )  # fmt: skip


def test_the_register_of_the_cell_does_not_fill_the_tasks_of_units_led(sheet, pair, tree, cast, secretary):
    tasks = given(tree.here, *pair, by=cast.secretary, due_on=date(2025, 10, 31), on=date(2025, 9, 1))
    finish_tasks(tree.here, [TaskLine(t.key, date(2025, 10, 1), False, "", t.pk) for t in tasks], by=cast.secretary)
    secretary.post(url(sheet, "fill-tasks/"))
    assert [of(each).tasks_total for each in pair] == [None, 1]
    content = secretary.get(url(sheet)).content.decode()
    assert content.count("Theo sổ phân công:") == 1


# --- their doors ---


def doors_of(client, review):
    content = client.get(f"/evaluations/reviews/{review.pk}/").content.decode()
    known = ("low_confidence_over", "prohibited_acts_or_exemplary_conduct_harming_standing", "degradation")
    return {code for code in known if f'value="{code}"' in content}


def test_each_list_of_doors_is_offered_to_whom_it_applies(sheet, pair, secretary):
    assert doors_of(secretary, of(pair[0])) == {"low_confidence_over", "degradation"}
    assert doors_of(secretary, of(pair[1])) == {
        "prohibited_acts_or_exemplary_conduct_harming_standing", "degradation",
    }  # fmt: skip


def test_a_door_of_the_other_list_is_refused_and_the_right_list_is_shown(sheet, pair, cast, secretary):
    place = f"/evaluations/reviews/{of(pair[1]).pk}/doors/"
    data = {"doors": ["low_confidence_over"], "reason": "Kết quả lấy phiếu"}
    refused = secretary.post(place, data)
    assert refused.status_code == 422
    assert "cán bộ lãnh đạo, quản lý có danh sách riêng" in refused.content.decode()
    assert secretary.post(place, data | {"is_leader": "on"}).status_code == 302
    assert (of(pair[1]).doors, of(pair[1]).is_leader_settled) == (["low_confidence_over"], True)
    with pytest.raises(NotAllowed, match="không áp dụng cho đảng viên không giữ chức vụ"):
        actions.confirm_doors(
            of(pair[1]), findings=Findings(("low_confidence_over",), False, False), reason="x", by=cast.secretary
        )
