"""Rows of the forms of the newly admitted (topic `admission_statistics`): whom each row counts. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.lib.rulesets import Rules
from members.enums import UNKNOWN
from members.statistics.rules import age_bounds, labels

TOPIC = "admission_statistics"
ENTERPRISE = ("enterprise_manager", "enterprise_indirect_worker", "enterprise_direct_worker")
SCHOOLING = {
    "literate": ("literate",),
    "primary": ("primary", "primary_completed"),
    "lower_secondary": ("lower_secondary", "lower_secondary_completed", "lower_secondary_diploma"),
    "upper_secondary": ("upper_secondary",),
}
SUMMED = {"occupation": "Nghề nghiệp", "ages": "Tuổi đời", "general_education": "Giáo dục phổ thông"}
OPTIONAL = {"degree": "Trình độ chuyên môn", "academic_title": "Chức danh khoa học"}
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AdmissionStatisticsRules(Rules):
    form_2_title: str | None = None
    form_2b_title: str | None = None
    form_2_general: tuple[str, ...] | None = None
    form_2_blocks: tuple[str, ...] | None = None
    form_2_occupation: tuple[str, ...] | None = None
    form_2_ages: tuple[str, ...] | None = None
    form_2_general_education: tuple[str, ...] | None = None
    form_2_degree: tuple[str, ...] | None = None
    form_2_academic_title: tuple[str, ...] | None = None
    form_2_bases: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Row:
    """One row: its code and label, and whom it counts; without a test it is a heading or a figure of another kind."""

    code: str
    label: str
    test: Callable[[Values], bool] | None = None
    depth: int = 0
    serial: str = ""
    weight: str = ""

    def takes(self, values: Values) -> bool:
        return self.test is not None and self.test(values)


GENERAL: dict[str, Callable[[Values], bool]] = {
    "total": lambda values: True,
    "female": lambda values: values["sex"] == "female",
    "minority": lambda values: values["ethnic"] not in ("", "kinh"),
    "religious": lambda values: values["religion"] not in ("", "none", UNKNOWN),
    "youth_union": lambda values: values["union_member"] == "yes",
    "enterprise_owner": lambda values: values["private_owner"] == "yes",
    "population_policy": lambda values: values["population_policy"] == "yes",
    "foreign_spouse": lambda values: values["foreign_spouse"] == "yes",
    "readmitted": lambda values: values["readmitted"] == "yes",
}


def form_2_rows(rules: AdmissionStatisticsRules) -> Iterator[Row]:
    """Blocks I and II of form 2 in printed order; rows “unknown” say what a block leaves out."""
    for code, label in labels(rules.form_2_general).items():
        is_total = code == "total"
        yield Row(code, label, GENERAL.get(code), 0 if is_total else 1, "I" if is_total else "",
                  "total" if is_total else "")  # fmt: skip
    for number, (block, title) in enumerate(labels(rules.form_2_blocks).items(), start=1):
        yield Row(f"{block}.", title, serial=f"II.{number}", weight="group")
        yield from _block_rows(block, labels(getattr(rules, f"form_2_{block}")))


def _block_rows(block: str, rows: dict[str, str]) -> Iterator[Row]:
    tests = {code: test for code in rows if (test := _test_of(block, code)) is not None}
    serial = 0
    for code, label in rows.items():
        is_part = block == "occupation" and code in ENTERPRISE
        serial += not is_part
        numbered = "–" if is_part else str(serial) if block == "occupation" else ""
        yield Row(f"{block}.{code}", label, tests.get(code), 2 if is_part else 1, numbered)
    if block in SUMMED:
        known = tuple(tests.values())
        yield Row(f"{block}.{UNKNOWN}", "Chưa rõ", lambda values: not any(test(values) for test in known), 1)


def _test_of(block: str, code: str) -> Callable[[Values], bool] | None:
    if block == "ages":
        if code == "mean":
            return None
        least, most = age_bounds(code)
        return lambda values: values["age"] is not None and least <= values["age"] <= (most or 200)
    if block == "general_education":
        return lambda values: values["schooling"] in SCHOOLING.get(code, ())
    if (block, code) == ("occupation", "enterprise"):
        return lambda values: values["occupation"] in ENTERPRISE
    return lambda values: values[block] == code
