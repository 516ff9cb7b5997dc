"""The tables of the report on organisations, made once from its figures."""

from config.lib.tables import CENTRE, NUMBER, PERCENT, FigureTable, Heading, Row
from evaluations.report_tables import DIFFERENT_SCALES
from evaluations.rules import number_text

SEPARATED = " “Tiêu biểu” tách thành dòng riêng của tổng số; dòng dưới không kể số đó."
INSIDE = " “Tiêu biểu” nằm trong mức cao nhất; tỷ lệ của nó tính trên số {best} ({number})."


def tables(report):
    """All tables in the order in which the report prints them: one for each group, the bodies, the lists."""
    best, worst = report.scale.levels[0], report.scale.levels[-1]
    return (
        *(group_table(report, group) for group in report.groups),
        body_table(report),
        unit_table(report, best.short, f"Tổ chức đảng {_lower(best.name)}", report.best),
        unit_table(report, worst.short, f"Tổ chức đảng {_lower(worst.name)}", report.worst),
        unit_table(report, "Chưa xếp loại", "Tổ chức đảng chưa được xếp loại", report.not_rated),
    )


def group_table(report, group):
    """One group: every level with its share of those rated, beside the year before where the scale is the same."""
    headings = (
        Heading("Mức xếp loại", width=34), Heading(f"Năm {report.year}", NUMBER, 12), Heading("Tỷ lệ %", PERCENT, 12),
        Heading(f"Năm {report.year - 1}", NUMBER, 12), Heading("Tỷ lệ %", PERCENT, 12),
    )  # fmt: skip
    best = report.scale.levels[0]
    note = f"Tỷ lệ % tính trên số được xếp loại ({number_text(group.counts.rated)} {_lower(group.label)})."
    if group.exemplary:
        inside = INSIDE.format(best=_lower(best.name), number=number_text(group.counts.number(best.code)))
        note += SEPARATED if report.separates_exemplary else inside
    if group.previous and not report.same_scale:
        note += DIFFERENT_SCALES
    rows = tuple(_group_rows(report, group, group.previous if report.same_scale else None))
    return FigureTable(name=group.label[:25], title=_title(group, report), headings=headings, rows=rows, note=note)


def _title(group, report):
    return f"Kết quả xếp loại {_lower(group.label)} năm {report.year}"


def _group_rows(report, group, previous):
    best = report.scale.levels[0]
    for level in report.scale.levels:
        is_best = level is best
        if is_best and report.separates_exemplary and group.exemplary:
            yield from _separated_rows(report, group, previous)
            continue
        yield Row((level.name, *_pair(group.counts, level.code), *_pair(previous, level.code)))
        if is_best and group.exemplary:
            share = group.exemplary_percent(best.code)
            yield Row((f"– trong đó: {report.scale.exemplary_name}", group.exemplary, share, None, None))
    rated = (group.counts.rated, None, previous.rated if previous else None, None)
    yield Row(("Đã xếp loại", *rated), "total")
    not_rated = (group.counts.not_rated, None, previous.not_rated if previous else None, None)
    yield Row(("Chưa xếp loại", *not_rated))
    yield Row(("Tổng số", group.counts.total, None, previous.total if previous else None, None), "total")


def _separated_rows(report, group, previous):
    """The exemplary ones as a line of the total, then the rest of the best level."""
    best = report.scale.levels[0]
    exemplary, others = group.separated(best.code)
    split = type(group.counts)({**group.counts.levels, "exemplary": exemplary, best.code: others})
    yield Row((report.scale.exemplary_name, *_pair(split, "exemplary"), None, None))
    yield Row((f"{best.name} (không kể tiêu biểu)", *_pair(split, best.code), *_pair(previous, best.code)))


def _pair(counts, code):
    return (None, None) if counts is None else (counts.number(code), counts.percent(code))


def body_table(report):
    """Every đảng bộ with its own result and the levels of the cells below it."""
    levels = report.scale.levels
    shown = (pair for level in levels for pair in (Heading(level.short, NUMBER, 7), Heading("%", PERCENT, 6)))
    headings = (
        Heading("TT", CENTRE, 4), Heading("Đảng bộ", width=20), Heading("Kết quả", width=14),
        Heading("Chi bộ đã xếp loại", NUMBER, 8), *shown,
    )  # fmt: skip
    rows = tuple(Row(_body_row(number, line, levels)) for number, line in enumerate(report.bodies, start=1))
    names = "; ".join(f"{level.short}: {_lower(level.name)}" for level in levels)
    return FigureTable(
        name="Theo đảng bộ",
        title=f"Kết quả xếp loại của các đảng bộ và chi bộ năm {report.year}",
        headings=headings,
        rows=rows,
        note=f"Chi bộ gồm cả chi bộ cơ sở; tỷ lệ % tính trên số chi bộ đã xếp loại của từng đảng bộ. {names}.",
        wide=True,
    )


def _body_row(number, line, levels):
    shares = [value for level in levels for value in _pair(line.cells, level.code)]
    return (number, line.name, line.result, line.cells.rated, *shares)


def unit_table(report, name, title, units):
    """A list of organisations."""
    headings = (
        Heading("TT", CENTRE, 6), Heading("Tổ chức đảng", width=30), Heading("Cấp trên trực tiếp", width=24),
        Heading("Loại hình", width=18), Heading("Kết quả", width=22),
    )  # fmt: skip
    rows = tuple(Row((n, unit.name, unit.above, unit.group, unit.result)) for n, unit in enumerate(units, start=1))
    return FigureTable(name=name, title=f"{title} năm {report.year}", headings=headings, rows=rows)


def _lower(name):
    return f"{name[0].lower()}{name[1:]}"
