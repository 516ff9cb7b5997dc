"""Sealed cases on the desk of those whom they name: what waits for them, and which term is near or over.

Of a seal that somebody asks to open the second person reads for whom, never of which case.
"""

from django.db.models import CharField, Value
from django.urls import reverse

from config.desk.entries import Entry, deadline
from discipline.clock_rows import unpacked
from discipline.clocks import clocks_of
from discipline.enums import State
from discipline.models import SealOpening, SenderOpening
from discipline.querysets import is_turn

SHOWN = 5
OPENING, SENDER_OPENING = "opening", "sender_opening"
ASKED = {
    OPENING: ("discipline:answer_opening", "hồ sơ niêm phong"),
    SENDER_OPENING: ("discipline:answer_sender_opening", "đơn tố cáo"),
}


def opening_rows(user):
    """Requests that wait for the person as the second one, in the columns of `config.desk.papers.Work`."""
    for about, model in ((OPENING, SealOpening), (SENDER_OPENING, SenderOpening)):
        rows = model.objects.waiting().visible_to(user).order_by()
        rows = rows.annotate(about=Value(about, CharField()), nobody=Value("", CharField()), no=Value(0))
        yield rows.values_list(
            "about", "pk", "user__full_name", "nobody", "nobody", "asked_by__full_name", "asked_at", "no", "no"
        )


def opening_entries(rows):
    """What the second person is asked: to open for somebody, at whose wish."""
    for row in rows:
        if row.about in ASKED:
            page, noun = ASKED[row.about]
            title, reason = f"Xác nhận mở {noun} cho {row.title}", f"{row.who} đề nghị."
            yield Entry(title, reason, reverse(page, args=[row.pk]), "Xem đề nghị")


def case_entries(packed, today):
    """What waits for a person whom cases name, then what is near on the others.

    `packed` are his rows as the desk read them; one query where a committee has chosen a rule of discipline, else none.
    """
    found = sorted(map(unpacked, packed), key=lambda row: (row.stands_since, row.pk))
    rows = clocks_of(found, today)
    mine = [(row, clocks) for row, clocks in rows if is_turn(row)]
    rest = [(row, clock) for row, clocks in rows if not is_turn(row) for clock in clocks if clock.is_near(today)]
    return [*_turns(mine, today), *(_reminder(row, clock, today) for row, clock in rest)]


def _turns(rows, today):
    rows = sorted(rows, key=lambda each: (not each[1], each[1][0].due_on if each[1] else each[0].stands_since))
    for row, clocks in rows[:SHOWN]:
        first = clocks[0] if clocks else None
        reason = f"{first.what}: {first.term.reason}." if first else f"Từ ngày {row.stands_since:%d/%m/%Y}."
        yield Entry(
            title=f"Hồ sơ niêm phong {_name(row)}: {State(row.state).label.lower()}",
            reason=reason,
            url=reverse("discipline:case", args=[row.pk]),
            verb="Mở bìa hồ sơ",
            due_on=first and first.due_on,
            pill=deadline(first and first.due_on, today),
        )
    if more := rows[SHOWN:]:
        title = f"Và {len(more)} hồ sơ niêm phong khác"
        yield Entry(title, "", reverse("discipline:cases"), "Xem tất cả", count=len(more))


def _reminder(row, clock, today):
    return Entry(
        title=f"Hồ sơ niêm phong {_name(row)}: {clock.what.lower()}",
        reason=f"{clock.term.reason}.",
        url=reverse("discipline:case", args=[row.pk]),
        verb="Mở bìa hồ sơ",
        due_on=clock.due_on,
        pill=clock.pill(today),
        count=0,
    )


def _name(row):
    """The sign that its officers gave it; the name where they gave none."""
    return row.code or row.name
