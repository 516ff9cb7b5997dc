"""A new regulation is a new set of files: nothing shipped is edited, no line of code knows of it."""

import re
from datetime import date

import pytest

from cells.loading import load_rule_set
from cells.models import RuleSet
from config.lib.rulesets import discover
from evaluations.actions.seasons import SeasonEntry, open_season
from evaluations.reports import ratings_report
from evaluations.rules import cap_limit
from evaluations.season_rules import proposed_entry, rule_book
from tests.evaluations.rating_cases import people
from tests.evaluations.regulations import ROOT

pytestmark = pytest.mark.django_db

SHIPPED = "qd366_2025"
HEADER = {
    'code = "qd366_2025"': 'code = "qd999_2027"', "effective_on = 2025-10-31": "effective_on = 2027-10-31",
    "first_season_year = 2025": "first_season_year = 2027", 'supersedes = "qd124_2023"': 'supersedes = "qd366_2025"',
}  # fmt: skip
NEW_VALUES = {
    "cap": {"xs_cap_percent": "10"},
    "eligibility": {"new_member_months": "9"},
    "ruleset": {"regulation_number": '"999-QĐ/TW"', "regulation_date": "2027-09-01"},
}


@pytest.fixture
def new_files(tmp_path):
    """The files of the current regulation with other numbers, as somebody would write them for the next one."""
    folder = tmp_path / "rulesets"
    folder.mkdir()
    for path in (ROOT / "evaluations" / "rulesets").glob("2025-10-31-*.toml"):
        text = path.read_text(encoding="utf-8")
        for old, new in HEADER.items():
            assert text.count(old) == 1 or old.startswith("supersedes")  # a first file follows none
            text = text.replace(old, new)
        topic = re.search(r'topic = "(\w+)"', text)[1]
        for key, value in NEW_VALUES.get(topic, {}).items():
            text, found = re.subn(rf"(\[keys\.{key}\]\nvalue = ).*", rf"\g<1>{value}", text)
            assert found == 1
        (folder / path.name.replace("2025-10-31-qd366", "2027-10-31-qd999")).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_season_takes_the_new_files_and_an_older_one_keeps_its_own(new_files, tree, cast):
    people(tree.here, 2)
    people(tree.here, 1, decided_on=None, admitted_on=date(2027, 5, 19), official_on=None, since=date(2027, 5, 19))
    before = RuleSet.objects.count()
    loaded = [load_rule_set(each) for each in discover(new_files)]
    assert RuleSet.objects.count() == before + len(loaded)

    old, new = (
        open_season(SeasonEntry(year, date(year, 12, 31)), organisation=tree.root, by=cast.staff)
        for year in (2026, 2027)
    )

    assert (old.rule_code, new.rule_code) == (SHIPPED, "qd999_2027")
    assert [cap_limit(rule_book(season).rules.cap, 2, 10).over_by for season in (old, new)] == [0, 1]
    assert rule_book(new).citations[0] == "Quy định số 999-QĐ/TW, ngày 01/09/2027 của Bộ Chính trị"
    verdicts = new.sheets.get(organisation=tree.here).reviews.values_list("outcome", "explanation")
    assert sorted(outcome for outcome, _ in verdicts) == ["outside", "rate", "rate"]
    assert [words for outcome, words in verdicts if outcome == "outside" and "chưa đủ 9 tháng" in words]


def test_forms_and_reports_of_the_year_name_the_new_regulation(new_files, tree, cast):
    for each in discover(new_files):
        load_rule_set(each)

    assert proposed_entry(tree.root, 2027)["reference_date"] == date(2027, 12, 31)
    assert "999-QĐ/TW" in ratings_report(tree.root, year=2027).regulation
    assert "366-QĐ/TW" in ratings_report(tree.root, year=2026).regulation
    assert RuleSet.objects.for_season("cap", 2027).code == "qd999_2027"
    assert RuleSet.objects.for_season("cap", 2026).code == SHIPPED
