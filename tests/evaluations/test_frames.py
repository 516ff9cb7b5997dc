"""Score frames: founded, edited, issued, copied, given up; which one a cell takes; the pages."""

import re
from datetime import date
from decimal import Decimal

import pytest

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.frames import FrameEntry, Step
from evaluations.enums import Appendix
from evaluations.frames import frame_reason, read_frame
from evaluations.models import Criterion, ScoreFrame, Season
from tests.evaluations.frame_cases import ISSUED, filled, founded, give, issued, older_season
from tests.evaluations.rating_cases import open_season, people, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


def shape(frame):
    return [(line.number, line.node.name, line.node.maximum) for line in read_frame(frame, ISSUED).lines]


def edit(frame, by, step=None, **values):
    frame.refresh_from_db()
    rows = {row.name: row for row in frame.criteria.all()}
    typed = {rows[name].pk: value for name, value in values.items()}
    chosen = Step(step[0], rows[step[1]].pk) if step else None
    return actions.edit_frame(frame, revision=frame.revision, values=typed, step=chosen, by=by)


def small(frame):
    """A draft with the leaves a, b below general and c below results."""
    return filled(frame, general=(("a", 10), ("b", 20)), results=(("c", 70),))


def test_a_draft_begins_with_the_groups_of_its_appendix(tree, cast):
    frame = founded(tree.root, by=cast.staff, appendix=Appendix.PL5)
    assert shape(frame) == [
        ("A", "Nhóm tiêu chí chung", 30),
        ("1", "Phẩm chất, lối sống, kỷ luật", None),
        ("2", "Tự phê bình, phê bình và khắc phục hạn chế", None),
        ("B", "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ", 70),
        ("1", "Quyền, nghĩa vụ đảng viên và nhiệm vụ được cấp ủy, chi bộ phân công", None),
        ("2", "Học tập nghị quyết, đóng góp ý kiến trong sinh hoạt chi bộ", None),
        ("3", "Nhiệm vụ đột xuất và hoạt động ở địa phương phù hợp sức khỏe, độ tuổi", None),
    ]
    [entry] = LogEntry.objects.about(frame)
    assert (entry.action, entry.organisation) == ("evaluations.found_frame", tree.root)


def test_the_split_of_one_place_is_offered_with_its_mark(tree, cast):
    frame = founded(tree.root, by=cast.staff, appendix=Appendix.PL2, with_local_maxima=True)
    rows = frame.criteria.filter(parent__root="general")
    assert [(row.maximum, row.mark) for row in rows] == [(18, "◇"), (4, "◇"), (8, "◇")]
    assert read_frame(frame, ISSUED).problems == []
    edit(frame, cast.staff, **{rows[0].name: (rows[0].name, Decimal(17))})
    rows[0].refresh_from_db()
    assert [row.mark for row in frame.criteria.filter(parent__root="general")] == ["", "◇", "◇"]


def test_a_cell_issues_no_frame_and_a_body_has_one_draft_of_each_appendix(tree, cast):
    with pytest.raises(NotAllowed, match="chi bộ không ban hành riêng"):
        founded(tree.here, by=cast.staff)
    founded(tree.east, by=cast.officer)
    with pytest.raises(NotAllowed, match="đang có một bản soạn của Phụ lục 4"):
        founded(tree.east, by=cast.officer)
    with pytest.raises(NotAllowed, match="không chấm điểm"):
        actions.found_frame(FrameEntry(tree.west, "qd124_2023", Appendix.PL4), on=ISSUED, by=cast.staff)
    assert ScoreFrame.objects.count() == 1


