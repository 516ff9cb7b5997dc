"""The report on organisations as a party document, its PDF and workbook."""

from dataclasses import asdict

from evaluations.organisation_reports import organisations_report
from evaluations.organisation_tables import tables
from evaluations.report_paper import ReportPaper
from evaluations.rules import number_text, percent_text, share

SECTIONS = {
    "leadership": (
        "Cấp ủy đã lãnh đạo, chỉ đạo các tổ chức đảng trực thuộc kiểm điểm, tự đánh giá, xếp loại năm {year}; xem xét, "
        "quyết định theo thẩm quyền."
    ),
    "assessment": "Nhìn chung, việc đánh giá, xếp loại tổ chức đảng phản ánh đúng kết quả thực hiện nhiệm vụ.",
    "directions": "Tiếp tục nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng; khắc phục hạn chế đã chỉ ra.",
}


def findings(report):
    """The sentences of the results; every number comes from the figures and names its base."""
    best, good = report.scale.levels[0], report.scale.levels[1]
    for group in report.groups:
        counts = group.counts
        name = f"{group.label[0].lower()}{group.label[1:]}"
        yield (
            f"{group.label}: tổng số {number_text(counts.total)}, đã xếp loại {number_text(counts.rated)}, chưa xếp "
            f"loại {number_text(counts.not_rated)}."
        )
        for level in report.scale.levels:
            found = counts.percent(level.code)
            words = f" (chiếm {percent_text(found)} số {name} được xếp loại)" if found is not None else ""
            yield f"- {level.name}: {number_text(counts.number(level.code))}{words}."
        if group.exemplary:
            part = percent_text(group.exemplary_percent(best.code) or 0)
            yield (
                f"- {report.scale.exemplary_name}: {number_text(group.exemplary)} "
                f"(bằng {part} số {best.name.lower()}; nằm trong số đó)."
            )
        ratio = share(counts.number(best.code), counts.number(good.code))
        if ratio is not None and counts.number(best.code):
            yield (
                f"Số {name} {best.name.lower()} bằng {percent_text(ratio)} số {good.name.lower()} "
                f"({number_text(counts.number(best.code))}/{number_text(counts.number(good.code))})."
            )
    if report.undecided:
        yield f"Chưa có quyết định xếp loại của {number_text(report.undecided)} tổ chức đảng."


def data(report):
    """The figures behind the document, as JSON data."""
    return {
        "year": report.year,
        "on": report.on.isoformat(),
        "organisation": report.organisation.name,
        "regulation": report.regulation,
        "separates_exemplary": report.separates_exemplary,
        "groups": [
            {"group": group.group, "exemplary": group.exemplary, **asdict(group.counts)} for group in report.groups
        ],
    }


PAPER = ReportPaper(
    subject="tổ chức đảng",
    parts=SECTIONS,
    findings=findings,
    tables=tables,
    in_text=lambda report: len(report.groups),
    lists=("bodies", "best", "worst", "not_rated"),
    data=data,
)
ORGANISATIONS = PAPER.printable("organisation_ratings", organisations_report)
