"""Numbers that an undo would give back while somebody else holds them; a number taken while a file is written."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from members.actions.imports import FileToCheck, ImportRefused, check_file, commit_batch, undo_batch
from members.actions.merging import MergeEntry, merge_members, undo_merge
from members.enums import BatchState
from members.models import Member, Merge
from tests.factories import MemberFactory
from tests.members.importing.sheets import person, workbook
from tests.races import just_before_insert

ON = date(2026, 10, 31)


@pytest.fixture
def look(tree, system):
    """Check a small list: the batch in preview."""
    return lambda *people: check_file(FileToCheck(workbook(*people), "ds.xlsx", ON), organisation=tree.root, by=system)


@pytest.fixture
def write(look, system):
    """Check and write a small list."""
    return lambda *people: commit_batch(look(*people), by=system)


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


@pytest.mark.parametrize("who", ["merged", "survivor"])
@pytest.mark.parametrize("home", ["next_door", "far"])
def test_a_number_given_to_somebody_else_since_stands_against_it(tree, cast, who, home):
    survivor = MemberFactory(home=tree.here, full_name="Lê Thị Hòa", sex="female", personal_id="096180600001")
    merged = MemberFactory(home=tree.here, full_name="Lê Thị Hoà", sex="female", personal_id="096180600002")
    dropped = {"merged": "096180600002", "survivor": "096180600001"}[who]
    picks = {"personal_id": "survivor" if who == "merged" else "merged"}
    done = merge_members(survivor, merged, MergeEntry(picks, "một người", (1, 1)), on=ON, by=cast.staff)
    MemberFactory(home=getattr(tree, home), full_name="Trần Thị Khác", personal_id=dropped)
    with pytest.raises(ValidationError) as refused:
        undo_merge(done, reason="nhầm", on=ON, by=cast.officer)
    words = " ".join(refused.value.messages)
    assert "Số định danh cá nhân đã bỏ ra nay ghi ở hồ sơ của" in words
    assert ("Trần Thị Khác" in words, "ngoài phạm vi" in words) == (home == "next_door", home == "far")
    assert Merge.objects.standing().count() == 1
    assert not Member.objects.standing().filter(pk=merged.pk).exists()