def test_a_draft_is_edited_step_by_step_and_may_be_unbalanced(tree, cast):
    frame = small(founded(tree.east, by=cast.officer))
    edit(frame, cast.officer, ("up", "b"), a=("a mới", Decimal("9.5")))
    edit(frame, cast.officer, ("in", "a mới"))
    edit(frame, cast.officer, ("add", "b"))
    assert [row[:2] for row in shape(frame)] == [
        ("A", "Nhóm tiêu chí chung"), ("1", "b"), ("1.1", "a mới"), ("1.2", ""),
        ("B", "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ"), ("1", "c"),
    ]  # fmt: skip
    edit(frame, cast.officer, ("out", "a mới"))
    edit(frame, cast.officer, ("down", "b"))
    edit(frame, cast.officer, ("remove", ""))
    assert shape(frame)[1:3] == [("1", "a mới", Decimal("9.5")), ("2", "b", Decimal(20))]
    assert [problem.message for problem in read_frame(frame, ISSUED).problems] == [
        "Mục A “Nhóm tiêu chí chung”: các mục con cộng lại 29,5 điểm, phải đúng bằng 30 điểm."
    ]
    frame.refresh_from_db()
    assert frame.revision == 7
    assert LogEntry.objects.about(frame).filter(action="evaluations.edit_frame").count() == 6


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("remove", "b"), "còn mục con"),
        (("remove", "Nhóm tiêu chí chung"), "Hai nhóm gốc"),
        (("in", "a"), "không có mục nào cùng cấp"),
        (("out", "a"), "đã ở cấp ngoài cùng"),
    ],
)
def test_steps_that_are_refused_keep_nothing_typed(tree, cast, step, words):
    frame = small(founded(tree.east, by=cast.officer))
    edit(frame, cast.officer, ("add", "b"))
    with pytest.raises(NotAllowed, match=words):
        edit(frame, cast.officer, step, a=("khác", Decimal(1)))
    assert frame.criteria.filter(name="a", maximum=10).exists()


def test_two_who_edit_one_draft_do_not_overwrite_each_other(tree, cast):
    frame = small(founded(tree.east, by=cast.officer))
    [row] = frame.criteria.filter(name="a")
    actions.edit_frame(frame, revision=1, values={row.pk: ("a1", Decimal(10))}, by=cast.officer)
    with pytest.raises(NotAllowed, match="vừa được người khác sửa"):
        actions.edit_frame(frame, revision=1, values={row.pk: ("a2", Decimal(10))}, by=cast.staff)
    row.refresh_from_db()
    assert row.name == "a1"


def test_the_roots_are_the_regulations(tree, cast):
    frame = small(founded(tree.east, by=cast.officer))
    root = frame.criteria.get(root="general")
    actions.edit_frame(frame, revision=1, values={root.pk: ("khác", Decimal(40))}, by=cast.officer)
    root.refresh_from_db()
    assert (root.name, root.maximum) == ("Nhóm tiêu chí chung", 30)


def test_an_unbalanced_draft_is_not_issued_and_an_issued_frame_is_not_edited(tree, cast):
    frame = filled(founded(tree.east, by=cast.officer), general=(("a", 29),))
    with pytest.raises(NotAllowed, match=r"Chưa ban hành được, còn 1 chỗ: Mục A .* cộng lại 29 điểm"):
        actions.issue_frame(frame, number="1-HD", issued_on=ISSUED, revision=1, by=cast.officer)
    edit(frame, cast.officer, a=("a", Decimal(30)))
    with pytest.raises(NotAllowed, match="vừa được người khác sửa sau khi đồng chí xem"):
        actions.issue_frame(frame, number="1-HD", issued_on=ISSUED, revision=1, by=cast.officer)
    frame = actions.issue_frame(frame, number="1-HD", issued_on=ISSUED, revision=2, by=cast.officer)
    assert (frame.state, frame.document) == ("issued", "1-HD ngày 20/11/2025")
    for act in (
        lambda: edit(frame, cast.officer, a=("x", Decimal(30))),
        lambda: actions.issue_frame(frame, number="2-HD", issued_on=ISSUED, revision=2, by=cast.officer),
        lambda: actions.void_frame(frame, reason="x", by=cast.officer),
    ):
        with pytest.raises(NotAllowed, match="thì không sửa được"):
            act()
    assert not Criterion.objects.filter(name="x").exists()


def test_a_new_version_is_a_copy_of_an_earlier_one(tree, cast):
    first = issued(tree.root, by=cast.staff)
    second = founded(tree.root, by=cast.staff, source=first)
    own = founded(tree.east, by=cast.officer, source=first)
    assert (second.version, own.version, own.copied_from) == (2, 1, first)
    assert shape(second) == shape(first) == shape(own)


def test_a_draft_is_given_up_and_makes_room(tree, cast):
    frame = founded(tree.east, by=cast.officer)
    actions.void_frame(frame, reason="Soạn nhầm phụ lục", by=cast.officer)
    assert founded(tree.east, by=cast.officer).version == 2
    with pytest.raises(NotAllowed, match="đã hủy"):
        actions.void_frame(frame, reason="lần nữa", by=cast.officer)


