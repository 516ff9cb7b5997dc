"""Organs of a committee, its seal, and who signs for it."""

from datetime import date

import pytest
from django.urls import reverse

from cells.actions import organs as actions
from cells.actions.documents import draft_document
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.frames import letterhead
from cells.models import LogEntry, Organ, OrganisationVersion
from cells.organs import Seal, proposed_organ, seal_on
from cells.ports import Signer, signers
from config.lib.workflow import NotAllowed
from members.models import Post
from tests.cells.tree_cases import TODAY, decision, do
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

SINCE, LATER = date(2025, 9, 1), date(2026, 3, 1)


def values(kind="inspection", started_on=SINCE, ended_on=None, **more):
    return {
        "kind": kind, "name": "Ủy ban Kiểm tra", "symbol": "UBKTĐU", "heading": "ỦY BAN KIỂM TRA",
        "decision": "QĐ 1", "started_on": started_on, "ended_on": ended_on, **more,
    }  # fmt: skip


@pytest.fixture
def organ(tree, cast):
    return actions.add_organ(tree.east, values(), by=cast.officer)


# --- acts -------------------------------------------------------------------------------------------------------------


def test_an_organ_is_entered_once_at_a_time(tree, cast, organ):
    with pytest.raises(NotAllowed, match="Đã có Ủy ban Kiểm tra từ 01/09/2025, chưa kết thúc"):
        actions.add_organ(tree.east, values(started_on=LATER), by=cast.officer)
    actions.add_organ(tree.east, values("office"), by=cast.officer)
    actions.add_organ(tree.west, values(), by=cast.staff)
    assert Organ.objects.count() == 3
    [office, first] = LogEntry.objects.about(tree.east).filter(action="cells.add_organ").order_by("-id")
    assert first.data == {"organ": "Ủy ban Kiểm tra", "since": "01/09/2025", "decision": "QĐ 1"}
    assert office.actor == cast.officer


def test_a_cell_has_no_organs(tree, cast):
    with pytest.raises(NotAllowed, match="Chi bộ không có"):
        actions.add_organ(tree.here, values(), by=cast.officer)


def test_an_organ_ends_and_not_twice(tree, cast, organ):
    with pytest.raises(NotAllowed, match="không thể trước"):
        actions.end_organ(organ, ended_on=SINCE, paper="", by=cast.officer)
    actions.end_organ(organ, ended_on=LATER, paper="QĐ 2", by=cast.officer)
    organ.refresh_from_db()
    assert organ.ended_on == LATER
    with pytest.raises(NotAllowed, match="đã kết thúc, đến hết ngày 28/02/2026"):
        actions.end_organ(organ, ended_on=LATER, paper="QĐ 2", by=cast.officer)
    actions.add_organ(tree.east, values(started_on=LATER), by=cast.officer)  # the next begins on that day


def test_a_wrong_organ_is_voided_and_written_anew(tree, cast, organ):
    actions.correct_organ(organ, values(symbol="UBKT"), reason="ghi nhầm", by=cast.officer)
    organ.refresh_from_db()
    assert (organ.void_reason, organ.voided_by) == ("ghi nhầm", cast.officer)
    [standing] = Organ.objects.standing()
    assert (standing.symbol, standing.started_on) == ("UBKT", SINCE)
    with pytest.raises(NotAllowed, match="đã được hủy bỏ"):
        actions.void_organ(organ, reason="nữa", by=cast.officer)
    actions.void_organ(standing, reason="không có thật", by=cast.officer)
    assert not Organ.objects.standing().exists()


def test_a_correction_that_cannot_be_leaves_everything(tree, cast, organ):
    actions.add_organ(tree.east, values("office"), by=cast.officer)
    with pytest.raises(NotAllowed, match="Đã có"):
        actions.correct_organ(organ, values("office"), reason="nhầm", by=cast.officer)
    organ.refresh_from_db()
    assert organ.voided_at is None


# --- the seal ---------------------------------------------------------------------------------------------------------


def test_the_seal_follows_the_kind_until_somebody_writes_it_down(tree, cast, system):
    part = add_organisation(OrganisationEntry("Đảng bộ bộ phận A", "part", SINCE), parent=tree.east, by=system)
    assert seal_on(tree.east, LATER) == Seal(True, True)
    assert seal_on(tree.here, LATER) == Seal(False, True, "Đảng bộ Phường Đông")
    assert seal_on(part, LATER) == Seal(False, True, "Đảng bộ Phường Đông")
    assert seal_on(part, date(2025, 7, 1)) is None
    actions.record_seal(tree.east, has_seal=False, on=LATER, decision="QĐ 9", by=cast.staff)
    assert seal_on(tree.here, LATER) == Seal(False, True, "Đảng ủy Sao Mai")
    assert seal_on(tree.here, date(2026, 2, 28)) == Seal(False, True, "Đảng bộ Phường Đông")


