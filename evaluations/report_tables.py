"""The tables of the report on ratings, made once from its figures."""

from config.lib.tables import CENTRE, NUMBER, PERCENT, FigureTable, Heading, Row

BASE_NOTE = "Tỷ lệ % tính trên số đảng viên được xếp loại ({rated} đồng chí)."


def comparison(report):
    """Levels of this year beside last year's; differences only when both years have the same scale."""
    headings = (
        Heading("Mức xếp loại", width=34),
        Heading(f"Năm {report.year - 1}", NUMBER, 12), Heading("Tỷ lệ %", PERCENT, 12),
        Heading(f"Năm {report.year}", NUMBER, 12), Heading("Tỷ lệ %", PERCENT, 12),
        Heading("Tăng, giảm (điểm %)", PERCENT, 18),
    )  # fmt: skip
    return FigureTable(
        name="So sánh",
        title=f"So sánh kết quả năm {report.year} với năm {report.year - 1}",
        headings=headings,
        rows=tuple(_comparison_rows(report)),
        note=BASE_NOTE.format(rated=report.total.rated) + ("" if report.same_scale else DIFFERENT_SCALES),
    )


DIFFERENT_SCALES = " Hai năm dùng hai thang xếp loại khác nhau nên không so sánh từng mức."


def _comparison_rows(report):
    comparable = report.same_scale and report.previous is not None
    for level in report.scale.levels:
        now = report.total.percent(level.code)
        before = report.previous.percent(level.code) if comparable else None
        number_before = report.previous.number(level.code) if comparable else None
        change = now - before if now is not None and before is not None else None
        yield Row((level.name, number_before, before, report.total.number(level.code), now, change))
    previous = report.previous
    rated_before = previous.rated if previous else None
    yield Row(("Đã xếp loại", rated_before, None, report.total.rated, None, None), "total")


def by_type(report):
    """Biểu 6: present, exempt, not yet, rated by level – for the whole and for each type of base organisation."""
    columns = [report.total, *(line.counts for line in report.by_type)]
    titles = ["Tổng số", *(line.label for line in report.by_type)]
    width = max(7, 64 // len(titles))
    rows = [
        Row(("1. Có mặt đến thời điểm xếp loại (1 = 2 + 3 + 4)", *(c.present for c in columns)), "total"),
        Row(("2. Được miễn công tác và sinh hoạt đảng", *(c.exempt for c in columns))),
        Row(("3. Chưa được xếp loại", *(c.not_yet for c in columns))),
        Row(("4. Đã xếp loại", *(c.rated for c in columns)), "total"),
    ]
    rows += [Row((f"– {level.name}", *(c.number(level.code) for c in columns))) for level in report.scale.levels]
    return FigureTable(
        name="Theo loại hình",
        title=f"Kết quả xếp loại đảng viên năm {report.year} theo loại hình tổ chức cơ sở đảng",
        headings=(Heading("Nội dung", width=36), *(Heading(title, NUMBER, width) for title in titles)),
        rows=tuple(rows),
        wide=True,
    )


def by_unit(report):
    """Every organisation and cell with its counts and shares."""
    levels = report.scale.levels
    headings = (
        Heading("TT", CENTRE, 4), Heading("Tổ chức đảng", width=18), Heading("Có mặt", NUMBER, 6),
        Heading("Được miễn", NUMBER, 6), Heading("Chưa xếp loại", NUMBER, 6), Heading("Đã xếp loại", NUMBER, 6),
        *(heading for level in levels for heading in _of_level(level)),
    )  # fmt: skip
    return FigureTable(
        name="Theo tổ chức",
        title=f"Kết quả xếp loại đảng viên năm {report.year} theo tổ chức đảng",
        headings=headings,
        rows=tuple(_unit_rows(report.by_unit, levels)),
        note=BASE_NOTE.format(rated=report.total.rated)
        + " "
        + "; ".join(f"{level.short}: {level.name.lower()}" for level in levels if level.short != level.name)
        + ".",
        wide=True,
    )


def _of_level(level):
    """Number and share of one level; the first has the longest short name."""
    return Heading(level.short, NUMBER, 8 if level.rank == 1 else 7), Heading("%", PERCENT, 6)


def _unit_rows(lines, levels):
    serial = 0
    for line in lines:
        serial += line.is_cell
        counts = line.counts
        shares = [value for level in levels for value in (counts.number(level.code), counts.percent(level.code))]
        numbers = (counts.present, counts.exempt, counts.not_yet, counts.rated, *shares)
        yield Row((serial if line.is_cell else None, line.label, *numbers), "" if line.is_cell else "group")


def names(report, name, title, people, with_reason=False):
    """A list of people with cell and base; nothing else about them."""
    headings = [
        Heading("TT", CENTRE, 7), Heading("Họ và tên", width=28 if with_reason else 35), Heading("Chi bộ", width=25),
        Heading("Tổ chức đảng cấp trên", width=25 if with_reason else 32),
    ]  # fmt: skip
    if with_reason:
        headings.append(Heading("Lý do", width=15))
    rows = []
    for serial, person in enumerate(people, start=1):
        reason = (person.reason,) if with_reason else ()
        rows.append(Row((serial, person.name, person.cell, person.base, *reason)))
    return FigureTable(name=name, title=f"{title} năm {report.year}", headings=tuple(headings), rows=tuple(rows))


def tables(report):
    """All tables in the order in which the report prints them."""
    best, worst = report.scale.levels[0], report.scale.levels[-1]
    return (
        comparison(report),
        by_type(report),
        by_unit(report),
        names(report, best.short, f"Danh sách đảng viên {best.name[0].lower()}{best.name[1:]}", report.excellent),
        names(report, worst.short, f"Danh sách đảng viên {worst.name[0].lower()}{worst.name[1:]}", report.failed),
        names(report, "Chưa xếp loại", "Danh sách đảng viên chưa được xếp loại", report.not_rated, with_reason=True),
    )
