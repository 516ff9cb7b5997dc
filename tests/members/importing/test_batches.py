"""A batch: checked, written, taken back; rows saved by hand; scope and clashes."""

from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cells.models import LogEntry, Organisation
from members.actions.facts import add_overlay
from members.actions.import_batches import map_columns
from members.actions.import_rows import save_row
from members.actions.imports import (
    FileToCheck,
    ImportRefused,
    PreviewChanged,
    UndoRefused,
    check_file,
    commit_batch,
    keep_mapping,
    undo_batch,
)
from members.actions.record import correct_member
from members.enums import BatchState, MembershipKind, StartReason, Topic
from members.importing.analysis import read_file
from members.models import ImportChange, Member, Membership, Overlay, Particular, PartyCard, Post, SavedRow
from tests.factories import MemberFactory
from tests.members.importing.dump import canonical_dump
from tests.members.importing.sheets import person, workbook
from tests.races import just_before_insert

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 31)


@pytest.fixture
def look(tree, system):
    """Check a small list: the batch in preview."""

    def check(*people, organisation=None, **options):
        file = FileToCheck(workbook(*people), "ds.xlsx", **{"on": ON, **options})
        return check_file(file, organisation=organisation or tree.root, by=system)

    return check


@pytest.fixture
def write(look, system):
    """Check and write a small list."""
    return lambda *people, **options: commit_batch(look(*people, **options), by=system)


def codes(batch):
    return [(each["row"], each["column"], each["code"]) for each in batch.report["problems"]]


# --- writing ---------------------------------------------------------------------------------------------------------


def test_a_preview_writes_nothing_about_people(look):
    batch = look(person())
    assert (batch.state, batch.report["created"]) == (BatchState.PREVIEW, 1)
    assert Member.objects.count() == Membership.objects.count() == ImportChange.objects.count() == 0


def test_what_a_row_creates(write, tree, system):
    row = person(
        "LÊ  AN (Tư An)",
        **{
            "Dân tộc": "KHMER", "Tôn giáo": "K", "Trình độ chuyên môn": "ĐH Luật", "Giáo dục phổ thông": "9/12",
            "Chức vụ Đảng": "BTCB", "Số thẻ đảng viên": 62010485, "Nghề nghiệp": "Nông dân",
        },
    )  # fmt: skip
    batch = write(row)
    [member] = Member.objects.all()
    assert (member.full_name, member.alias, member.ethnic, member.former_card_number, member.home) == (
        "Lê An", "Tư An", "khmer", "62010485", tree.here,
    )  # fmt: skip
    assert (member.search_key, member.recorded_by, member.revision) == ("le an tu an", system, 1)
    [membership] = Membership.objects.all()
    assert (membership.organisation, membership.kind, membership.start_reason, membership.started_on) == (
        tree.here, MembershipKind.OFFICIAL, StartReason.OPENING, ON,
    )  # fmt: skip
    answers = {(fact.topic, fact.value, fact.text, fact.started_on) for fact in Particular.objects.all()}
    assert answers == {
        (Topic.RELIGION, "none", "", ON),
        (Topic.DEGREE, "bachelor", "ĐH Luật", ON),
        (Topic.GENERAL_EDUCATION, "lower_secondary", "9/12", ON),
        (Topic.OCCUPATION, "unknown", "Nông dân", ON),
    }
    [post] = Post.objects.all()
    assert (post.member, post.organisation, post.title) == (member, tree.here, "secretary")
    [entry] = LogEntry.objects.filter(action="members.commit_batch")
    assert (entry.actor, entry.data["sha256"], entry.data["created"]) == (system, batch.sha256, 1)
    assert len(batch.sha256) == 64


def test_a_second_writing_is_refused(write, system):
    batch = write(person())
    with pytest.raises(ImportRefused, match="không còn chờ ghi"):
        commit_batch(batch, by=system)
    assert Member.objects.count() == 1