# --- which frame a cell takes


def test_a_cell_takes_the_frame_of_the_nearest_body_when_the_season_opens(tree, cast):
    people(tree.here, 1)
    people(tree.there, 1)
    old = issued(tree.root, by=cast.staff)
    common = issued(tree.root, by=cast.staff)
    others = issued(tree.root, by=cast.staff, appendix=Appendix.PL5)
    own = issued(tree.east, by=cast.officer)
    issued(tree.west, by=cast.staff, issued_on=date(2026, 1, 5))  # after the day of reference
    founded(tree.west, by=cast.staff, appendix=Appendix.PL5)  # a draft
    season = open_season(tree, cast.staff)
    later = issued(tree.east, by=cast.officer)
    assert sheet_of(season, tree.here).frames == {"pl4": str(own.pk), "pl5": str(others.pk)}
    assert sheet_of(season, tree.there).frames == {"pl4": str(common.pk), "pl5": str(others.pk)}
    assert sheet_of(season, tree.school).frames == {"pl4": str(common.pk), "pl5": str(others.pk)}
    assert set(season.frames.all()) == {common, others, own}
    assert old not in season.frames.all()
    assert later not in season.frames.all()


def test_the_reason_says_whose_frame_it_is(tree, cast):
    own, common = issued(tree.east, by=cast.officer), issued(tree.root, by=cast.staff)
    season = open_season(tree, cast.staff)
    assert frame_reason(own, season, "Chi bộ Khóm 1") == (
        "Phụ lục 4 của Đảng bộ Phường Đông, bản 1, ban hành theo văn bản số 7-HD/ĐU ngày 20/11/2025: "
        "khung riêng của cấp gần chi bộ nhất, áp dụng trước khung của cấp ủy cấp trên."
    )
    assert "không có khung riêng của cấp gần chi bộ hơn" in frame_reason(common, season, "Chi bộ Khóm 1")
    assert "chỉ chấm hai nhóm tiêu chí" in frame_reason(None, season, "Chi bộ Khóm 1")


def test_seasons_that_give_no_points_take_no_frame(tree, cast):
    issued(tree.root, by=cast.staff, issued_on=date(2024, 1, 5))
    season = older_season(tree, by=cast.staff)
    assert (season.frames.count(), sheet_of(season, tree.here).frames) == (0, {})


def test_frames_are_frozen_when_the_season_is_open_unless_chosen_otherwise(tree, cast):
    people(tree.here, 1)
    people(tree.next_door, 1)
    season = open_season(tree, cast.staff)
    issued(tree.root, by=cast.staff)
    with pytest.raises(NotAllowed, match="không đổi khi đợt đã mở"):
        actions.take_frames(season, by=cast.staff)
    Season.objects.update(choices={"score_frame": {"frame_frozen_when_season_open": False}})
    give(season, tree.here, ("28", "60"), by=cast.secretary)
    changed = actions.take_frames(season, by=cast.staff)
    assert tree.here not in [sheet.organisation for sheet in changed]
    assert (sheet_of(season, tree.here).frames, list(sheet_of(season, tree.next_door).frames)) == ({}, ["pl4"])


# --- pages


def url(frame, step=""):
    return f"/evaluations/frames/{frame.pk}/{step}"


def test_found_edit_and_issue_through_the_pages(tree, cast, as_):
    client = as_(cast.officer)
    answer = client.get("/evaluations/frames/found/")
    assert "Phụ lục 5: Đảng viên không công tác trong hệ thống chính trị" in answer.content.decode()
    posted = {"organisation": "Đảng bộ Phường Đông", "year": "2025", "appendix": "pl4"}
    assert client.post("/evaluations/frames/found/", posted).status_code == 302
    [frame] = ScoreFrame.objects.all()
    page = client.get(url(frame)).content.decode()
    assert "chưa ghi điểm tối đa" in page
    assert "Lưu bản soạn" in page
    rows = list(frame.criteria.filter(parent__isnull=False))
    typed = {"revision": "1"} | {f"name-{row.pk}": row.name for row in rows}
    wrong = typed | {f"max-{row.pk}": text for row, text in zip(rows, ("18", "4,x", "8"), strict=True)}
    answer = client.post(url(frame, "edit/"), wrong)
    assert answer.status_code == 422
    assert "Ghi điểm bằng số" in answer.content.decode()
    assert 'value="4,x"' in answer.content.decode()
    right = typed | {f"max-{row.pk}": text for row, text in zip(rows, ("18", "4,5", "7.5"), strict=True)}
    assert client.post(url(frame, "edit/"), right).status_code == 302
    assert "ban hành được" in client.get(url(frame)).content.decode()
    assert f'href="{url(frame, "issue/")}?revision=2"' in client.get(url(frame)).content.decode()
    document = {"number": "3-HD/ĐU", "issued_on": "20/11/2025"}
    seen_before = re.findall(
        r'name="revision" value="(\d+)"', client.get(url(frame, "issue/?revision=1")).content.decode()
    )
    for revision in (*seen_before, "", "x", "-1"):
        stale = client.post(url(frame, "issue/"), document | {"revision": revision})
        assert (stale.status_code, "vừa được người khác sửa" in stale.content.decode()) == (422, True), revision
    assert seen_before == ["1"]
    answer = client.post(url(frame, "issue/"), document | {"revision": "2"}, follow=True)
    assert "đã ban hành" in answer.content.decode()
    frame.refresh_from_db()
    assert frame.number == "3-HD/ĐU"


def test_a_button_keeps_what_was_typed_and_does_its_step(tree, cast, as_):
    frame = small(founded(tree.east, by=cast.officer))
    row, other = frame.criteria.get(name="a"), frame.criteria.get(name="b")
    posted = {"revision": "1", f"name-{row.pk}": "a mới", f"max-{row.pk}": "12", "act": f"down:{row.pk}"}
    answer = as_(cast.officer).post(url(frame, "edit/"), posted)
    assert answer.url == f"{url(frame)}#c{row.pk}"
    assert shape(frame)[1:3] == [("1", "b", other.maximum), ("2", "a mới", Decimal(12))]
    again = as_(cast.officer).post(url(frame, "edit/"), posted | {f"name-{row.pk}": "của tôi"})
    assert again.status_code == 409
    assert "của tôi" in again.content.decode()
    for act in ("fly:1", "up:x", "up:999", "", "remove:"):
        answer = as_(cast.officer).post(url(frame, "edit/"), {"revision": "2", "act": act})
        assert answer.status_code == 302


def test_an_organisation_out_of_scope_gets_no_frame(tree, cast, as_):
    posted = {"organisation": "Đảng bộ Phường Tây", "year": "2025", "appendix": "pl4"}
    answer = as_(cast.officer).post("/evaluations/frames/found/", posted)
    assert answer.status_code == 422
    posted = {"organisation": "Đảng bộ Phường Đông", "year": "2018", "appendix": "pl4"}
    answer = as_(cast.officer).post("/evaluations/frames/found/", posted)
    assert "năm 2018 không chấm điểm" in answer.content.decode()
    assert not ScoreFrame.objects.exists()


def test_a_frame_of_the_body_above_is_copied_for_ones_own(tree, cast, as_):
    source = issued(tree.root, by=cast.staff)
    answer = as_(cast.officer).post(url(source, "copy/"), {"organisation": "Đảng bộ Phường Đông"})
    frame = ScoreFrame.objects.get(organisation=tree.east)
    assert answer.url == url(frame)


def test_the_list_asks_the_same_whatever_it_shows(tree, cast, as_):
    issued(tree.root, by=cast.staff)
    client = as_(cast.staff)
    few = queries_of(client, "/evaluations/frames/")
    for _ in range(15):
        issued(tree.east, by=cast.officer)
        issued(tree.west, by=cast.staff)
    assert queries_of(client, "/evaluations/frames/") == few <= MOST
    assert queries_of(client, url(ScoreFrame.objects.first())) <= MOST


def test_the_season_page_leads_to_the_frames_that_it_took(tree, cast, as_):
    frame = issued(tree.east, by=cast.officer)
    season = open_season(tree, cast.staff)
    issued(tree.west, by=cast.staff)
    client, address = as_(cast.staff), f"/evaluations/frames/?season={season.pk}"
    assert address in client.get(f"/evaluations/seasons/{season.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert url(frame) in page
    assert "Đảng bộ Phường Tây" not in page
    assert "Đảng bộ Phường Tây" in client.get("/evaluations/frames/?season=x").content.decode()
