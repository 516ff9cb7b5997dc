"""Badges, rewards, cards and one confirmed Party age in the first cells of the demo; a little at every scale."""

from datetime import timedelta

from config.lib.workdays import add_months, full_months
from members.badge_rules import BadgeBook
from members.models import Award, Badge, CardCheck, Member, PartyAgeConfirmation, PartyCard
from members.rules.badges import round_of, rounds_in

CELLS, LEFT_OUT, YEAR = 12, 7, 12  # every seventh person's badge was never entered
DECIDER = "Ban Thường vụ Tỉnh ủy"
REWARDS = [
    ("order", "Huân chương Lao động", "hạng Ba", "Chủ tịch nước"),
    ("medal", "Huy chương Kháng chiến", "hạng Nhì", "Hội đồng Nhà nước"),
    ("certificate", "Bằng khen", "", "Ủy ban nhân dân tỉnh"),
]


def give_badges(tree, on, *, by):
    """What the oldest members of a few cells received, who is proposed for the next round, how their cards are."""
    rules = BadgeBook().badge(tree.root, on)
    rows = Member.objects.filter(home__in=tree.cells[:CELLS], official_on__lt=on).order_by("decided_on", "personal_id")
    people = list(rows)
    Badge.objects.bulk_create([*_received(people, rules, on, by), *_proposed(people, rules, on, by)])
    Award.objects.bulk_create(_rewards(people[:30], by))
    _cards(people, on, by)
    if people:
        months = full_months(people[0].decided_on, on) - YEAR
        PartyAgeConfirmation.objects.create(
            member=people[0], confirmed_on=add_months(on, -YEAR), months=months, decision="07-XN/TU (mẫu)",
            decided_by=DECIDER, recorded_by=by,
        )  # fmt: skip


def _received(people, rules, on, by):
    """The highest level of each, decided two weeks before the round of its day."""
    for number, member in enumerate(people):
        dues = [(level, add_months(member.decided_on, YEAR * level)) for level in rules.levels]
        over = [(level, day) for level, day in dues if (found := round_of(rules, day)) and found.on < on]
        if not over or not number % LEFT_OUT:
            continue
        level, day = over[-1]
        at = round_of(rules, day).on
        yield Badge(
            member=member, level=level, due_on=day, round_on=at, proposed_on=at - timedelta(days=60),
            decision=f"{number % 90 + 10}-QĐ/TU (mẫu)", decided_on=at - timedelta(days=14), decided_by=DECIDER,
            handed_on=at, recorded_by=by,
        )  # fmt: skip


def _proposed(people, rules, on, by):
    """A few of those due at the next round."""
    coming = next(each for year in (on.year, on.year + 1) for each in rounds_in(rules, year) if each.on >= on)
    wanted = []
    for member in people:
        dues = [(level, add_months(member.decided_on, YEAR * level)) for level in rules.levels]
        wanted += [(member, level, day) for level, day in dues if coming.takes(day)]
    for member, level, day in wanted[: max(1, len(wanted) // 3)]:
        yield Badge(member=member, level=level, due_on=day, round_on=coming.on, proposed_on=on, recorded_by=by)


def _rewards(people, by):
    for number, member in enumerate(people):
        form, title, grade, issuer = REWARDS[number % len(REWARDS)]
        yield Award(
            member=member, form=form, title=title, grade=grade, issuer=issuer, recorded_by=by,
            awarded_on=add_months(member.decided_on, YEAR * 15), awarded_precision="month",
        )  # fmt: skip


def _cards(people, on, by):
    """The cell of the eldest was looked at last month; he lost his card since and waits for another."""
    cell = [member for member in people if member.home_id == people[0].home_id]
    CardCheck.objects.bulk_create(
        CardCheck(member=member, checked_on=on - timedelta(days=30), state="in_order", recorded_by=by)
        for member in cell[2:]
    )
    for member in cell[:1]:
        lost = on - timedelta(days=20)
        PartyCard.objects.create(
            member=member, kind="first", number=member.card_number, ended_on=lost, end_reason="loss", recorded_by=by
        )
        PartyCard.objects.create(member=member, kind="loss", requested_on=lost, recorded_by=by)
