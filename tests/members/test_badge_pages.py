"""Pages of Party age, badges and cards: scope, the happy way, refusals, neutral reasons, registers, queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.lib.sheets import read_workbook
from config.lib.workdays import add_months
from members.badge_rules import BadgeBook
from members.models import Award, Badge, CardCheck, Member, PartyCard, Sanction
from members.reports.badges import LOOK, DueQuestion, due_at
from members.reports.registers import read_register
from members.rules.badges import NEUTRAL, rounds_in
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of


@pytest.fixture
def coming(tree, today):
    """The next round."""
    rules = BadgeBook().badge(tree.root, today)
    return next(each for each in [*rounds_in(rules, today.year), *rounds_in(rules, today.year + 1)] if each.on >= today)


def due_in(tree, round_, level=40, **values):
    """An official member who reaches the level on the first day of the window."""
    day = add_months(round_.first, -12 * level)
    values.setdefault("home", tree.here)
    return MemberFactory(
        decided_on=day, admitted_on=day, official_on=add_months(day, 12), born_on=date(1935, 1, 1), **values
    )


def where(tree, round_, body="Đảng bộ Phường Đông"):
    return {"organisation": body, "round": round_.on.isoformat()}


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def words(response):
    return " ".join(response.content.decode().split())


def test_the_list_is_of_ones_scope_and_proposes_those_ticked(tree, cast, as_, coming):
    mine, other = due_in(tree, coming), due_in(tree, coming, home=tree.far)
    page = words(as_(cast.officer).get(url("badges")))
    assert mine.full_name in page
    assert other.full_name not in page
    assert "Đủ 40 năm tuổi Đảng ngày" in page
    client = as_(cast.officer)
    asked = {**where(tree, coming), "people": [str(mine.pk), str(other.pk)]}
    answer = client.post(url("propose_badges"), asked)
    assert answer.status_code == 302
    assert list(Badge.objects.values_list("member", "level", "round_on")) == [(mine.pk, 40, coming.on)]
    listed = words(client.get(answer.url))
    assert mine.full_name in listed
    assert "chờ quyết định" in listed
    assert mine.full_name not in words(as_(cast.stranger).get(url("badge_proposals")))


def test_everybody_who_is_ready_at_once_and_a_doubt_asks_for_its_reason(tree, cast, as_, coming):
    ready, doubtful = due_in(tree, coming), due_in(tree, coming)
    Member.objects.filter(pk=doubtful.pk).update(decided_precision="year")
    client = as_(cast.secretary)
    page = words(client.post(url("propose_badges"), {**where(tree, coming, "Chi bộ Khóm 1"), "people": [doubtful.pk]}))
    assert "Ghi căn cứ đề nghị cho người cần xem xét" in page
    assert f'value="{doubtful.pk}" checked' in page
    client.post(url("propose_badges"), {**where(tree, coming, "Chi bộ Khóm 1"), "everybody": "1"})
    assert list(Badge.objects.values_list("member", flat=True)) == [ready.pk]


def test_award_with_rising_numbers_then_hand_over(tree, cast, as_, coming, today):
    people = [due_in(tree, coming, full_name=f"Trần Văn {letter}") for letter in "AB"]
    client = as_(cast.officer)
    client.post(url("propose_badges"), {**where(tree, coming), "people": [str(each.pk) for each in people]})
    address = f"{url('award_badges')}?organisation=Đảng bộ Phường Đông&round={coming.on.isoformat()}"
    ids = list(Badge.objects.values_list("pk", flat=True))
    asked = {"decision": "15-QĐ/TU", "decided_on": f"{today:%d/%m/%Y}", "first_number": "CM 0000099", "badges": ids}
    wrong = words(client.post(address, {**asked, "first_number": "CM"}))
    assert "Số đầu tiên phải kết thúc bằng chữ số" in wrong
    assert client.post(address, asked).status_code == 302
    numbers = Badge.objects.order_by("member__sort_key").values_list("number", flat=True)
    assert list(numbers) == ["CM 0000099", "CM 0000100"]
    again = words(client.get(address))
    assert "Không có đề nghị nào chờ quyết định" in again
    hand_over = address.replace("award", "hand-over")
    client.post(hand_over, {"on": f"{today:%d/%m/%Y}", "badges": ids[:1]})
    assert Badge.objects.not_handed_over().count() == 1


def test_the_printed_list_names_the_proposed_without_their_reasons(tree, cast, as_, coming):
    member = due_in(tree, coming)
    values = {"round_on": coming.on, "proposed_on": timezone.localdate(), "due_on": coming.first}
    Badge.objects.create(member=member, level=40, kind="early", reason="Giấy xác nhận 12/BV", **values)
    client = as_(cast.reader)
    book = client.get(url("export_badge_proposals", tree.here.pk, coming.on.isoformat()))
    printed = str(read_workbook(book.content, "x.xlsx").sheets[0].rows)
    assert member.full_name in printed
    assert "Tặng sớm" in printed
    assert "12/BV" not in printed
    address = url("print_badge_proposals", tree.here.pk, coming.on.isoformat())
    paper = client.get(address)
    assert paper.content[:5] == b"%PDF-"
    assert paper.content == client.get(address).content
    for wrong in ("2027-02-04", "x", "2027-13-99"):
        assert client.get(url("print_badge_proposals", tree.here.pk, wrong)).status_code == 404


def test_what_a_reader_may_not_know_is_not_on_the_page(tree, cast, as_, coming):
    member = due_in(tree, coming)
    Badge.objects.create(member=member, level=35, kind="early", reason="Giấy 12/BV", proposed_on=date(2026, 1, 1))
    on = add_months(coming.first, -7)  # the reprimand waits 6 months, a removal from post 12
    lapses_on = add_months(on, 12)
    Sanction.objects.create(member=member, form="reprimand", decided_on=on, announced_on=on, lapses_on=lapses_on)
    unannounced = Sanction.objects.create(member=member, form="removal_from_post", decided_on=on, lapses_on=lapses_on)
    page = url("party_age", member.pk)
    assert "12/BV" in words(as_(cast.secretary).get(page))
    assert "12/BV" not in words(as_(cast.officer).get(page))  # health is for staff and the own secretary
    asked = where(tree, coming, "Chi bộ Khóm 1")

    def state(user):
        listed = words(as_(user).get(url("badges"), asked))
        assert member.full_name in listed
        return "đã qua thời gian chờ" in listed, "xét từ" in listed

    for announced_on, expected in ((None, (True, False)), (on, (False, True))):
        Sanction.objects.filter(pk=unannounced.pk).update(announced_on=announced_on)
        for who in (cast.secretary, cast.inspector):
            assert state(who) == expected, who.username
        [row] = due_at(coming, Member.objects.all(), DueQuestion(tree.here, timezone.localdate(), BadgeBook()))
        assert (row.state, row.finding.reason) == (LOOK, NEUTRAL)
    assert as_(cast.reader).get(url("badges"), asked).status_code == 403  # names in printed reports alone


def test_the_page_of_one_member_tells_age_and_why_and_masks_numbers(tree, cast, as_, coming):
    member = due_in(tree, coming, card_number="096080500777")
    PartyCard.objects.create(member=member, kind="first", number="096080500777", issued_on=date(2025, 10, 1))
    page = words(as_(cast.secretary).get(url("party_age", member.pk)))
    for expected in ("Vì sao?", "Tính từ ngày quyết định kết nạp", "0777", "Huy hiệu tới: 40 năm", "4.5.1"):
        assert expected in page, expected
    assert "096080500777" not in page
    line = as_(cast.secretary).get(url("party_line", member.pk), headers={"HX-Request": "true"})
    assert "Vì sao?" in words(line)
    assert "<html" not in words(line)
    assert url("party_line", member.pk) in words(as_(cast.secretary).get(url("member", member.pk)))
    assert as_(cast.stranger).get(url("party_age", member.pk)).status_code == 404


def test_entering_on_the_page_of_one_member(tree, cast, as_, today):
    member = MemberFactory(home=tree.here)
    client = as_(cast.officer)
    old = {"level": "30", "decided": "2016", "decision": "", "number": ""}
    assert client.post(url("enter_badge", member.pk), old).url == url("party_age", member.pk)
    award = {"form": "order", "title": "Huân chương Lao động", "awarded": "9/2015", "issuer": "Chủ tịch nước"}
    client.post(url("add_award", member.pk), award)
    client.post(url("confirm_party_age", member.pk), {
        "years": "20", "months": "3", "confirmed_on": f"{today:%d/%m/%Y}", "decision": "3-QĐ/TU"})  # fmt: skip
    page = words(client.get(url("party_age", member.pk)))
    for expected in ("30 năm", "không ghi số, 2016", "09/2015", "Huân chương Lao động", "20 năm 3 tháng"):
        assert expected in page, expected
    tomorrow = today + timedelta(days=1)
    wrong = words(client.post(url("add_award", member.pk), {**award, "awarded": f"{tomorrow:%d/%m/%Y}"}))
    assert "ở tương lai" in wrong
    assert Award.objects.count() == 1
    assert "Chưa có mức nào đề nghị được hôm nay" in words(client.get(url("propose_early", member.pk)))


def test_early_is_offered_within_its_time(tree, cast, as_, today):
    day = add_months(today, -12 * 40 + 6)
    member = MemberFactory(
        home=tree.here, decided_on=day, admitted_on=day, official_on=add_months(day, 12), born_on=date(1940, 1, 1)
    )
    client = as_(cast.secretary)
    assert "Đề nghị tặng sớm" in words(client.get(url("party_age", member.pk)))
    asked = {"level": "40", "on": f"{today:%d/%m/%Y}", "reason": "Giấy xác nhận 12/BV"}
    assert client.post(url("propose_early", member.pk), asked).status_code == 302
    assert Badge.objects.get().kind == "early"
    assert client.post(url("propose_early", member.pk), asked).status_code == 200


def test_cards_of_a_cell_on_one_page(tree, cast, as_, today):
    people = [MemberFactory(home=tree.here, card_number=f"0960805009{n:02d}") for n in range(3)]
    client = as_(cast.secretary)
    page = client.get(url("check_cards", tree.here.pk))
    assert words(page).count('<option value="in_order" selected>') == 3
    sent = {"on": f"{today:%d/%m/%Y}", **{f"state_{each.pk}": "in_order" for each in people}}
    bad = client.post(url("check_cards", tree.here.pk), sent | {f"state_{people[0].pk}": "x"})
    assert "không có trong danh sách" in words(bad)
    assert client.post(url("check_cards", tree.here.pk), sent | {f"state_{people[0].pk}": "lost"}).status_code == 302
    assert list(CardCheck.objects.order_by("member__sort_key").values_list("state", flat=True)) == [
        "lost", "in_order", "in_order",
    ]  # fmt: skip
    assert client.get(url("check_cards", tree.next_door.pk)).status_code == 404


def test_one_reward_of_many_is_entered_once(tree, cast, as_, today):
    one, two, left_out = (MemberFactory(home=tree.here) for _ in range(3))
    stranger = MemberFactory(home=tree.far)
    client, page = as_(cast.secretary), url("add_awards", tree.here.pk)
    paper = {"form": "certificate", "awarded": "5/2026", "issuer": "Đảng ủy Sao Mai", "decision": "31-QĐ/ĐU"}
    assert "Chưa chọn đồng chí nào" in words(client.post(page, paper))
    sent = {**paper, "people": [str(one.pk), str(two.pk), str(stranger.pk)]}
    assert client.post(page, sent).status_code == 302
    assert set(Award.objects.values_list("member", "decision")) == {(one.pk, "31-QĐ/ĐU"), (two.pk, "31-QĐ/ĐU")}
    again = words(client.post(page, {**paper, "people": [str(two.pk), str(left_out.pk)]}))
    assert f"Khen thưởng này đã ghi cho {two}" in again
    assert f'value="{left_out.pk}" checked' in again
    assert Award.objects.count() == 2
    assert client.get(url("add_awards", tree.next_door.pk)).status_code == 404


def test_cards_are_asked_for_listed_and_given_out(tree, cast, as_, today):
    member, holder = MemberFactory(home=tree.here), MemberFactory(home=tree.far, card_number="096080500123")
    client = as_(cast.officer)
    client.post(url("request_cards"), {"organisation": "Chi bộ Khóm 1", "list": "none", "people": str(member.pk)})
    asked = PartyCard.objects.get()
    assert member.full_name in words(client.get(url("cards"), {"list": "asked"}))
    book = client.get(url("export_cards", tree.east.pk, "first"))
    assert member.full_name in str(read_workbook(book.content, "x.xlsx").sheets[0].rows)
    sent = {"issued_on": f"{today:%d/%m/%Y}", "cards": asked.pk, f"number_{asked.pk}": holder.card_number}
    refused = words(client.post(url("issue_cards"), sent))
    assert "đã chuyển cấp trên đối chiếu" in refused
    assert holder.full_name not in refused
    assert client.post(url("issue_cards"), sent | {f"number_{asked.pk}": ""}).status_code == 302
    assert Member.objects.get(pk=member.pk).card_number == member.personal_id
    assert client.get(url("print_cards", tree.east.pk, "x")).status_code == 404


def test_loss_and_a_clash_on_the_page_of_one_member(tree, cast, as_, today):
    member = MemberFactory(home=tree.here, former_card_number="96012345")
    holder = MemberFactory(home=tree.next_door, card_number="096080500123")
    client = as_(cast.officer)
    sent = {"number": holder.card_number, "issued_on": f"{today:%d/%m/%Y}"}
    assert holder.full_name in words(client.post(url("issue_card", member.pk), sent))
    client.post(url("report_loss", member.pk), {"on": f"{today:%d/%m/%Y}", "note": "đi lũ"})
    assert set(PartyCard.objects.values_list("kind", "end_reason")) == {("first", "loss"), ("loss", "")}
    page = words(client.get(url("party_age", member.pk)))
    assert "chờ thẻ" in page
    assert "96012345" not in page


def test_registers_of_the_year(tree, today):
    member = MemberFactory(home=tree.here, full_name="Lê Văn Sổ")
    PartyCard.objects.create(
        member=member,
        kind="first",
        number="096080500777",
        issued_on=date(2026, 3, 2),
        place="TU",
        handed_on=date(2026, 4, 1),
    )
    Badge.objects.create(member=member, level=30, number="CM 00000001", decision="1-QĐ", decided_on=date(2026, 5, 2),
                         round_on=date(2026, 5, 19))  # fmt: skip
    Badge.objects.create(member=member, level=40, proposed_on=date(2026, 5, 2), round_on=date(2026, 5, 19))
    Award.objects.create(member=member, form="certificate", awarded_on=date(2026, 1, 1), awarded_precision="year",
                         issuer="Tỉnh ủy", decision="2-QĐ")  # fmt: skip
    who = ("Lê Văn Sổ", "05/03/1980", "19/05/2005", "Chi bộ Khóm 1")
    assert {name: read_register(name, tree.root, year=2026).rows for name in ("cards", "badges", "awards")} == {
        "cards": ((*who, "Cấp lần đầu", "••••••••0777", "02/03/2026", "TU", "01/04/2026"),),
        "badges": ((*who, 30, "Tặng", "CM 00000001", "1-QĐ, 02/05/2026", "19/05/2026", ""),),
        "awards": ((*who, "Bằng khen", "2026", "Tỉnh ủy", "2-QĐ"),),
    }
    assert read_register("badges", tree.west, year=2026).rows == ()
    assert read_register("badges", tree.root, year=2025).rows == ()


def test_pages_ask_as_often_for_thirty_as_for_one(tree, cast, as_, coming):
    member = due_in(tree, coming)
    client = as_(cast.staff)
    pages = [
        url("badges"), url("badge_proposals"), url("award_badges"), url("cards"), f"{url('cards')}?list=asked",
        url("issue_cards"), url("check_cards", tree.here.pk), url("party_age", member.pk),
    ]  # fmt: skip

    def fill(count, start):
        for n in range(count):
            each = due_in(tree, coming)
            Badge.objects.create(member=each, level=30, proposed_on=coming.first, round_on=coming.on)
            PartyCard.objects.create(member=each, kind="first", requested_on=coming.first)
            CardCheck.objects.create(member=each, checked_on=coming.first, state="in_order")
            Award.objects.create(member=member, form="order", awarded_on=coming.first, issuer="x", grade=str(start + n))
            due_in(tree, coming)

    fill(1, 0)
    few = [queries_of(client, page) for page in pages]
    fill(29, 1)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST, few


def test_the_sheet_says_what_was_awarded_and_not_what_is_proposed(tree, cast, as_):
    member = MemberFactory(home=tree.here)
    Badge.objects.create(member=member, level=30, number="CM 1", decision="1-QĐ", decided_on=date(2026, 5, 2))
    Badge.objects.create(member=member, level=40, proposed_on=date(2026, 5, 2))
    Award.objects.create(member=member, form="order", title="Huân chương Lao động", awarded_on=date(2015, 9, 1),
                         awarded_precision="month", issuer="Chủ tịch nước")  # fmt: skip
    page = words(as_(cast.secretary).get(url("sheet", member.pk)))
    assert "30 năm, số CM 1, 1-QĐ, 02/05/2026" in page
    assert "09/2015: Huân chương Lao động, Chủ tịch nước" in page
    assert "40 năm" not in page


@pytest.mark.parametrize("query", ["round=x", "level=x&state=y", "organisation=Không có", "page=zz", "round=backlog",
                                   "list=zz", "round=2027-02-03&level=40"])  # fmt: skip
def test_nothing_typed_breaks_the_lists(cast, as_, query):
    client = as_(cast.staff)
    for page in ("badges", "badge_proposals", "award_badges", "hand_over_badges", "cards", "issue_cards"):
        assert client.get(f"{url(page)}?{query}").status_code == 200, page