def test_a_change_is_shown_with_before_and_after_and_ends_the_former_answer(write, look, system):
    write(person(**{"Lý luận chính trị": "SC", "Quê quán": "Cà Mau"}))
    later = look(person(**{"Lý luận chính trị": "TC", "Quê quán": "Bạc Liêu"}), on=date(2027, 3, 1))
    [verdict] = later.report["verdicts"]
    assert verdict["changes"] == [
        {"label": "Quê quán", "before": "Cà Mau", "after": "Bạc Liêu", "sensitive": False},
        {"label": "Trình độ lý luận chính trị", "before": "Sơ cấp", "after": "Trung cấp", "sensitive": False},
    ]
    commit_batch(later, by=system)
    member = Member.objects.get()
    assert (member.home_place, member.revision) == ("Bạc Liêu", 2)
    rows = Particular.objects.filter(topic=Topic.THEORY).order_by("started_on")
    assert [(fact.value, fact.started_on, fact.ended_on) for fact in rows] == [
        ("elementary", ON, date(2027, 3, 1)),
        ("intermediate", date(2027, 3, 1), None),
    ]


def test_an_empty_cell_erases_nothing(write):
    write(person(**{"Quê quán": "Cà Mau"}))
    batch = write(person(**{"Quê quán": None}))
    assert batch.report["unchanged"] == 1
    assert Member.objects.get().home_place == "Cà Mau"


@pytest.mark.parametrize("number", [pytest.param("096080000001", id="M28")])
def test_a_birth_date_on_record_is_not_changed(write, number):
    write(person())
    batch = write(person(**{"Ngày sinh": "06/03/1980", "Số định danh cá nhân": number}))
    assert batch.report["unchanged"] == 1
    [difference] = batch.report["differences"]
    assert (difference["code"], difference["value"], difference["known"]) == (
        "born_differs",
        "06/03/1980",
        "05/03/1980",
    )
    assert Member.objects.get().born_on == date(1980, 3, 5)


def test_a_known_person_in_another_cell_is_reported_and_not_moved(write, tree):
    write(person())
    batch = write(person(**{"Chi bộ": "Chi bộ Khóm 2 - Đảng bộ Phường Đông"}))
    assert [each["code"] for each in batch.report["differences"]] == ["cell_differs"]
    assert Member.objects.get().home == tree.here


def test_a_doubted_value_does_not_replace_the_one_on_record(write):
    write(person())
    batch = write(person(**{"Giới tính": "Nữ"}))
    assert codes(batch) == [(2, "G", "id_sex_mismatch")]
    assert (batch.report["unchanged"], Member.objects.get().sex) == (1, "male")


# --- recognising -----------------------------------------------------------------------------------------------------


def test_a_name_alone_is_nobody(write):
    write(person())
    batch = write(person(**{"Số định danh cá nhân": None, "Ngày sinh": None}))
    assert batch.report["created"] == 1


def test_name_and_birth_date_recognise_unless_a_number_speaks_against_it(write):
    write(person())
    assert write(person(**{"Số định danh cá nhân": None})).report["unchanged"] == 1
    assert write(person(**{"Số định danh cá nhân": "096080000002"})).report["created"] == 1


def test_another_spelling_of_a_name_is_the_same_person(write):
    write(person("Hoàng Thị Thúy", **{"Giới tính": "Nữ", "Số định danh cá nhân": "096180000001"}))
    batch = write(person("HOÀNG THỊ THUÝ", **{"Giới tính": "Nữ", "Số định danh cá nhân": "096180000001"}))
    assert batch.report["unchanged"] == 1


def test_a_known_number_under_another_name_and_birth_date_is_somebody_elses(write):
    write(person())
    batch = write(person("Trần Bình", **{"Ngày sinh": "01/01/1980"}))
    assert (codes(batch), batch.report["refused"]) == ([(2, "G", "id_duplicate")], 1)


def test_a_known_number_under_another_name_and_the_same_birth_date_is_a_warning(write):
    write(person())
    batch = write(person("Lê Ân Trung"))
    assert codes(batch) == [(2, "B", "name_differs")]
    assert Member.objects.get().full_name == "Lê An"


# --- scope -----------------------------------------------------------------------------------------------------------


def test_cells_outside_the_branch_are_unknown(look, tree):
    batch = look(person(), organisation=tree.west)
    assert codes(batch) == [(2, "H", "unknown_cell")]


def test_a_number_known_outside_the_branch_reveals_nothing(look, tree, system):
    holder = MemberFactory(home=tree.there, full_name="Trần Bí Mật", personal_id="096080000001")
    batch = look(person("Lê An"), organisation=tree.east)
    [found] = batch.report["problems"]
    assert (found["code"], found["message"]) == (
        "number_known_elsewhere",
        "Số này đã có trong hệ thống, đã chuyển cấp trên đối chiếu",
    )
    assert "Bí Mật" not in str(batch.report)
    assert str(holder.pk) not in str(batch.report)
    [duty] = LogEntry.objects.filter(action="members.report_clash")
    assert (duty.organisation, duty.actor) == (tree.root, system)


