"""Published totals come out of the report to the printed digit, in the names of their own scale (classification)."""

from datetime import date
from decimal import Decimal

import pytest

from config.demo.planner import analyse
from evaluations.printing import data, findings
from evaluations.report_tables import comparison, tables
from evaluations.reports import Counts, ratings_report
from evaluations.rules import agrees, share
from evaluations.season_rules import book_of_year
from members.models import AnnualGrade, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tree):
    """Synthetic members of one cell with the counted results of one year."""

    def load_results(year, scale, levels, not_rated):
        wanted = [(level, "") for level, n in levels.items() for _ in range(n)]
        wanted += [("", reason) for reason, n in not_rated.items() for _ in range(n)]
        people = [
            Member(full_name=f"Người {i}", search_key="", sort_key=f"{i:06d}", home=tree.here)
            for i in range(len(wanted))
        ]
        Member.objects.bulk_create(people, batch_size=500)
        AnnualGrade.objects.bulk_create(
            [
                AnnualGrade(
                    member=person, year=year, scale=scale, level=level, not_rated_reason=reason,
                    organisation=tree.here, decided_on=date(year, 12, 31),
                )
                for person, (level, reason) in zip(people, wanted, strict=True)
            ],
            batch_size=500,
        )  # fmt: skip
        analyse()
        return ratings_report(tree.root, year=year)

    return load_results


def test_bien_hoa_2013(load):
    """Biên Hòa 2013: 11,917 rated under 07-HD, and 75 who were not."""
    levels = {"DTC_XS": 1120, "DTC_TOT": 8445, "DTC_HT": 2311, "VPTC_KHT": 41}
    report = load(2013, "tu_cach", levels, {"ill": 40, "away": 30, "disciplinary_case_open": 5})

    assert (report.total.present, report.total.rated, report.total.not_yet) == (11992, 11917, 75)
    printed = [cell[1] for _, cells in comparison(report).lines for cell in (cells[0], cells[3], cells[4])]
    assert printed[:12] == [
        "Đảng viên đủ tư cách, hoàn thành xuất sắc nhiệm vụ", "1.120", "9,40",
        "Đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ", "8.445", "70,87",
        "Đảng viên đủ tư cách, hoàn thành nhiệm vụ", "2.311", "19,39",
        "Đảng viên vi phạm tư cách hoặc không hoàn thành nhiệm vụ", "41", "0,34",
    ]  # fmt: skip
    assert "13,26 %" in " ".join(findings(report))
    assert "07-HD/BTCTW" in report.regulation
    assert len(report.excellent) == 1120


def test_hai_duong_2019(load):
    """Hải Dương 2019: 90.33 % good or better, 9.1 % fulfilled, 0.57 % not, under 21-HD – on 10,000 people."""
    report = load(2019, "nhiem_vu", {"HTXSNV": 1433, "HTTNV": 7600, "HTNV": 910, "KHTNV": 57}, {})

    shares = {level.code: report.total.percent(level.code) for level in report.scale.levels}
    assert shares["HTXSNV"] + shares["HTTNV"] == Decimal("90.33")
    assert (shares["HTNV"], shares["KHTNV"]) == (Decimal("9.10"), Decimal("0.57"))
    assert [level.name for level in report.scale.levels] == [
        "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ",
    ]  # fmt: skip
    assert "132-QĐ/TW" in report.regulation


def printed_beside(report, printed, code):
    """Whether a printed percentage of one level is the counted one, within the tolerance of the rule set."""
    tolerance = book_of_year(report.year).rules.organisation.percent_tolerance
    return agrees(Decimal(printed), report.total.percent(code), tolerance)


