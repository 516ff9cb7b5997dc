"""Party cards: asked for, given out, exchanged, lost, damaged, looked at; numbers kept for ever and never doubled."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.actions import badges, cards
from members.actions.endings import EndingEntry, record_death
from members.actions.record import NumberKnown, correct_member
from members.badge_printing import collect_cards
from members.models import CardCheck, Member, PartyCard
from tests.factories import MemberFactory

TODAY = date(2026, 11, 23)
SPRING = date(2026, 3, 2)


@pytest.fixture
def by(cast):
    return cast.staff


def person(tree, **values):
    return MemberFactory(home=tree.here, **values)


def fresh(member):
    return Member.objects.get(pk=member.pk)


def entry(number="", on=SPRING, **more):
    return cards.CardEntry(number, on, "Tỉnh ủy Cà Mau", **more)


def kinds(member):
    return list(PartyCard.objects.standing().filter(member=member).order_by("id").values_list("kind", "end_reason"))


def test_a_newly_recognised_member_is_asked_for_and_given_a_card(tree, by):
    member = person(tree)
    cards.request_cards(tree.root, [member], on=SPRING, by=by)
    with pytest.raises(ValidationError, match="đã có đề nghị"):
        cards.request_cards(tree.root, [member], on=SPRING, by=by)
    cards.issue_cards(tree.root, [(member, entry())], by=by)  # the number is the personal number
    now = fresh(member)
    assert (now.card_number, now.card_issued_on, now.card_issued_by) == (member.personal_id, SPRING, "Tỉnh ủy Cà Mau")
    assert kinds(member) == [("first", "")]
    with pytest.raises(ValidationError, match="đang có thẻ mẫu mới"):
        cards.request_cards(tree.root, [now], on=SPRING, by=by)


def test_a_probationary_member_gets_none(tree, by):
    member = person(tree, official_on=None)
    with pytest.raises(ValidationError, match="chưa là đảng viên chính thức"):
        cards.request_cards(tree.root, [member], on=SPRING, by=by)
    with pytest.raises(ValidationError, match="chưa là đảng viên chính thức"):
        cards.issue_card(member, entry(), by=by)
    assert PartyCard.objects.count() == 0


def test_exchange_keeps_the_old_number_for_ever(tree, by):
    member = person(tree, former_card_number="96012345", card_issued_on=date(2006, 9, 2))
    cards.issue_card(member, entry(), by=by)
    now = fresh(member)
    assert (now.card_number, now.former_card_number) == (member.personal_id, "96012345")
    old, new = PartyCard.objects.order_by("issued_on")
    assert (old.number, old.issued_on, old.ended_on, old.end_reason) == (
        "96012345", date(2006, 9, 2), SPRING, "exchange",
    )  # fmt: skip
    assert (new.number, new.kind) == (member.personal_id, "exchange")


@pytest.mark.parametrize(
    ("number", "on"),
    [("96012345", SPRING), ("096080500001", date(2025, 8, 1)), ("09608050000x", SPRING)],
    ids=["eight digits today", "twelve before 02/09/2025", "no digits"],
)
def test_the_number_has_the_form_of_its_day(tree, by, number, on):
    with pytest.raises(ValidationError, match="chữ số"):
        cards.issue_card(person(tree), entry(number, on), by=by)


def test_the_old_form_was_given_out_before(tree, by):
    member = person(tree)
    cards.issue_card(member, entry("96012345", date(2025, 8, 1)), by=by)
    assert (fresh(member).former_card_number, fresh(member).card_number) == ("96012345", "")


def test_a_lost_card_is_asked_for_again_under_the_same_number(tree, by):
    member = person(tree)
    Member.objects.filter(pk=member.pk).update(card_number=member.personal_id, card_issued_on=date(2025, 12, 1))
    cards.report_loss(member, on=date(2026, 2, 1), note="mất khi đi lũ", by=by)
    with pytest.raises(ValidationError, match="chưa ghi thẻ nào đang dùng"):
        cards.report_loss(member, on=date(2026, 2, 1), note="", by=by)
    cards.issue_card(member, entry(), by=by)
    assert kinds(member) == [("first", "loss"), ("loss", "")]
    assert fresh(member).card_issued_on == SPRING


def test_a_loss_reported_by_mistake_is_taken_back_with_its_request(tree, by):
    member = person(tree)
    card = cards.issue_card(member, entry(), by=by)
    cards.report_loss(member, on=date(2026, 4, 1), note="", by=by)
    cards.void_card(PartyCard.objects.asked_for().get(), reason="thẻ tìm thấy", by=by)
    assert kinds(member) == [("first", "")]
    assert PartyCard.objects.in_use().get() == card
    cards.report_loss(member, on=date(2026, 5, 1), note="", by=by)  # it can be lost again
    assert kinds(member) == [("first", "loss"), ("loss", "")]


def test_a_request_of_another_kind_taken_back_leaves_an_earlier_loss(tree, by):
    member = person(tree, former_card_number="96012345")
    PartyCard.objects.create(member=member, kind="first", number="96012345", issued_on=date(2006, 9, 2),
                             ended_on=SPRING, end_reason="loss")  # fmt: skip
    cards.request_cards(tree.root, [member], on=SPRING, by=by)
    cards.void_card(PartyCard.objects.asked_for().get(), reason="đề nghị nhầm", by=by)
    assert kinds(member) == [("first", "loss")]


def test_a_damaged_card_stays_in_use_until_the_next_one(tree, by):
    member = person(tree)
    cards.issue_card(member, entry(), by=by)
    with pytest.raises(ValidationError, match="đang có thẻ cùng mẫu"):
        cards.issue_card(member, entry(on=date(2026, 4, 1)), by=by)
    cards.report_damage(member, on=date(2026, 4, 1), note="", by=by)
    assert kinds(member) == [("first", ""), ("damage", "")]
    cards.issue_card(member, entry(on=date(2026, 5, 1)), by=by)
    assert kinds(member) == [("first", "damage"), ("damage", "")]


def test_a_number_of_somebody_else_is_refused_even_an_old_one(tree, by):
    holder, member = person(tree, former_card_number="96012345"), person(tree)
    cards.issue_card(holder, entry(), by=by)
    with pytest.raises(NumberKnown) as known:
        cards.issue_card(member, entry(holder.personal_id), by=by)
    assert known.value.holders == {"card_number": holder}
    with pytest.raises(NumberKnown):
        cards.issue_card(member, entry("96012345", date(2025, 8, 1)), by=by)
    assert kinds(member) == []


def test_a_card_is_not_handed_over_before_it_was_issued(tree, by):
    member = person(tree)
    with pytest.raises(ValidationError, match="thẻ cấp ngày 02/03/2026 không thể giao trước ngày đó"):
        cards.issue_card(member, entry(handed_on=date(2026, 3, 1)), by=by)
    assert cards.issue_card(member, entry(handed_on=SPRING), by=by).handed_on == SPRING


# --- the columns of the record and the cards say the same


def corrected(member, by, **columns):
    now = fresh(member)
    return correct_member(now, columns, revision=now.revision, reason="ghi sai số", by=by)


def test_a_corrected_number_is_that_of_the_card_in_use_and_blocks_nobody(tree, by):
    member, owner = person(tree), person(tree)
    typed = cards.issue_card(member, entry(owner.personal_id, decision="3-QĐ", handed_on=date(2026, 3, 9)), by=by)
    corrected(member, by, card_number=member.personal_id, card_issued_on=date(2026, 3, 3))
    card = PartyCard.objects.in_use().get()
    assert (card.number, card.issued_on, card.place, card.decision, card.handed_on, card.kind) == (
        member.personal_id, date(2026, 3, 3), "Tỉnh ủy Cà Mau", "3-QĐ", date(2026, 3, 9), "first",
    )  # fmt: skip
    typed.refresh_from_db()
    assert typed.void_reason == "sửa thông tin thẻ trong hồ sơ: ghi sai số"
    cards.issue_card(owner, entry(), by=by)
    cards.report_loss(member, on=date(2026, 6, 1), note="", by=by)
    card.refresh_from_db()
    assert card.end_reason == "loss"


def test_a_corrected_former_number_is_that_of_the_card_before(tree, by):
    member, owner = person(tree, former_card_number="96012345"), person(tree)
    new = cards.issue_card(member, entry(), by=by)
    corrected(member, by, former_card_number="96054321")
    standing = PartyCard.objects.standing()
    assert set(standing.values_list("number", "end_reason")) == {("96054321", "exchange"), (member.personal_id, "")}
    assert PartyCard.objects.in_use().get() == new
    cards.issue_card(owner, entry("96012345", date(2025, 8, 1)), by=by)


def test_a_dropped_number_brings_the_card_before_back_to_use(tree, by):
    member = person(tree, former_card_number="96012345", card_issued_on=date(2006, 9, 2))
    cards.issue_card(member, entry(), by=by)
    corrected(member, by, card_number="", card_issued_on=date(2006, 9, 2), card_issued_by="")
    card = PartyCard.objects.standing().get()
    assert (card.number, card.ended_on, card.issued_on) == ("96012345", None, date(2006, 9, 2))


def test_another_correction_leaves_the_cards_alone(tree, by):
    member = person(tree)
    card = cards.issue_card(member, entry(), by=by)
    corrected(member, by, alias="Hai")
    assert PartyCard.objects.get() == card
    nobody = person(tree, card_number="096080500777")
    corrected(nobody, by, card_number="096080500778")
    assert PartyCard.objects.count() == 1  # without rows the columns alone say it


def test_a_row_that_has_parted_from_the_columns_gives_way_at_the_next_act(tree, by):
    member = person(tree)
    cards.issue_card(member, entry("096080500777"), by=by)
    Member.objects.filter(pk=member.pk).update(card_number=member.personal_id, card_issued_on=date(2026, 3, 3))
    cards.report_loss(member, on=date(2026, 6, 1), note="", by=by)
    [lost] = PartyCard.objects.standing().exclude(number="")
    assert (lost.number, lost.issued_on, lost.end_reason) == (member.personal_id, date(2026, 3, 3), "loss")


def test_one_bad_line_stops_the_whole_delivery(tree, by):
    good, bad = person(tree), person(tree, personal_id="")
    with pytest.raises(cards.CardRefused) as refused:
        cards.issue_cards(tree.root, [(good, entry()), (bad, entry())], by=by)
    assert refused.value.place == 1
    assert PartyCard.objects.count() == 0
    assert fresh(good).card_number == ""


def test_who_was_merged_meanwhile_is_refused_in_words(tree, by):
    member, other = person(tree), person(tree)
    gone = fresh(member)
    Member.objects.filter(pk=member.pk).update(voided_at=timezone.now(), void_reason="đã gộp")
    acts = [
        partial(cards.issue_cards, tree.root, [(other, entry()), (gone, entry())]),
        partial(cards.issue_card, gone, entry()),
        partial(cards.report_loss, gone, on=TODAY, note=""),
        partial(cards.report_damage, gone, on=TODAY, note=""),
        partial(cards.request_cards, tree.root, [gone], on=TODAY),
        partial(badges.propose_early, gone, badges.OwnProposal(30, TODAY, "ốm nặng")),
        partial(badges.enter_badge, gone, {"level": 30, "decision": "1", "decided_on": SPRING}),
    ]
    for act in acts:
        with pytest.raises(ValidationError, match="vừa được gộp vào hồ sơ khác"):
            act(by=by)
    assert PartyCard.objects.count() == 0


def test_voiding_the_last_card_brings_the_one_before_back(tree, by):
    member = person(tree, former_card_number="96012345", card_issued_on=date(2006, 9, 2), card_issued_by="TU")
    new = cards.issue_card(member, entry(), by=by)
    cards.void_card(new, reason="ghi nhầm người", by=by)
    now = fresh(member)
    assert (now.card_number, now.former_card_number, now.card_issued_on, now.card_issued_by) == (
        "", "96012345", date(2006, 9, 2), "TU",
    )  # fmt: skip
    assert kinds(member) == [("first", "")]
    with pytest.raises(ValidationError, match="đã được hủy"):
        cards.void_card(new, reason="lại", by=by)
    cards.issue_card(member, entry(), by=by)
    [old] = PartyCard.objects.standing().exclude(end_reason="")
    with pytest.raises(ValidationError, match="đã thôi dùng"):
        cards.void_card(old, reason="x", by=by)


def test_a_card_without_a_day_of_issue_is_voided_too(tree, by):
    member = person(tree, card_number="096080500777", former_card_number="96012345")
    cards.report_damage(member, on=SPRING, note="", by=by)  # writes the card of the columns, whose day nobody knows
    card = PartyCard.objects.in_use().get()
    assert card.issued_on is None
    cards.void_card(card, reason="không phải thẻ của người này", by=by)
    now = fresh(member)
    assert (now.card_number, now.former_card_number) == ("", "96012345")
    assert PartyCard.objects.in_use().count() == 0


def test_voiding_a_card_without_a_day_brings_the_one_ended_last_back(tree, by):
    member = person(tree, former_card_number="96012345", card_issued_on=date(2006, 9, 2))
    card = cards.issue_card(member, entry(), by=by)
    PartyCard.objects.filter(pk=card.pk).update(issued_on=None)
    cards.void_card(card, reason="ghi nhầm người", by=by)
    assert PartyCard.objects.in_use().get().number == "96012345"
    assert (fresh(member).card_number, fresh(member).card_issued_on) == ("", date(2006, 9, 2))


def test_checks_of_a_cell_are_written_once_a_day_and_replaced_where_they_differ(tree, by):
    one, two = person(tree), person(tree)
    assert cards.check_cards(tree.here, [(one, "in_order", ""), (two, "lost", "x")], on=TODAY, by=by) == 2
    assert cards.check_cards(tree.here, [(one, "in_order", ""), (two, "damaged", "")], on=TODAY, by=by) == 1
    standing = CardCheck.objects.standing().values_list("member", "state")
    assert set(standing) == {(one.pk, "in_order"), (two.pk, "damaged")}
    assert CardCheck.objects.get(voided_at__isnull=False).state == "lost"
    with pytest.raises(ValidationError, match="Chưa ghi kết quả"):
        cards.check_cards(tree.here, [], on=TODAY, by=by)


def test_lists_of_what_is_left_to_do(tree, by):
    none, old, asked, checked = (person(tree) for _ in range(4))
    Member.objects.filter(pk__in=[old.pk, checked.pk]).update(former_card_number="")
    Member.objects.filter(pk=old.pk).update(former_card_number="96012345")
    Member.objects.filter(pk=checked.pk).update(card_number=checked.personal_id)
    cards.request_cards(tree.root, [asked], on=SPRING, by=by)
    cards.check_cards(tree.here, [(checked, "in_order", "")], on=SPRING, by=by)
    people = Member.objects.all()
    assert set(people.without_card()) == {none}
    assert set(people.without_card("old")) == {old}
    assert set(people.waiting_for_card()) == {asked}
    assert set(people.card_unseen_since(SPRING)) == {old}
    assert set(people.card_unseen_since(date(2026, 3, 3))) == {old, checked}
    assert set(people.card_unseen_since(None)) == set()  # no rule asks for a look


def test_who_died_waits_for_no_card(tree, by):
    gone, stays = person(tree), person(tree)
    cards.request_cards(tree.root, [gone, stays], on=SPRING, by=by)
    record_death(gone, EndingEntry(ended_on=date(2026, 6, 2)), by=by)
    assert [card.member for card in PartyCard.objects.queue(TODAY)] == [stays]
    assert len(collect_cards("first", tree.root, year=2026, on=date(2026, 6, 1)).rows) == 2
    assert len(collect_cards("first", tree.root, year=2026, on=TODAY).rows) == 1