def test_a_person_known_outside_the_branch_is_not_matched_by_name(write, tree):
    MemberFactory(home=tree.there, full_name="Lê An", born_on=date(1980, 3, 5))
    batch = write(person(**{"Số định danh cá nhân": None}), organisation=tree.east)
    assert batch.report["created"] == 1


# --- taking back -----------------------------------------------------------------------------------------------------


def test_undo_leaves_the_record_as_it_was(write, system):
    write(person("Lê An", **{"Lý luận chính trị": "SC"}))
    before = canonical_dump()
    official = {"Số thẻ đảng viên": "096080000001", "Lý luận chính trị": "CC", "Quê quán": "Cà Mau"}
    batch = write(person("Lê An", **official), person("Lê Bình", **{"Số định danh cá nhân": "096080000002"}))
    assert (batch.report["created"], batch.report["updated"]) == (1, 1)
    assert canonical_dump() != before
    undone = undo_batch(batch, by=system)
    assert (undone.state, canonical_dump()) == (BatchState.UNDONE, before)
    assert LogEntry.objects.filter(action="members.undo_batch").count() == 1
    with pytest.raises(ImportRefused):
        undo_batch(batch, by=system)


def test_undo_of_the_samples_in_reverse_order(load, system):
    dumps, batches = [canonical_dump()], []
    for sample in ("danh-sach-chi-bo.xlsx", "file-nhap-lieu-4.0.xlsx"):
        batches.append(load(sample))
        dumps.append(canonical_dump())
    for batch in reversed(batches):
        assert canonical_dump() == dumps.pop()
        undo_batch(batch, by=system)
    assert canonical_dump() == dumps.pop()


def test_undo_is_refused_when_a_record_was_corrected_since(write, system):
    batch = write(person("Lê An"), person("Lê Bình", **{"Số định danh cá nhân": "096080000002"}))
    edited = Member.objects.get(full_name="Lê Bình")
    correct_member(edited, {"home_place": "Cà Mau"}, revision=1, reason="ghi sai", by=system)
    before = canonical_dump()
    with pytest.raises(UndoRefused, match="Lê Bình") as refusal:
        undo_batch(batch, by=system)
    assert refusal.value.members == [edited]
    assert canonical_dump() == before


def test_undo_is_refused_when_something_was_added_to_a_person_since(write, system):
    batch = write(person())
    member = Member.objects.get()
    add_overlay(member, {"kind": "exempt", "started_on": ON}, by=system)
    with pytest.raises(UndoRefused):
        undo_batch(batch, by=system)
    assert Overlay.objects.standing().count() == 1


def test_undo_of_the_first_of_two_batches_is_refused(write, system):
    first = write(person())
    second = write(person(**{"Quê quán": "Cà Mau"}))
    with pytest.raises(UndoRefused):
        undo_batch(first, by=system)
    undo_batch(second, by=system)
    undo_batch(first, by=system)
    assert Member.objects.standing().count() == 0


@pytest.mark.parametrize(("home", "told"), [("next_door", r"Trần Bình \(Chi bộ Khóm 2\)"), ("there", "ngoài phạm vi")])
def test_undo_is_refused_in_words_when_a_freed_number_was_given_to_somebody_else(write, cast, tree, system, home, told):
    write(person(**{"Số thẻ đảng viên": "096080000001"}))
    Member.objects.update(card_number="096080000009")
    batch = write(person(**{"Số thẻ đảng viên": "096080000001"}))
    assert Member.objects.get().card_number == "096080000001"
    other = MemberFactory(home=getattr(tree, home), full_name="Trần Bình", card_number="096080000009")
    with pytest.raises(ImportRefused, match=told) as refused:
        undo_batch(batch, by=cast.officer)
    assert ("Trần Bình" in str(refused.value)) == (home == "next_door")
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    assert Member.objects.exclude(pk=other.pk).get().card_number == "096080000001"
    Member.objects.filter(pk=other.pk).update(card_number="")
    undo_batch(batch, by=cast.officer)
    assert Member.objects.exclude(pk=other.pk).get().card_number == "096080000009"


