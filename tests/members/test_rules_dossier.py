"""What a member's file must hold: member-file.md §6, §7 and the parameters of §16; the 104 types of papers."""

from collections import Counter
from datetime import date

import pytest

from config.lib.rulesets import typed, with_overrides
from members.catalogues.dossier import bare_name, paper_types, types_source
from members.rules.dossier import (
    FileFacts,
    FileRules,
    gaps,
    missing_by_priority,
    needs,
    next_check,
    regime,
    type_number,
)
from tests.evaluations.regulations import keys

CODES = ("qd24_2021", "qd294_2025", "qd208_2026")
PARAMETERS = """
file_reconcile_months | 6 ○ | 6 ● | 12 ○
supplement_months | 12 △ | 12 ● | 12 △
self_review_keep_years | 3 ● | 3 ● | 3 △
file_complete_since | 1997-06-02 △ | 1997-06-02 ● | 1997-06-02 △
document_number_width | – | – | 2 △
store_scans | False △ | False △ | False △
"""
ON = date(2026, 11, 23)
# §6 (a) and (b): every file that must be whole
ON_ADMISSION = {1, 2, 3, 5, 37, 38, 39, 42, 43, 45}
# §6 (c): of an official member, with one yearly slip at least
ON_RECOGNITION = {4, 7, 19, 46, 47, 48, 49, 50, 52}


def rules(code="qd294_2025", **chosen):
    return typed(FileRules, with_overrides(keys("files", code, "members"), chosen))


def facts(admitted="2020-05-19", official=True, **more):
    day = admitted and (date.fromisoformat(admitted), date.fromisoformat(admitted))
    return FileFacts(admitted=day or None, official=official, **more)


def wanted(found, **asked):
    """(types, least) of everything that a file needs."""
    return {need.types: need.least for need in needs(paper_types().values(), rules(**asked), found, ON)}


@pytest.mark.parametrize("row", PARAMETERS.strip().splitlines(), ids=lambda row: row.split(" |")[0])
def test_parameters_are_those_of_the_table(row):
    name, *columns = [part.strip() for part in row.split("|")]
    for code, column in zip(CODES, columns, strict=True):
        found = keys("files", code, "members").get(name)
        assert column == (f"{found.value} {found.mark}" if found else "–")


def test_there_are_104_types_with_three_priorities():
    types = paper_types()
    assert sorted(types) == list(range(1, 105))
    assert Counter(each.priority for each in types.values()) == {1: 36, 2: 49, 3: 19}
    assert [types[number].priority for number in (1, 36, 37, 85, 86, 104)] == [1, 1, 2, 2, 3, 3]
    assert (types[5].name, types[38].name) == (
        "Quyết định kết nạp đảng viên",
        "Giấy chứng nhận đã học lớp nhận thức về Đảng",
    )
    assert len({each.name for each in types.values()}) == 104
    assert types_source() == ("○", "Công văn 1361-CV/BTCTW ngày 30/6/2026")


def test_the_index_follows_the_order_of_the_guide():
    order = list(paper_types())
    consideration = [38, 37, 1, 39, 40, 41, 42]
    agreed = [43, 44, 45, 5, 2, 3]
    recognised = [46, 47, 48, 49, 50, 51, 52, 7, 19, 20, 4, 34, 87, 22, 23, 70, 54, 61, 62]
    told = consideration + agreed + recognised
    assert [number for number in order if number in told] == told


def test_a_file_of_today_must_hold_everything_of_its_time():
    found = wanted(facts(admitted="2026-02-03", official=False))
    assert found == {**{(number,): 1 for number in ON_ADMISSION}, (40, 41): 1}
    found = wanted(facts())
    assert found == {**{(n,): 1 for n in ON_ADMISSION | ON_RECOGNITION}, (40, 41): 1, (61,): 3}


@pytest.mark.parametrize(
    ("admitted", "reviews"),
    [("2021-12-31", 3), ("2023-01-01", 2), ("2024-06-01", 1), ("2025-06-01", 0), ("2026-02-03", 0)],
)
def test_self_reviews_of_the_last_three_years_are_kept(admitted, reviews):
    assert wanted(facts(admitted=admitted)).get((61,), 0) == reviews
    assert (61,) not in wanted(facts(admitted=admitted, exempt=True))


def test_what_happened_asks_for_its_paper_once_for_each_time():
    moved = ("official", "official", "internal", "temporary")
    found = wanted(facts(moves=moved, events=("sanctioned", "sanctioned", "readmitted", "died")))
    assert {number: found[(number,)] for number in (54, 55, 59, 62, 22, 6, 83)} == {
        54: 2, 55: 1, 59: 1, 62: 3, 22: 2, 6: 1, 83: 1,
    }  # fmt: skip
    assert (16,) not in found


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [("1997-06-02", "full"), ("1997-06-01", "existing"), ("", "unknown"), (("1997-01-01", "1997-12-31"), "unknown"),
     (("1997-06-01", "1997-06-30"), "unknown"), (("1996-01-01", "1996-12-31"), "existing")],
)  # fmt: skip
def test_before_the_second_of_june_1997_what_exists_is_enough(admitted, expected):
    if isinstance(admitted, tuple):
        found = FileFacts(admitted=tuple(map(date.fromisoformat, admitted)), official=True)
    else:
        found = facts(admitted=admitted)
    assert regime(rules(), found) == expected
    assert bool(needs(paper_types().values(), rules(), found, ON)) == (expected == "full")


def test_a_committee_may_move_the_day_only_where_the_text_was_not_read():
    assert regime(rules("qd208_2026", file_complete_since="2010-01-01"), facts(admitted="2005-05-19")) == "existing"


def test_gaps_name_what_is_missing_and_count_by_priority():
    needed = needs(paper_types().values(), rules(), facts(), ON)
    held = dict.fromkeys((ON_ADMISSION | ON_RECOGNITION) - {5, 37}, 1) | {61: 1}
    found = gaps(needed, held, waived=[41], lost={23: paper_types()[23], 5: paper_types()[5]})
    assert [(gap.types, gap.missing, gap.priority) for gap in found] == [
        ((37,), 1, 2), ((5,), 1, 1), ((61,), 2, 2), ((23,), 1, 1),
    ]  # fmt: skip
    assert missing_by_priority(found) == {1: 2, 2: 3, 3: 0}
    assert [gap.types for gap in gaps(needed, held | {41: 1}, (), {})] == [(37,), (5,), (61,)]
    assert "II.1.1 Hướng dẫn 38-HD/BTCTW" in found[0].need.source


@pytest.mark.parametrize(
    ("code", "last", "due"),
    [("qd294_2025", date(2025, 8, 31), date(2026, 2, 28)), ("qd208_2026", date(2026, 8, 1), date(2027, 8, 1)),
     ("qd208_2026", None, None)],
)  # fmt: skip
def test_list_and_files_are_reconciled_every_so_many_months(code, last, due):
    assert next_check(rules(code), last) == due


@pytest.mark.parametrize(("width", "written"), [(2, ["05", "61", "104"]), (3, ["005", "061", "104"])])
def test_numbers_of_types_are_padded_as_the_committee_chose(width, written):
    chosen = rules("qd208_2026", document_number_width=width)
    assert [type_number(chosen, number) for number in (5, 61, 104)] == written


@pytest.mark.parametrize(
    ("words", "bare"),
    [("Nguyễn Thị Đào", "NguyenThiDao"), ("../../etc/passwd", "EtcPasswd"), ("a\\b:c\x00", "ABC"), ("H'Mông", "HMong")],
)
def test_names_in_file_names_are_bare_letters(words, bare):
    assert bare_name(words) == bare