def test_dong_thap_2012(load):
    """Đồng Tháp 2012 under 07-HD: 13 / 80.42 / 5.84 / 0.73 %, in sum 99.99; excellent are 16.19 % of the good ones.

    On 1,782 people: 13 % is printed rounded, so that the sum and 13/80.42 = 16.17 % are off by the last digit.
    """
    levels = {"DTC_XS": 232, "DTC_TOT": 1433, "DTC_HT": 104, "VPTC_KHT": 13}
    report = load(2012, "tu_cach", levels, {})

    shares = {code: str(report.total.percent(code)) for code in levels}
    assert shares == {"DTC_XS": "13.02", "DTC_TOT": "80.42", "DTC_HT": "5.84", "VPTC_KHT": "0.73"}
    assert "16,19 %" in " ".join(findings(report))
    printed = {"DTC_XS": "13", "DTC_TOT": "80.42", "DTC_HT": "5.84", "VPTC_KHT": "0.73"}
    assert all(printed_beside(report, words, code) for code, words in printed.items())
    assert sum(map(Decimal, printed.values())) == Decimal("99.99")
    assert share(1300, 8042) == Decimal("16.17")  # of the printed percentages, two hundredths off the printed 16.19
    assert agrees(Decimal("16.19"), share(1300, 8042), Decimal("0.02"))
    assert not printed_beside(report, "12.99", "DTC_XS")
    assert "07-HD/BTCTW" in report.regulation


def test_nam_can_2018(load):
    """Năm Căn 2018 under 16-HD: 2,993 = 2,645 rated + 19 not yet + 329 exempt; only the 249 excellent are printed.

    How the others were rated is not known: any split does. The printed 0.72 % is of those rated, where 88.37 % and
    10.99 % are of all.
    """
    levels = {"HTXSNV": 249, "HTTNV": 2000, "HTNV": 390, "KHTNV": 6}
    total = load(2018, "nhiem_vu", levels, {"exempt": 329, "ill": 19}).total

    assert (total.present, total.rated, total.not_yet, total.exempt) == (2993, 2645, 19, 329)
    assert str(total.percent("HTXSNV")) == "9.41"
    of_all = {name: share(getattr(total, name), total.present) for name in ("rated", "not_yet", "exempt")}
    assert {name: str(found) for name, found in of_all.items()} == {
        "rated": "88.37", "not_yet": "0.63", "exempt": "10.99",
    }  # fmt: skip
    tolerance = book_of_year(2018).rules.organisation.percent_tolerance
    wrong = {
        name
        for name, printed in {"rated": "88.37", "not_yet": "0.72", "exempt": "10.99"}.items()
        if not agrees(Decimal(printed), of_all[name], tolerance)
    }
    assert wrong == {"not_yet"}
    assert str(share(total.not_yet, total.rated)) == "0.72"


def test_levels_of_two_scales_are_not_compared(load, tree):
    """2018 is rated in another scale than 2017: both are printed, no difference is computed."""
    load(2017, "tu_cach", {"DTC_XS": 1, "DTC_TOT": 2}, {})
    report = load(2018, "nhiem_vu", {"HTXSNV": 1, "HTTNV": 2}, {})

    assert not report.same_scale
    first = comparison(report).lines[0][1]
    assert [cell[1] for cell in first] == ["Hoàn thành xuất sắc nhiệm vụ", "–", "–", "1", "33,33", "–"]


def test_the_identity_holds_in_every_line(load):
    """present = exempt + not yet + rated, in the whole, by type and by unit."""
    report = load(2025, "nhiem_vu", {"HTXSNV": 3, "HTTNV": 20}, {"exempt": 4, "ill": 2})

    lines = [report.total, *(line.counts for line in (*report.by_type, *report.by_unit))]
    assert {(c.present, c.exempt, c.not_yet, c.rated) for c in lines} == {(29, 4, 2, 23)}


def test_the_figures_on_paper_and_in_the_data_are_the_same(load):
    report = load(2025, "nhiem_vu", {"HTXSNV": 3, "HTTNV": 20}, {"exempt": 4})
    assert data(report)["total"] == {
        "exempt": 4, "not_yet": 0, "levels": {"HTXSNV": 3, "HTTNV": 20}, "present": 27, "rated": 23,
    }  # fmt: skip
    assert [table.name for table in tables(report)] == [
        "So sánh", "Theo loại hình", "Theo tổ chức", "HTXSNV", "KHTNV", "Chưa xếp loại",
    ]  # fmt: skip


def test_counts_add_up():
    total = Counts(1, 2, {"HTXSNV": 3}) + Counts(0, 1, {"HTXSNV": 1, "HTNV": 5})
    assert total == Counts(1, 3, {"HTXSNV": 4, "HTNV": 5})
    assert total.percent("HTNV") == Decimal("55.56")
    assert Counts().percent("HTNV") is None