def test_a_number_taken_in_the_very_moment_of_writing_refuses_the_file(look, tree, system):
    batch = look(person())
    taken = partial(MemberFactory, home=tree.there, personal_id="096080000001")
    with just_before_insert(Member, taken), pytest.raises(ImportRefused, match="Trong lúc ghi có người vừa ghi"):
        commit_batch(batch, by=system)
    batch.refresh_from_db()
    assert (batch.state, Member.objects.count()) == (BatchState.PREVIEW, 0)


def test_the_same_file_may_come_again_after_an_undo(write, system):
    undo_batch(write(person()), by=system)
    assert write(person()).report["created"] == 1


def with_card(n, **values):
    """Somebody on record whose card in use has a row of its own."""
    values = {"number": f"0960800000{n:02d}", "issued_on": date(2025, 12, 1), **values}
    member = Member.objects.get(personal_id=f"0960800000{n:02d}")
    return PartyCard.objects.create(member=member, kind="first", place="TU", **values)


def row_of(n, **cells):
    number = f"0960800000{n:02d}"
    return person(f"Lê Văn {chr(65 + n)}", **{"Số định danh cá nhân": number, "Số thẻ đảng viên": number, **cells})


def test_a_card_in_use_follows_the_list_and_an_undo_brings_it_back(write, system):
    write(row_of(1))
    old = with_card(1, handed_on=date(2025, 12, 5))
    before = canonical_dump()
    batch = write(row_of(1, **{"Số thẻ đảng viên": "096080000091", "Ngày cấp thẻ": "02/12/2025"}))
    [card] = PartyCard.objects.standing()
    assert (card.number, card.issued_on, card.handed_on, card.kind) == (
        "096080000091", date(2025, 12, 2), date(2025, 12, 5), "first",
    )  # fmt: skip
    assert (card.recorded_by, Member.objects.get().card_number) == (system, card.number)
    undo_batch(batch, by=system)
    assert canonical_dump() == before
    assert PartyCard.objects.standing().get() == old


def test_a_new_form_of_card_in_a_list_ends_the_old_one(write, system):
    write(row_of(1, **{"Số thẻ đảng viên": "62010485"}))
    old = with_card(1, number="62010485", issued_on=date(2006, 9, 2))
    batch = write(row_of(1, **{"Ngày cấp thẻ": "02/12/2025"}))
    old.refresh_from_db()
    assert (old.ended_on, old.end_reason) == (date(2025, 12, 2), "exchange")
    assert PartyCard.objects.in_use().get().number == "096080000001"
    undo_batch(batch, by=system)
    assert PartyCard.objects.standing().get() == old
    assert PartyCard.objects.in_use().get() == old


def test_many_cards_follow_with_as_many_queries_as_one(look, write, system):
    def queries(numbers, day):
        batch = look(*(row_of(n, **{"Ngày cấp thẻ": day}) for n in numbers))
        with CaptureQueriesContext(connection) as captured:
            commit_batch(batch, by=system)
        return len(captured)

    write(*map(row_of, range(1, 20)))
    for n in range(1, 20):
        with_card(n)
    one = queries([1], "02/12/2025")
    assert queries(range(2, 20), "03/12/2025") == one
    assert PartyCard.objects.in_use().filter(issued_on=date(2025, 12, 3)).count() == 18


# --- a refused row by hand -------------------------------------------------------------------------------------------


def test_a_refused_row_is_saved_with_a_reason(write, system):
    batch = write(person(**{"Ngày sinh": "31/02/1980"}))
    assert batch.report["refused"] == 1
    member = save_row(batch, 2, reason="hồ sơ gốc thất lạc", by=system)
    assert (member.full_name, member.born_on, member.admitted_on) == ("Lê An", None, date(2005, 5, 19))
    saved = SavedRow.objects.get()
    assert (saved.row, saved.member, saved.reason, saved.saved_by) == (2, member, "hồ sơ gốc thất lạc", system)
    with pytest.raises(ImportRefused):
        save_row(batch, 2, reason="lần nữa", by=system)
    undo_batch(batch, by=system)
    assert Member.objects.standing().count() == 0


def test_a_refused_row_is_saved_with_corrected_cells(write, system):
    batch = write(person(**{"Ngày sinh": "31/02/1980"}))
    member = save_row(batch, 2, reason="theo căn cước", by=system, values={"born": "28/02/1980"})
    assert member.born_on == date(1980, 2, 28)