def test_a_seal_is_a_dated_part_of_the_history(tree, cast):
    actions.record_seal(tree.east, has_seal=True, on=LATER, decision="QĐ 9", by=cast.staff)
    first, second = OrganisationVersion.objects.standing().filter(organisation=tree.east).order_by("started_on")
    assert (first.ended_on, first.has_seal, second.started_on, second.has_seal) == (LATER, None, LATER, True)
    assert (second.name, second.parent, second.kind, second.symbol) == (
        first.name, first.parent, first.kind, first.symbol,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="không có gì thay đổi"):
        actions.record_seal(tree.east, has_seal=True, on=LATER, decision="QĐ 9", by=cast.staff)
    actions.record_seal(tree.east, has_seal=False, on=LATER, decision="QĐ 10", by=cast.staff)  # a correction
    standing = OrganisationVersion.objects.standing().filter(organisation=tree.east).order_by("started_on")
    assert [(row.started_on, row.has_seal) for row in standing] == [(date(2025, 7, 1), None), (LATER, False)]
    with pytest.raises(NotAllowed, match="chưa có hoặc không còn"):
        actions.record_seal(tree.east, has_seal=True, on=date(2020, 1, 1), decision="", by=cast.staff)


# --- who signs --------------------------------------------------------------------------------------------------------


@pytest.fixture
def heads(tree):
    def hold(name, title, since=SINCE, **more):
        member = MemberFactory(home=tree.here, full_name=name)
        return Post.objects.create(member=member, organisation=tree.east, title=title, started_on=since, **more)

    return [
        hold("Lê Văn Phó", "deputy"),
        hold("Trần Thị Đầu", "secretary", ended_on=LATER),
        hold("Đỗ Quyền", "secretary", manner="acting")
        .__class__.objects.filter(member__full_name="Đỗ Quyền")
        .update(started_on=LATER),
        hold("Ngô Ủy Viên", "committee_member"),
    ]


def test_the_head_of_the_day_signs_first(tree, heads):
    assert signers(tree.east, SINCE) == [Signer("Trần Thị Đầu", "BÍ THƯ"), Signer("Lê Văn Phó", "PHÓ BÍ THƯ")]
    assert signers(tree.east, LATER) == [Signer("Đỗ Quyền", "Q. BÍ THƯ"), Signer("Lê Văn Phó", "PHÓ BÍ THƯ")]
    assert signers(tree.west, SINCE) == []


def test_a_draft_names_the_head_and_the_page_everybody_who_may_sign(tree, cast, as_, heads):
    document = draft_document("ratings", tree.east, params={"year": 2025}, on=date(2026, 1, 5), by=cast.officer)
    assert (document.signer, document.signer_position) == ("Trần Thị Đầu", "BÍ THƯ")
    page = as_(cast.officer).get(reverse("cells:document", args=[document.pk])).content.decode()
    assert "Theo chức vụ hôm nay: Q. BÍ THƯ Đỗ Quyền; PHÓ BÍ THƯ Lê Văn Phó." in page


def test_nobody_known_leaves_the_name_open(tree, cast):
    document = draft_document("ratings", tree.east, params={"year": 2025}, on=date(2026, 1, 5), by=cast.officer)
    assert (document.signer, document.signer_position) == ("", "BÍ THƯ")


def test_on_whose_behalf(tree, cast, system):
    part = add_organisation(OrganisationEntry("Đảng bộ bộ phận A", "part", SINCE), parent=tree.east, by=system)
    assert [letterhead(body, LATER).authority for body in (tree.here, tree.east, part)] == [
        "T/M CHI BỘ", "T/M BAN THƯỜNG VỤ", "T/M ĐẢNG ỦY",
    ]  # fmt: skip
    actions.add_organ(tree.east, values(), by=cast.officer)
    assert letterhead(tree.east, LATER).authority == "T/M ĐẢNG ỦY"  # known to have organs, none is a standing committee
    actions.add_organ(tree.east, values("standing_committee"), by=cast.officer)
    assert letterhead(tree.east, LATER).authority == "T/M BAN THƯỜNG VỤ"


# --- pages ------------------------------------------------------------------------------------------------------------


def url(name, *args):
    return reverse(f"cells:{name}", args=args)


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 404), ("other_officer", 404), ("officer", 200), ("reader", 403)]
)
def test_who_enters_organs(tree, cast, as_, organ, who, status):
    client = as_(getattr(cast, who))
    for page in (url("add_organ", tree.east.pk), url("end_organ", organ.pk), url("correct_organ", organ.pk)):
        assert client.get(page).status_code == status, page


