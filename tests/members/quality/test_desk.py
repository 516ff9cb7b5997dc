"""The quality desk: records checked, findings given out, accepted, mended at once; who sees what of them."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cells.models import LogEntry
from cells.tasks import run_job
from members.actions import quality as acts
from members.actions.endings import EndingEntry, remove_name
from members.actions.facts import change_particular
from members.actions.record import correct_member
from members.actions.restorations import RestorationEntry, readmit
from members.models import Finding, Member, QualityCount, QualityFix
from members.quality.again import look_at_each
from members.quality.finding import look_through
from members.quality.people import former_places
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of
from tests.races import just_before_insert

ON = date(2026, 11, 23)


def url(name, *parts):
    return reverse(f"members:{name}", args=parts)


def looked(organisation, by, on=ON):
    return acts.check_quality(organisation, look_through(organisation, on), on=on, by=by)


def rules_of(member):
    return sorted(Finding.objects.open().filter(member=member).values_list("rule", flat=True))


def person(cell, **values):
    """A member of whom nothing is to be said but what `values` bring."""
    whole = {"birth_place": "Ấp 1", "home_place": "Ấp 1", "residence": "Ấp 1"}
    member = MemberFactory(home=cell, **{**whole, **values})
    if "card_number" not in values:
        Member.objects.filter(pk=member.pk).update(card_number=member.personal_id)
    for topic, value in (("religion", "none"), ("occupation", "farmer")):
        member.particulars.create(topic=topic, value=value, started_on=date(2025, 7, 1))
    member.refresh_from_db()
    return member


@pytest.fixture
def shouted(tree):
    return person(tree.here, full_name="LÊ THỊ HOA", sex="female", personal_id="096180600001")


def test_a_check_writes_what_is_wrong_and_the_figures_of_the_day(tree, cast, shouted):
    person(tree.there)
    settled = looked(tree.root, cast.staff)
    [finding] = Finding.objects.all()
    assert (finding.rule, finding.member, finding.organisation) == ("name_form", shouted, tree.here)
    assert (finding.found_on, finding.due_on, settled.new) == (ON, ON + timedelta(60), 1)
    counts = {count.organisation_id: (count.people, count.open) for count in QualityCount.objects.all()}
    assert counts == {tree.root.pk: (2, 1), tree.east.pk: (1, 1), tree.here.pk: (1, 1), tree.west.pk: (1, 0),
                      tree.there.pk: (1, 0)}  # fmt: skip
    [entry] = LogEntry.objects.filter(action="members.check_quality")
    assert entry.data == {"open": 1, "new": 1, "fixed": 0}


def test_who_was_admitted_again_is_not_late_at_once(tree, cast):
    member, out, back = person(tree.here), date(2026, 6, 15), date(2026, 10, 20)
    remove_name(member, EndingEntry(out, decision="5-QĐ/ĐU", decided_on=out), by=cast.officer)
    readmit(member, RestorationEntry(back, tree.here, "20-QĐ/TU", back), by=cast.officer)
    looked(tree.root, cast.staff)
    assert rules_of(member) == []
    looked(tree.root, cast.staff, date(2027, 12, 20))
    assert rules_of(member) == ["probation_too_long"]


def test_a_second_check_keeps_what_is_there_and_ends_what_is_gone(tree, cast, shouted):
    looked(tree.root, cast.staff)
    assert looked(tree.root, cast.staff, ON + timedelta(1)).new == 0
    finding = Finding.objects.get()
    assert (finding.found_on, finding.seen_on) == (ON, ON + timedelta(1))
    Member.objects.filter(pk=shouted.pk).update(full_name="Lê Thị Hoa")
    assert looked(tree.root, cast.staff, ON + timedelta(2)).fixed == 1
    finding.refresh_from_db()
    assert (finding.state, finding.settled_on) == ("fixed", ON + timedelta(2))
    Member.objects.filter(pk=shouted.pk).update(full_name="LÊ THỊ HOA")
    looked(tree.root, cast.staff, ON + timedelta(3))
    finding.refresh_from_db()
    assert (finding.state, finding.found_on, finding.settled_on) == ("open", ON + timedelta(3), None)
    assert QualityCount.objects.filter(organisation=tree.here).count() == 4


def test_a_record_is_looked_at_again_when_it_is_corrected(tree, cast, shouted):
    looked(tree.root, cast.staff)
    corrected = correct_member(shouted, {"full_name": "Lê Thị Hoa"}, revision=1, reason="thẻ", by=cast.secretary)
    assert rules_of(shouted) == []
    correct_member(corrected, {"sex": "male"}, revision=2, reason="giấy", by=cast.secretary)
    assert rules_of(shouted) == ["id_sex"]


def test_what_was_mended_while_the_look_was_under_way_is_not_found_again(tree, cast, shouted):
    looked(tree.root, cast.staff)
    other = person(tree.there, full_name="TRẦN VĂN BA", personal_id="096080600002", residence="")
    for member in (shouted, other):
        member.refresh_from_db()
    look = look_through(tree.root, ON)
    for member, name in ((shouted, "Lê Thị Hoa"), (other, "Trần Văn Ba")):
        correct_member(member, {"full_name": name}, revision=member.revision, reason="chữ thường", by=cast.staff)
    assert rules_of(shouted) == []
    settled = acts.check_quality(tree.root, look, on=ON, by=cast.staff)
    assert (rules_of(shouted), "name_form" in rules_of(other)) == ([], False)
    assert settled.open == Finding.objects.open().count()


def test_an_answer_that_was_added_while_the_look_was_under_way_counts(tree, cast):
    member = person(tree.here)
    member.particulars.filter(topic="religion").delete()
    looked(tree.root, cast.staff)
    found = rules_of(member)
    look = look_through(tree.root, ON)
    change_particular(member, "religion", ("none", ""), on=date(2025, 7, 1), current_id=None, by=cast.staff)
    mended = rules_of(member)
    assert len(mended) < len(found)
    acts.check_quality(tree.root, look, on=ON, by=cast.staff)
    assert rules_of(member) == mended


def test_two_who_find_the_same_at_once_do_not_fail(tree, cast, shouted):
    look = look_through(tree.root, ON)
    with just_before_insert(Finding, partial(look_at_each, [shouted.pk], on=ON)):
        acts.check_quality(tree.root, look, on=ON, by=cast.staff)
    assert rules_of(shouted) == ["name_form"]


def test_accepted_stays_accepted_until_the_rule_says_something_else(tree, cast):
    member = person(tree.here, born_on=date(1979, 1, 1))
    looked(tree.root, cast.staff)
    finding = Finding.objects.get(rule="id_birth_year")
    acts.accept_finding(finding, reason="theo hồ sơ gốc", on=ON, by=cast.secretary)
    with pytest.raises(ValidationError, match="vừa được người khác xử lý"):
        acts.accept_finding(finding, reason="lần nữa", on=ON, by=cast.secretary)
    looked(tree.root, cast.staff, ON + timedelta(1))
    finding.refresh_from_db()
    assert (finding.state, finding.reason) == ("accepted", "theo hồ sơ gốc")
    Member.objects.filter(pk=member.pk).update(born_on=date(1978, 1, 1))
    looked(tree.root, cast.staff, ON + timedelta(2))
    finding.refresh_from_db()
    assert (finding.state, finding.reason, finding.detail) == ("open", "", "số định danh: 1980; đã ghi: 1978")
    [entry] = LogEntry.objects.filter(action="members.accept_finding")
    assert entry.data["reason"] == "theo hồ sơ gốc"


def test_reopening(tree, cast, shouted):
    looked(tree.root, cast.staff)
    finding = Finding.objects.get()
    with pytest.raises(ValidationError):
        acts.reopen_finding(finding, by=cast.secretary)
    acts.accept_finding(finding, reason="tên in hoa trên giấy", on=ON, by=cast.secretary)
    assert acts.reopen_finding(finding, by=cast.secretary).state == "open"


def test_findings_are_given_out_together(tree, cast, shouted):
    person(tree.next_door, full_name="trần văn ba")
    looked(tree.root, cast.staff)
    given = acts.assign_findings(Finding.objects.all(), owner=cast.secretary, due_on=ON, by=cast.staff)
    assert given == 2
    assert set(Finding.objects.values_list("owner", "due_on")) == {(cast.secretary.pk, ON)}
    acts.assign_findings(Finding.objects.all(), owner=None, due_on=ON + timedelta(9), by=cast.staff)
    assert set(Finding.objects.values_list("owner", "due_on")) == {(cast.secretary.pk, ON + timedelta(9))}
    with pytest.raises(ValidationError):
        acts.assign_findings(Finding.objects.none(), owner=cast.secretary, due_on=None, by=cast.staff)


# --- mending at once


def test_mending_changes_the_way_of_writing_and_can_be_taken_back(tree, cast, shouted):
    other = person(tree.here, full_name="Nguyễn  Văn  Ba")
    looked(tree.root, cast.staff)
    rows = Finding.objects.filter(rule="name_form")
    fix = acts.fix_findings(rows, organisation=tree.here, by=cast.secretary)
    shouted.refresh_from_db()
    assert (shouted.full_name, shouted.search_key, shouted.revision) == ("Lê Thị Hoa", "le thi hoa", 2)
    assert (rules_of(shouted), rules_of(other)) == ([], ["text_form"])
    [entry] = LogEntry.objects.about(shouted).filter(action="members.correct_member")
    assert entry.data["changes"] == {"họ và tên khai sinh": ["LÊ THỊ HOA", "Lê Thị Hoa"]}
    acts.undo_fix(fix, Member.objects.all(), by=cast.secretary)
    shouted.refresh_from_db()
    assert (shouted.full_name, rules_of(shouted)) == ("LÊ THỊ HOA", ["name_form"])
    with pytest.raises(ValidationError, match="hoàn tác trước đó"):
        acts.undo_fix(fix, Member.objects.all(), by=cast.secretary)


def test_a_mending_is_all_or_nothing_and_of_one_rule(tree, cast, shouted):
    person(tree.here, full_name="Nguyễn  Văn  Ba")
    person(tree.here, born_on=date(1979, 1, 1))
    looked(tree.root, cast.staff)
    with pytest.raises(ValidationError, match="cùng một quy tắc"):
        acts.fix_findings(Finding.objects.all(), organisation=tree.here, by=cast.secretary)
    by_paper = Finding.objects.filter(rule="id_birth_year")
    with pytest.raises(ValidationError, match="phải đối chiếu giấy tờ"):
        acts.fix_findings(by_paper, organisation=tree.here, by=cast.secretary)
    assert QualityFix.objects.count() == 0
    acts.fix_findings(Finding.objects.filter(rule="name_form"), organisation=tree.here, by=cast.secretary)
    with pytest.raises(ValidationError):
        acts.fix_findings(Finding.objects.filter(rule="name_form"), organisation=tree.here, by=cast.secretary)


def test_a_mending_is_not_taken_back_over_a_later_correction(tree, cast, shouted):
    looked(tree.root, cast.staff)
    fix = acts.fix_findings(Finding.objects.all(), organisation=tree.here, by=cast.secretary)
    shouted.refresh_from_db()
    correct_member(shouted, {"alias": "Hai"}, revision=2, reason="giấy", by=cast.secretary)
    with pytest.raises(ValidationError, match="đã được sửa tiếp"):
        acts.undo_fix(fix, Member.objects.all(), by=cast.secretary)
    shouted.refresh_from_db()
    assert shouted.full_name == "Lê Thị Hoa"


def test_a_mending_is_not_taken_back_in_a_record_that_left_the_scope(tree, cast, shouted, as_):
    person(tree.here, full_name="TRẦN VĂN BA")
    looked(tree.root, cast.staff)
    fix = acts.fix_findings(Finding.objects.filter(rule="name_form"), organisation=tree.here, by=cast.secretary)
    Member.objects.filter(pk=shouted.pk).update(home=tree.there)
    page = as_(cast.secretary).post(url("undo_fix", fix.pk), follow=True).content.decode()
    assert "Có 1 hồ sơ không còn trong phạm vi" in page
    assert "Lê Thị Hoa" not in page
    fix.refresh_from_db()
    assert (fix.undone_at, Member.objects.filter(full_name__in=("LÊ THỊ HOA", "TRẦN VĂN BA")).count()) == (None, 0)
    as_(cast.staff).post(url("undo_fix", fix.pk))
    assert Member.objects.filter(full_name__in=("LÊ THỊ HOA", "TRẦN VĂN BA")).count() == 2


# --- pairs of records


@pytest.fixture
def twins(tree):
    """One person with a record in "here" and one, without a number, in "there"."""
    one = person(tree.here, full_name="Lê Thị Hòa", sex="female", personal_id="096180600001")
    other = MemberFactory(home=tree.there, full_name="Lê Thị Hoà", sex="female", personal_id="", card_number="")
    return one, other


def test_a_pair_lies_on_the_desk_of_the_body_above_both_and_each_cell_hears_no_name(tree, cast, twins, as_):
    looked(tree.here, cast.secretary)
    one, other = twins
    [pair] = Finding.objects.filter(rule="duplicate")
    assert (pair.organisation, {pair.member, pair.other}) == (tree.root, {one, other})
    halves = Finding.objects.filter(rule="pair_elsewhere").values_list("member", "organisation", "other", "detail")
    assert set(halves) == {(one.pk, tree.here.pk, None, ""), (other.pk, tree.there.pk, None, "")}
    mine = as_(cast.secretary).get(url("findings")).content.decode()
    assert "đã chuyển cấp trên đối chiếu" in mine
    assert "Hoà" not in mine
    assert "Ấp Thượng" not in mine
    assert Finding.objects.visible_to(cast.officer, "members.view").filter(rule="duplicate").count() == 0
    above = as_(cast.staff).get(url("findings"), {"rule": "duplicate"}).content.decode()
    assert "Lê Thị Hòa" in above
    assert "Lê Thị Hoà" in above


def test_a_pair_is_gone_when_a_number_says_so(tree, cast, twins):
    looked(tree.root, cast.staff)
    correct_member(twins[1], {"personal_id": "096180600099"}, revision=1, reason="căn cước", by=cast.stranger)
    assert set(Finding.objects.open().values_list("rule", flat=True)) & {"duplicate", "pair_elsewhere"} == set()


def test_who_moved_away_is_no_longer_on_the_desk_of_the_old_cell(tree, cast, shouted):
    looked(tree.root, cast.staff)
    Member.objects.filter(pk=shouted.pk).update(home=tree.there)
    assert Finding.objects.visible_to(cast.secretary, "members.view").count() == 0
    looked(tree.root, cast.staff)
    assert Finding.objects.visible_to(cast.stranger, "members.view").count() == 1


def test_that_the_religion_is_missing_is_for_those_who_may_see_it(tree, cast):
    member = person(tree.here)
    member.particulars.filter(topic="religion").update(value="unknown")
    looked(tree.root, cast.staff)
    seen = {name: Finding.objects.visible_to(getattr(cast, name), "members.view").count()
            for name in ("secretary", "officer", "staff", "inspector")}  # fmt: skip
    assert seen == {"secretary": 1, "officer": 0, "staff": 1, "inspector": 0}


def test_no_figure_and_no_line_of_the_log_tells_of_a_rule_that_few_may_see(tree, cast, shouted, as_):
    shouted.particulars.filter(topic="religion").update(value="unknown")
    settled = looked(tree.root, cast.staff)
    assert (settled.new, settled.open) == (1, 1)
    finding = Finding.objects.get(rule="missing_religion")
    acts.assign_findings(Finding.objects.all(), owner=cast.secretary, due_on=None, by=cast.staff)
    acts.accept_finding(finding, reason="theo đạo Cao Đài, chưa kê khai", on=ON, by=cast.secretary)
    acts.reopen_finding(finding, by=cast.secretary)
    acts.accept_finding(finding, reason="theo đạo Cao Đài, chưa kê khai", on=ON, by=cast.secretary)
    looked(tree.root, cast.staff)
    figures = QualityCount.objects.get(organisation=tree.here)
    assert (figures.open, figures.accepted, figures.by_rule) == (1, 0, {"name_form": 1})
    for user, lines in ((cast.officer, 0), (cast.secretary, 3)):
        log = " ".join(f"{line.words} {line.reason}" for line in as_(user).get("/log/").context["page"].lines)
        assert log.count("mục được che ở hồ sơ của") == lines
        assert ("giao 1 mục cần xem" in log, "giao 1 mục được che" in log) == (True, lines > 0)
        assert "tôn giáo" not in log
        assert "Cao Đài" not in log
    shouted.particulars.filter(topic="religion").update(value="none")
    assert looked(tree.root, cast.staff).fixed == 0
    finding.refresh_from_db()
    assert finding.state == "fixed"


def test_places_that_the_tree_no_longer_has(tree, cast):
    tree.west.versions.update(ended_on=date(2026, 1, 1))
    tree.west.versions.create(name="Đảng bộ Phường Tân Tây", kind="base_party", started_on=date(2026, 1, 1))
    type(tree.west).objects.filter(pk=tree.west.pk).update(name="Đảng bộ Phường Tân Tây")
    places = former_places()
    assert places.named_in("Khóm 3, phường tây") == "Phường Tây"
    assert places.named_in("Phường Tây Đô") == ""
    assert places.named_in("Phường Tân Tây (Phường Tây)") == ""


# --- pages


def test_the_job_checks_and_leads_back(tree, cast, shouted, as_):
    answer = as_(cast.secretary).post(url("check_quality", tree.here.pk))
    job = cast.secretary.jobs.get()
    assert answer.url == reverse("cells:job", args=[job.pk])
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "Còn 1 mục; thêm 1, đã hết 0.")
    assert QualityCount.objects.get(organisation=tree.here).on == timezone.localdate()


def test_the_desk_counts_by_rule_and_by_body(tree, cast, shouted, as_):
    person(tree.there, full_name="trần văn ba")
    looked(tree.root, cast.staff, ON - timedelta(7))
    looked(tree.root, cast.staff)
    answer = as_(cast.staff).get(url("show_quality"))
    desk = answer.context["desk"]
    assert (desk.organisation, desk.open) == (tree.root, 2)
    assert [(line.rule.code, line.open) for line in desk.rules] == [("name_form", 2)]
    bodies = [(line.organisation, line.open) for line in desk.bodies]
    assert bodies == [(tree.east, 1), (tree.west, 1), (tree.school, 0)]
    assert [day.open for day in desk.days] == [2, 2]
    below = as_(cast.staff).get(url("show_quality"), {"organisation": tree.east.pk}).context["desk"]
    assert [(line.organisation, line.open) for line in below.bodies] == [(tree.here, 1), (tree.next_door, 0)]


def test_bad_questions_are_answered_in_words(tree, cast, as_):
    client = as_(cast.secretary)
    for page in ("show_quality", "findings"):
        for question in ({"organisation": "khong co"}, {"organisation": tree.there.pk}, {"rule": "x", "state": "y"},
                         {"page": "9" * 30}, {"organisation": "9" * 40}):  # fmt: skip
            assert client.get(url(page), question).status_code == 200
    for ids in (["x"], ["9" * 25], ["9" * 18]):
        answer = client.post(url("assign_findings"), {"finding": ids, "due_on": "01/01/2199"})
        assert answer.status_code == 422
        assert client.post(url("fix_findings", tree.here.pk, "name_form"), {"finding": ids}).status_code == 200
    assert client.get(url("fix_findings", tree.here.pk, "duplicate")).status_code == 404


def test_an_organisation_asked_for_by_number_is_shown_by_its_name(tree, cast, as_):
    form = as_(cast.staff).get(url("findings"), {"organisation": tree.here.pk}).context["form"]
    assert form["organisation"].value() == "Chi bộ Khóm 1, Đảng bộ Phường Đông"


def test_findings_are_filtered_given_out_and_accepted_on_pages(tree, cast, shouted, as_):
    person(tree.here, born_on=date(1979, 1, 1))
    looked(tree.root, cast.staff)
    client = as_(cast.officer)
    listed = client.get(url("findings"), {"rule": "name_form"}).context["page"].object_list
    assert [row.finding.member for row in listed] == [shouted]
    client.post(f"{url('assign_findings')}?rule=name_form", {"all": "1", "owner": cast.secretary.pk})
    assert list(Finding.objects.exclude(owner=None).values_list("rule", flat=True)) == ["name_form"]
    mine = as_(cast.secretary).get(url("findings"), {"whose": "mine"}).context["page"].object_list
    assert [row.finding.rule for row in mine] == ["name_form"]
    finding = Finding.objects.get(rule="id_birth_year")
    client = as_(cast.secretary)
    assert client.post(url("accept_finding", finding.pk), {"reason": ""}).status_code == 200
    answer = client.post(url("accept_finding", finding.pk), {"reason": "hồ sơ gốc"}, follow=True)
    assert "Hoàn tác" in answer.content.decode()
    assert client.get(url("findings"), {"state": "accepted"}).context["page"].paginator.count == 1


def test_mending_shows_before_and_after_first(tree, cast, shouted, as_):
    looked(tree.root, cast.staff)
    client, page = as_(cast.secretary), url("fix_findings", tree.here.pk, "name_form")
    shown = client.get(page).content.decode()
    assert "LÊ THỊ HOA" in shown
    assert "Lê Thị Hoa" in shown
    answer = client.post(page, {"finding": [Finding.objects.get().pk]}, follow=True)
    assert url("undo_fix", QualityFix.objects.get().pk) in answer.content.decode()
    client.post(url("undo_fix", QualityFix.objects.get().pk))
    shouted.refresh_from_db()
    assert shouted.full_name == "LÊ THỊ HOA"


def test_pages_ask_the_same_for_one_and_for_thirty(tree, cast, shouted, as_):
    looked(tree.root, cast.staff)
    client = as_(cast.staff)
    pages = [url("show_quality"), url("findings"), f"{url('findings')}?organisation={tree.here.pk}",
             url("fix_findings", tree.here.pk, "name_form"), url("member_findings", shouted.pk)]  # fmt: skip
    few = [queries_of(client, page) for page in pages]
    for number in range(29):
        person(tree.here, full_name=f"TRẦN VĂN {'BCDEGHKLMN'[number % 10]}", born_on=date(1979, 1, 1 + number))
    looked(tree.root, cast.staff)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST
