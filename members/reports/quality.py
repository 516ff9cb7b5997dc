"""The quality desk of an organisation: what is open by rule and by body below, and how it went."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q

from cells.models import Organisation, RoleAssignment, User
from cells.permissions import GRANTS, INSPECTION_ROLES, Permission
from config.lib.charts import Series
from members.models import Finding, QualityCount
from members.quality.checks import tidied
from members.quality.people import person_of
from members.quality.rules import QualityRule, quality_rules, rule_of
from members.quality_enums import FindingState

SHOWN_DAYS = 12
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class RuleLine:
    """One rule with what stands open of it."""

    rule: QualityRule
    open: int
    overdue: int


@dataclass(frozen=True)
class BodyLine:
    """One organisation directly below, with what stands open in it and everything below it."""

    organisation: Organisation
    open: int
    overdue: int


@dataclass
class QualityDesk:
    """The page of one organisation on a day; `checked` is the figures of the last check, None before the first."""

    organisation: Organisation
    open: int = 0
    overdue: int = 0
    accepted: int = 0
    mended: int = 0
    rules: list[RuleLine] = field(default_factory=list)
    bodies: list[BodyLine] = field(default_factory=list)
    days: list[QualityCount] = field(default_factory=list)

    @property
    def checked(self) -> QualityCount | None:
        return self.days[-1] if self.days else None

    @property
    def labels(self) -> list[str]:
        return [f"{day.on:%d/%m}" for day in self.days]

    @property
    def series(self) -> list[Series]:
        parts = (("còn", "open"), ("chấp nhận", "accepted"))
        return [Series(words, [getattr(day, name) for day in self.days]) for words, name in parts]


def quality_desk(organisation, user, today):
    """The desk of an organisation within the scope of `user`, in four queries."""
    rows = Finding.objects.visible_to(user, Permission.MEMBERS_VIEW).below(organisation).order_by()
    late = Count("pk", filter=Q(due_on__lt=today))
    by_place = rows.open().values_list("organisation__path", "rule").annotate(number=Count("pk"), late=late)
    days = list(QualityCount.objects.filter(organisation=organisation).order_by("-on")[:SHOWN_DAYS])
    desk = QualityDesk(organisation, days=days[::-1])
    rules, bodies = defaultdict(Counter), defaultdict(Counter)
    for path, rule, number, overdue in by_place:
        desk.open, desk.overdue = desk.open + number, desk.overdue + overdue
        rules[rule] += Counter(open=number, overdue=overdue)
        if below := path[len(organisation.path) :]:
            bodies[int(below.split("/")[0])] += Counter(open=number, overdue=overdue)
    desk.rules = [RuleLine(rule, rules[code]["open"], rules[code]["overdue"])
                  for code, rule in quality_rules().items() if code in rules]  # fmt: skip
    children = Organisation.objects.open().filter(parent=organisation).order_by("position", "pk")
    desk.bodies = [_body_line(child, bodies[child.pk]) for child in children]
    settled = rows.aggregate(
        accepted=Count("pk", filter=Q(state=FindingState.ACCEPTED)),
        mended=Count("pk", filter=Q(state=FindingState.FIXED, settled_on__gt=today - RECENT)),
    )
    desk.accepted, desk.mended = settled["accepted"], settled["mended"]
    return desk


def _body_line(child, counted):
    return BodyLine(child, counted["open"], counted["overdue"])


@dataclass(frozen=True)
class FindingRow:
    """One finding as a list shows it."""

    finding: Finding
    rule: QualityRule
    is_overdue: bool

    @property
    def pair(self) -> tuple | None:
        """Ids of both records of a pair, to compare them."""
        return (self.finding.member_id, self.finding.other_id) if self.finding.other_id else None


def finding_rows(findings, today):
    """Rows of a page."""
    return [
        FindingRow(each, rule_of(each.rule), each.state == FindingState.OPEN and each.due_on < today)
        for each in findings
    ]


@dataclass(frozen=True)
class Mending:
    """What mending one record without a paper would change: (label, before, after)."""

    finding: Finding
    changes: list[tuple[str, str, str]]


def mendings(findings, rule):
    """Before and after for each record whose way of writing can be mended."""
    found = []
    for finding in findings:
        member = finding.member
        after = tidied(person_of(member), rule.fix)
        changes = [
            (member._meta.get_field(name).verbose_name, getattr(member, name), value) for name, value in after.items()
        ]
        if changes:
            found.append(Mending(finding, changes))
    return found


def possible_owners(organisation, on):
    """Accounts in use that may mend records of an organisation or below it, those of the bodies above it too."""
    roles = [role for role, granted in GRANTS.items() if Permission.MEMBERS_EDIT in granted]
    held = RoleAssignment.objects.on(on).filter(role__in=set(roles) - INSPECTION_ROLES)
    near = Q(organisation__in=organisation.ancestor_ids()) | Q(organisation__path__startswith=organisation.path)
    return User.objects.filter(pk__in=held.filter(near).values("user_id"), is_active=True).order_by("full_name", "pk")
