"""Lists of those at one level for years running: the best for awards, the lowest for those to be helped.

The database narrows by person over the years asked for; who stands in the list the rule decides.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count

from cells.models import Organisation
from cells.tree_history import read_history
from evaluations.importing.year import rules_of_year
from evaluations.reports import REASONS
from evaluations.rules import Run, RunRule, YearResult, assistance_rule, commendation_rule, run_of
from members.enums import Status
from members.forms.dates import PartialDate
from members.models import AnnualGrade, Member
from members.reports.name_lists import UNDER_NAME
from members.reports.registers import Places

EXCELLENT, FAILED = "excellent", "failed"
COLUMNS = (
    ("Họ và tên", 18), ("Sinh", 9), ("Chi bộ", 17), ("Tổ chức đảng cấp trên", 17), ("Căn cứ", 25), ("Tình trạng", 10),
)  # fmt: skip


@dataclass(frozen=True)
class RunKind:
    """One of the lists: its words before the number of years is known, what it is for and not for, its rule."""

    title: str
    short: str
    sentence: str
    purpose: str
    caution: str
    rule: Callable[..., RunRule | None]
    keeps_ended: bool  # whether those who died or left by the day of the list stand in it
    is_noted: bool = False  # whether reading its names is an act in the log
    columns: tuple[tuple[str, int], ...] = COLUMNS
    wide: bool = True


@dataclass(frozen=True)
class RunPerson:
    """One person of a list: where he was rated in the year, why he stands here, what he is on the day of the list."""

    member_id: Any
    name: str
    born: str
    home_path: str  # where he is today: whether the reader may open the page
    cell: str
    above: str
    unit: str  # the part of the body to which the cell belongs
    run: Run
    state: str

    @property
    def values(self):
        return (self.name, self.born, self.cell, self.above, self.run.reason, self.state)


@dataclass(frozen=True)
class RunList:
    """A list of a body and a year; `rule` is None where the rule set of that year says nothing of years running."""

    name: str
    organisation: Organisation
    body: str  # by its name of the day
    year: int
    on: date
    rule: RunRule | None
    people: tuple[RunPerson, ...]

    @property
    def kind(self):
        """The words of the list with its number of years."""
        known = KINDS[self.name]
        if self.rule is None:
            return known
        words = f"{self.rule.level.name[0].lower()}{self.rule.level.name[1:]} {self.rule.years} năm liền"
        short = f"{words[0].upper()}{words[1:]}"
        return replace(known, title=f"Danh sách đảng viên {words}", short=short, sentence=f"đảng viên {words}")

    @property
    def rows(self):
        return tuple(person.values for person in self.people)

    @property
    def when(self):
        return f"tính đến năm {self.year}"

    @property
    def title(self):
        return f"{self.kind.title}, {self.body}, {self.when}"

    @property
    def span(self):
        """Of when the number is, as the document begins."""
        off = "" if self.rule else " (bộ quy tắc của năm này không nêu số năm liền)"
        return f"Tính đến năm {self.year}{off}"

    @property
    def how(self):
        """By what the list is made, in words."""
        if self.rule is None:
            return f"Bộ quy tắc của năm {self.year} không nêu số năm liền nên không lập danh sách này."
        gap = "được bỏ qua, không tính" if self.rule.skips else "làm chuỗi bị ngắt"
        return (
            f"Xét {self.rule.years} năm liền đến năm {self.year}, trong một thang xếp loại ({self.rule.article}). "
            f"Năm không xếp loại hoặc chưa có kết quả {gap} ({self.rule.gap_article})."
        )

    @property
    def units(self):
        """(part of the body, how many), the most first."""
        return tuple(Counter(person.unit for person in self.people).most_common())


def read_run_list(name, organisation, *, year, on=None):
    """The list of that name as of `year`, by the rules of that year; people where they were rated in it.

    NotAllowed when no rule set of the year is known.
    """
    day = min(on or date(year, 12, 31), date(year, 12, 31))
    book = rules_of_year(organisation, year).book
    rule = KINDS[name].rule(book.rules.procedure, book.scale)
    places = Places(read_history(), organisation, day)
    runs = _runs(rule, places.branch, year) if rule else {}
    people = tuple(_people(KINDS[name], runs, places, organisation.pk))
    return RunList(name, organisation, places.name(organisation.pk), year, day, rule, people)


def _people(kind, runs, places, top):
    members = Member.objects.standing().filter(pk__in=list(runs)).with_status(places.day).select_related("home")
    for member in members.only("full_name", "born_on", "born_precision", "home__path").order_by("sort_key", "pk"):
        if kind.keeps_ended or member.status != Status.ENDED:
            run, cell = runs[member.pk]
            names = _names(places, cell, top)
            yield _person(member, run, names)


def _names(places, cell, top):
    """Names of the cell, of the body above it, and of the part of the body `top` to which it belongs."""
    chain = places.history.chain(cell, places.day)
    part = chain[max(chain.index(top) - 1, 0)]
    return {
        "cell": places.name(cell),
        "above": places.name(chain[1]) if len(chain) > 1 else "",
        "unit": places.name(part),
    }


def _person(member, run, names):
    return RunPerson(
        member_id=member.pk,
        name=member.full_name,
        born=str(PartialDate(member.born_on, member.born_precision)) if member.born_on else "",
        home_path=member.home.path,
        run=run,
        state=UNDER_NAME.get(member.status, Status(member.status).label.lower()),
        **names,
    )


def _runs(rule, branch, year):
    """(run, cell of the year) by person, of those whose run carries."""
    found: dict = {}
    rows = _standing(rule, year).filter(member__in=_candidates(rule, branch, year))
    for pk, *result, reason, cell in rows.values_list(
        "member", "year", "scale", "level", "not_rated_reason", "organisation"
    ):
        results, cells = found.setdefault(pk, ([], {}))
        results.append(YearResult(*result, not_rated=REASONS.get(reason, reason).lower() if reason else ""))
        cells[result[0]] = cell
    runs = ((pk, run_of(rule, results, year), cells[year]) for pk, (results, cells) in found.items())
    return {pk: (run, cell) for pk, run, cell in runs if run}


def _candidates(rule, branch, year):
    """People rated at the level in the branch in the year, and in as many years by then as the rule asks for."""
    level = _standing(rule, year).filter(scale=rule.scale, level=rule.level.code)
    rated = level.filter(year=year, organisation__in=branch)
    often = level.filter(member__in=rated.values("member")).values("member").annotate(times=Count("pk"))
    return often.filter(times__gte=rule.years).values("member")


def _standing(rule, year):
    """Results by the year, of its last years only where a gap ends a run."""
    rows = AnnualGrade.objects.standing().filter(year__lte=year)
    return rows if rule.skips else rows.filter(year__gt=year - rule.years)


KINDS = {
    EXCELLENT: RunKind(
        "Danh sách đảng viên hoàn thành xuất sắc nhiệm vụ nhiều năm liền", "Xuất sắc nhiều năm liền",
        "đảng viên hoàn thành xuất sắc nhiệm vụ nhiều năm liền", "Để xét khen thưởng.", "", commendation_rule, True,
    ),
    FAILED: RunKind(
        "Danh sách đảng viên không hoàn thành nhiệm vụ nhiều năm liền", "Không hoàn thành nhiều năm liền",
        "đảng viên không hoàn thành nhiệm vụ nhiều năm liền", "Để xem xét đưa vào danh sách cần giáo dục, giúp đỡ.",
        "Đây không phải là “hai năm liền vi phạm tư cách đảng viên”, căn cứ để xóa tên. Người đã từ trần, ra khỏi Đảng "
        "hoặc không còn trong danh sách thì không nêu.", assistance_rule, False, is_noted=True,
    ),
}  # fmt: skip