def test_an_organ_is_entered_with_the_names_that_the_catalogue_proposes(tree, cast, as_):
    form = {"kind": "inspection", "started_on": "01/09/2025"}
    assert as_(cast.officer).post(url("add_organ", tree.east.pk), form).status_code == 302
    organ = Organ.objects.get()
    assert (organ.name, organ.symbol, organ.heading) == ("Ủy ban Kiểm tra", "UBKTĐU", "ỦY BAN KIỂM TRA")
    assert proposed_organ("standing_committee", "ĐU")["symbol"] == "ĐU"
    again = as_(cast.officer).post(url("add_organ", tree.east.pk), form | {"name": "Tên gõ vào"}).content.decode()
    assert "Đã có Ủy ban Kiểm tra" in again
    assert "Tên gõ vào" in again


def test_a_seal_is_not_written_before_a_later_change(tree, cast):
    """It would hold until that change alone, and the change could not be taken back over it."""
    event = do(verbs.rename(tree.east, {"name": "Đảng bộ Mới"}, decision=decision()), cast.staff)
    with pytest.raises(NotAllowed, match="01/03/2026"):
        actions.record_seal(tree.east, has_seal=True, on=date(2026, 1, 1), decision="QĐ 9", by=cast.staff)
    undo_event(event, reason="nhầm", on=TODAY, by=cast.staff)
    assert [row.ended_on for row in tree.east.versions.standing()] == [None]


def test_organs_and_seal_as_of_a_day(tree, cast, as_, organ):
    page = as_(cast.officer).get(url("organs", tree.east.pk)).content.decode()
    for words in (
        "UBKTĐU",
        "Có con dấu",
        "mặc định của phần mềm",
        url("end_organ", organ.pk),
        url("add_organ", tree.east.pk),
    ):
        assert words in page, words
    assert "không có vào ngày đang xem" not in page
    before = as_(cast.reader).get(url("organs", tree.east.pk) + "?on=01/08/2025").content.decode()
    assert "không có vào ngày đang xem" in before
    assert url("end_organ", organ.pk) not in before
    cell = as_(cast.secretary).get(url("organs", tree.here.pk) + "?on=hôm qua").content.decode()
    assert "Đảng bộ Phường Đông đóng dấu" in cell
    assert "Không hiểu ngày" in cell
    assert "Cơ quan</h2>" not in cell


def test_the_page_of_an_organisation_leads_to_committee_and_organs(tree, cast, as_):
    page = as_(cast.officer).get(url("organisation", tree.east.pk)).content.decode()
    assert reverse("members:committee", args=[tree.east.pk]) in page
    assert url("organs", tree.east.pk) in page


def test_ending_correcting_and_the_seal_on_pages(tree, cast, as_, organ):
    client = as_(cast.officer)
    assert client.post(url("end_organ", organ.pk), {"last_day": "28/02/2026"}).status_code == 302
    organ.refresh_from_db()
    assert organ.ended_on == LATER
    fixed = {"kind": "inspection", "name": "UBKT", "started_on": "01/09/2025", "reason": "sai tên"}
    assert client.post(url("correct_organ", organ.pk), fixed).status_code == 302
    [standing] = Organ.objects.standing()
    assert (standing.name, standing.ended_on) == ("UBKT", None)
    assert client.post(url("void_organ", standing.pk), {"reason": ""}).status_code == 200
    assert client.post(url("void_organ", standing.pk), {"reason": "nhầm"}).status_code == 302
    assert client.get(url("end_organ", standing.pk)).status_code == 404
    seal = {"has_seal": "no", "on": "01/03/2026", "decision": "QĐ 5"}
    assert client.post(url("record_seal", tree.east.pk), seal).status_code == 302
    assert "đã ghi như vậy" in client.post(url("record_seal", tree.east.pk), seal).content.decode()


def test_a_new_term_leads_to_the_posts_of_the_old_one(tree, cast, as_, heads):
    form = {"name": "2026–2030", "started_on": "01/10/2026"}
    answer = as_(cast.officer).post(url("add_term", tree.east.pk), form)
    assert answer.url == reverse("members:end_term_posts", args=[tree.east.pk])
    assert as_(cast.officer).post(url("add_term", tree.here.pk), form).url == url("organisation", tree.here.pk)


def test_as_many_queries_for_many_organs_as_for_one(tree, cast, as_, organ):
    page = url("organs", tree.east.pk)
    few = queries_of(as_(cast.officer), page)
    Organ.objects.bulk_create(
        Organ(organisation=tree.east, kind="office", name=f"Văn phòng {n}", started_on=SINCE) for n in range(30)
    )
    assert queries_of(as_(cast.officer), page) == few
    assert few <= MOST
