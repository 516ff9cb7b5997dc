"""The four figures of the desk with last year's beside them, and the records that want a look."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from django.db.models import Case, Count, Q, Value, When
from django.urls import reverse

from cells.models import Organisation, RuleSet
from cells.permissions import Permission
from cells.rights import Asker
from cells.unchanged import kept_until_next_act
from config.desk.entries import Entry
from config.lib.rulesets import restore, typed
from config.lib.statements import kept_statement
from config.lib.ui import percent, vi_number
from config.lib.workdays import add_months
from evaluations.rules import share
from members.enums import MembershipKind, OverlayKind, Sex, StartReason
from members.importing.rules import FileCheckRules, probation_overdue
from members.models import AnnualGrade, Membership, Overlay
from members.rules import scale_from

CHECKS, SCALE = "file_checks", "scale"
NO_FIGURE = "chưa có số liệu"
NOT_PROBATIONARY = [OverlayKind.INTERRUPTED, OverlayKind.SUSPENDED, OverlayKind.EXEMPT]


@dataclass(frozen=True)
class Figure:
    """A number of today, the same of a year ago, and where its names stand."""

    label: str
    value: str
    before: str
    before_label: str
    url: str


@dataclass
class Figures:
    """What the third column shows; `people` is None for who sees no figures."""

    people: int | None = None
    figures: list[Figure] = field(default_factory=list)
    to_look_at: list[Entry] = field(default_factory=list)


def read_figures(user, today):
    """Figures of the organisations in scope, in two queries."""
    if not user.holds(Permission.REPORTS_VIEW):
        return Figures()
    year_ago = add_months(today, -12)
    rules = _rule_sets(today)
    checks = typed(FileCheckRules, rules[CHECKS])
    counts = _counted(_people(Asker.of(user, today), overdue_since(checks, today)))
    found = Figures(counts["people"])
    if counts["people"]:
        found.figures = [*_people_figures(user, counts, year_ago), _best_level(user, today, rules)]
        found.to_look_at = list(_to_look_at(counts, checks))
    return found


def _rule_sets(today):
    """The keys of the checks in force and of every scale by its code."""
    return {name: keys for effective_on, name, keys in _loaded() if effective_on <= today}


@cache
def _loaded():
    """(day, name, keys) of the sets by date, read once a process: a loaded set never changes."""
    rows = RuleSet.objects.latest_versions().filter(topic__in=[CHECKS, SCALE]).order_by("effective_on")
    return [(row.effective_on, CHECKS if row.topic == CHECKS else row.code, restore(row.values)) for row in rows]


def overdue_since(checks, today):
    """The last day of admission whose probation and recognition have both run out; None without such a rule."""
    if checks.probation_months is None:
        return None
    day = add_months(today, -checks.probation_months)
    while not probation_overdue(checks, day, today):
        day -= timedelta(days=1)
    return day


@kept_until_next_act
@kept_statement
def _people(asker, admitted_by):
    """The official memberships in scope, counted by all that the figures tell apart: each is asked once."""
    today, year_ago = asker.day, add_months(asker.day, -12)
    edits = Organisation.objects.visible_to(asker, Permission.MEMBERS_EDIT).values("id")
    rows = Membership.objects.visible_to(asker, Permission.REPORTS_VIEW).standing().official()
    rows = rows.filter(member__voided_at__isnull=True).order_by()
    return rows.values_list(
        _whether(_on(today)),
        _whether(_on(year_ago)),
        _whether(Q(member__sex=Sex.FEMALE)),
        _whether(_probationary(today)),
        _whether(_probationary(year_ago)),
        _whether(Q(start_reason=StartReason.OPENING, started_on__gt=year_ago)),
        _whether(Q(organisation__in=edits)),
        _whether(Q(member__admitted_on__lte=admitted_by) if admitted_by else Q(pk__in=[])),
        _whether(Q(member__personal_id="")),
    ).annotate(Count("pk"))


def _counted(groups):
    counts = Counter()
    for now, then, woman, probationary, was_probationary, opened, mine, overdue, without_id, number in groups:
        counts += Counter(
            people=now * number,
            women=(now and woman) * number,
            probationary=(now and probationary) * number,
            people_then=then * number,
            women_then=(then and woman) * number,
            probationary_then=(then and was_probationary) * number,
            opened_since=opened * number,
            overdue=(now and mine and probationary and overdue) * number,
            without_id=(now and mine and without_id) * number,
        )
    return counts


def _whether(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


def _on(day):
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def _probationary(day):
    """As the list of members has it (`MemberQuerySet.with_status`)."""
    overlays = Overlay.objects.on(day).filter(kind__in=NOT_PROBATIONARY).values("member")  # few: read once
    away = Membership.objects.on(day).filter(kind=MembershipKind.TEMPORARY).values("member")
    not_official = Q(member__official_on__isnull=True) | Q(member__official_on__gt=day)
    return not_official & Q(organisation__is_cell=True) & ~Q(member__in=overlays) & ~Q(member__in=away)


def _people_figures(user, counts, year_ago):
    """People in three counts; a year in which not everybody was kept here yet has no figure, not a small one."""
    known = counts["people_then"] and not counts["opened_since"]
    names = reverse("members:list") if user.holds(Permission.MEMBERS_VIEW) else ""
    for label, key, query in (
        ("Đảng viên", "people", ""),
        ("Đảng viên nữ", "women", f"?sex={Sex.FEMALE}"),
        ("Đảng viên dự bị", "probationary", "?status=probationary"),
    ):
        yield Figure(
            label=label,
            value=vi_number(counts[key]),
            before=vi_number(counts[f"{key}_then"]) if known else NO_FIGURE,
            before_label=f"{year_ago:%d/%m/%Y}",
            url=names and names + query,
        )


@kept_until_next_act
@kept_statement
def _levels(asker, year):
    """Results of a year and the one before in scope, counted by scale and level."""
    places = Organisation.objects.visible_to(asker, Permission.REPORTS_VIEW).values("id")
    rows = AnnualGrade.objects.standing().filter(organisation__in=places, year__in=[year, year - 1]).exclude(level="")
    return rows.order_by().values_list("year", "scale", "level").annotate(Count("pk"))


def _best_level(user, today, rules):
    """How many got the best level of their year, by the scale of that year."""
    year = today.year - 1
    counts = _levels(Asker.of(user, today), year)
    best = {code: scale_from(code, keys).levels[0] for code, keys in rules.items() if code != CHECKS}
    found = {year: [0, 0], year - 1: [0, 0]}
    names = [best[scale].name for given_in, scale, _, _ in counts if given_in == year and scale in best]
    for given_in, scale, level, number in counts:
        found[given_in][0] += number if scale in best and level == best[scale].code else 0
        found[given_in][1] += number
    (now, rated), (before, rated_before) = found[year], found[year - 1]
    return Figure(
        label=f"{names[0] if names else 'Mức cao nhất'} năm {year}",
        value=vi_number(now) if rated else "–",
        before=f"{vi_number(before)} ({_share(before, rated_before)})" if rated_before else NO_FIGURE,
        before_label=f"{_share(now, rated)} số đã xếp loại; năm {year - 1}" if rated else f"năm {year - 1}",
        url=_report_url(user, year),
    )


def _share(number, rated):
    return percent(share(number, rated, 1), 1)


def _report_url(user, year):
    """The report of the first organisation of which the person sees figures."""
    first = min(user.paths_in_scope(Permission.REPORTS_VIEW), key=len)
    return reverse("evaluations:report", args=[int(first.strip("/").split("/")[-1]), year])


def _to_look_at(counts, checks):
    names = reverse("members:list")
    if counts["overdue"]:
        yield Entry(
            title=f"{vi_number(counts['overdue'])} đảng viên dự bị quá hạn công nhận chính thức",
            reason=(
                f"Quá {checks.probation_months} tháng dự bị và thời hạn công nhận mà chưa ghi ngày chính thức "
                f"({checks.cite('probation_months')})."
            ),
            url=f"{names}?status=probationary",
            verb="Xem danh sách dự bị",
        )
    if counts["without_id"]:
        yield Entry(
            title=f"{vi_number(counts['without_id'])} đảng viên chưa có số định danh cá nhân",
            reason="Bổ sung số định danh ở trang của từng đảng viên, hoặc nhập lại danh sách có số.",
            url=names,
            verb="Xem danh sách",
        )


def first_steps(user, people):
    """What to do first where nobody is on the roll yet; None where that is not the case or not one's task."""
    if people != 0 or not user.holds(Permission.MEMBERS_IMPORT):
        return None
    cells = Organisation.objects.visible_to(user, Permission.MEMBERS_IMPORT).cells()
    if cells.exists():
        return Entry(
            title="Chưa có đảng viên nào",
            reason="Các tổ chức đảng đã có. Việc đầu tiên là nhập danh sách đảng viên từ bảng tính.",
            url=reverse("members:imports"),
            verb="Nhập danh sách đảng viên",
        )
    return Entry(
        title="Chưa có chi bộ nào",
        reason="Việc đầu tiên là nhập danh mục tổ chức đảng, rồi nhập danh sách đảng viên.",
        url=reverse("members:imports"),
        verb="Nhập danh mục tổ chức",
    )