def test_an_admission_before_eighteen_is_kept_when_a_person_says_so(write, system):
    batch = write(person(**{"Ngày vào Đảng": "19/05/1996", "Ngày chính thức": "19/05/1997"}))
    assert codes(batch) == [(2, "E", "under_18_at_admission")]
    assert save_row(batch, 2, reason="đúng hồ sơ", by=system).admitted_on == date(1996, 5, 19)


@pytest.mark.parametrize(
    ("row", "reason", "sentence"),
    [
        (person(**{"Ngày sinh": "31/02/1980"}), "  ", "lý do"),
        (person(None), "không rõ", "Thiếu họ tên"),
        (person(**{"Chi bộ": "Chi bộ Khóm 99"}), "không rõ", "Chi bộ chưa có"),
        (person(), "không rõ", "không phải là dòng bị từ chối"),
    ],
)
def test_what_cannot_be_saved_by_hand(write, system, row, reason, sentence):
    batch = write(row)
    with pytest.raises(ImportRefused, match=sentence):
        save_row(batch, 2, reason=reason, by=system)
    assert SavedRow.objects.count() == 0


# --- the mapping -----------------------------------------------------------------------------------------------------


def test_a_kept_mapping_reads_the_next_file_of_its_source(tree, system):
    content = workbook(person(**{"Tên": None, "Biệt danh": "Tư An"}))
    header = read_file(content, "a.xlsx").header
    letters = {"name": "B", "born": "C", "personal_id": "G", "cell": "H", "alias": "J"}
    kept = keep_mapping(header, letters, organisation=tree.root, by=system)
    batch = check_file(FileToCheck(content, "a.xlsx", ON), organisation=tree.east, by=system)
    assert batch.mapping == kept.mapping == letters
    commit_batch(batch, by=system)
    member = Member.objects.get()
    assert (member.alias, member.admitted_on, member.home) == ("Tư An", None, tree.here)


def test_a_mapping_of_another_branch_is_not_used(tree, system):
    content = workbook(person())
    header = read_file(content, "a.xlsx").header
    keep_mapping(header, {"name": "B", "cell": "H"}, organisation=tree.west, by=system)
    batch = check_file(FileToCheck(content, "a.xlsx", ON), organisation=tree.east, by=system)
    assert "born" in batch.mapping


def test_the_cells_name_may_be_left_out_where_there_is_one_cell(tree, system):
    content = workbook(person(**{"Chi bộ": None}))
    batch = check_file(FileToCheck(content, "a.xlsx", ON), organisation=tree.here, by=system)
    assert batch.report["created"] == 1


# --- what is written is what was shown --------------------------------------------------------------------------------


def test_a_record_that_changed_since_the_preview_refuses_the_file_in_words(write, look, system):
    write(person(**{"Quê quán": "Cà Mau"}))
    batch = look(person(**{"Quê quán": "Bạc Liêu"}), person("Lê Bình", **{"Số định danh cá nhân": "096080000002"}))
    member = Member.objects.get()
    Member.objects.filter(pk=member.pk).update(home_place="Bạc Liêu")
    with pytest.raises(PreviewChanged, match=r"Dòng 2 \(Lê An\): trước sửa, nay không đổi"):
        commit_batch(batch, by=system)
    assert Member.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEW
    again = map_columns(batch, batch.mapping, on=batch.as_of, by=system)
    commit_batch(again, by=system)
    assert Member.objects.count() == 2


def test_other_values_to_be_changed_refuse_the_file_too(write, look, system):
    write(person(**{"Quê quán": "Cà Mau"}))
    batch = look(person(**{"Quê quán": "Bạc Liêu"}))
    Member.objects.update(home_place="Kiên Giang")
    with pytest.raises(PreviewChanged, match="nhưng chỗ sửa nay khác"):
        commit_batch(batch, by=system)
    assert Member.objects.get().home_place == "Kiên Giang"


def test_a_new_person_who_would_come_into_another_cell_refuses_the_file(look, tree, system):
    batch = look(person(), organisation=tree.root)
    names = {tree.here.pk: tree.next_door.name, tree.next_door.pk: tree.here.name}
    for organisation in Organisation.objects.filter(pk__in=names):
        organisation.name = names[organisation.pk]
        organisation.save(update_fields=["name"])
    with pytest.raises(PreviewChanged, match="người mới sẽ vào chi bộ khác"):
        commit_batch(batch, by=system)
    assert Member.objects.count() == 0
