"""A form as of last 31 December is the same file, byte for byte, whatever happens to bodies and people afterwards."""

from datetime import date

from members.enums import EndReason, OutsideArea, StartReason, Topic
from members.models import Member, Particular
from members.statistics.printing import FORMS

YEAR_END = date(2025, 12, 31)
NOW = date(2026, 11, 25)


def answer(member, topic, value, since=date(2020, 1, 1)):
    Particular.objects.create(member=member, topic=topic, value=value, started_on=since)


def files(rows):
    """Both files of the three forms of the commune and the province."""
    found = {}
    for body in ("Tỉnh", "Xã", "X"):
        for name, form in FORMS.items():
            statement = form.collect(rows.bodies[body], on=YEAR_END)
            found[name, body, "pdf"] = form.render_pdf(statement, None, {})
            found[name, body, "xlsx"] = form.render_xlsx(statement)
    return found


def populate(rows):
    for at, number in (("X1", 4), ("X2", 3), ("Y1", 5)):
        for member in rows.people(f"Người {at}", at, number, since=date(2023, 1, 1)):
            answer(member, Topic.OCCUPATION, "farmer")
            answer(member, Topic.GENERAL_EDUCATION, "upper_secondary")
    rows.person("Mới", "X1", since=date(2025, 4, 1), reason=StartReason.ADMITTED, official_on=None)
    rows.move(Member.objects.get(full_name="Người X1 1"), "Y1", on=date(2025, 5, 2))
    rows.finish(Member.objects.get(full_name="Người X2 1"), on=date(2025, 6, 2), reason=EndReason.DIED)


def turn_everything_over(rows):
    """Rename, move under another body, merge, split, close; people move, end, come, and learn."""
    rows.body("Xã mới", "commune", "Tỉnh", since=NOW, base_type="ward")
    rows.rename_body("X", "Đảng bộ tên mới", on=NOW)
    rows.move_body("Y", "Xã mới", on=NOW)
    for name in ("Người X2 2", "Người X2 3"):
        rows.move(Member.objects.get(full_name=name), "X1", on=NOW, start=StartReason.TREE, end=EndReason.TREE)
    rows.close_body("X2", on=NOW)
    rows.body("Y2", "cell", "Y", since=NOW)
    for name in ("Người Y1 1", "Người Y1 2"):
        rows.move(Member.objects.get(full_name=name), "Y2", on=NOW, start=StartReason.TREE, end=EndReason.TREE)
    rows.end(Member.objects.get(full_name="Người X1 2"), on=NOW, reason=EndReason.MOVED_OUT, went_to=OutsideArea.ABROAD)
    rows.person("Đến hôm nay", "Y2", since=NOW, reason=StartReason.MOVED_IN, came_from=OutsideArea.SAME_PROVINCE)
    learned = Member.objects.get(full_name="Người X1 3")
    Particular.objects.filter(member=learned, topic=Topic.OCCUPATION).update(ended_on=NOW)
    answer(learned, Topic.OCCUPATION, "retired", NOW)
    Member.objects.filter(full_name="Mới").update(official_on=date(2026, 4, 1))


def test_files_of_last_year_end_do_not_change(rows):
    populate(rows)
    before = files(rows)
    turn_everything_over(rows)
    after = files(rows)
    assert [key for key in before if before[key] != after[key]] == []
    changed = FORMS["form-5"].render_xlsx(FORMS["form-5"].collect(rows.bodies["Xã"], on=NOW))
    assert changed != before["form-5", "Xã", "xlsx"]
