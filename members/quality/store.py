"""Writing down what a look found: new things begin, what is still there stays, what is gone is mended."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from cells.models import Organisation
from members.importing.bulk import insert_rows
from members.importing.known import chunks
from members.models import Finding, Member, QualityCount
from members.models.quality import SENSITIVE_RULES
from members.quality.rules import rule_of
from members.quality_enums import FindingState


@dataclass(frozen=True)
class Settled:
    """How many findings began or began again, went away, and stand open now."""

    new: int
    fixed: int
    open: int


def settle(found, among, *, on, but=frozenset()):
    """Bring the findings `among` which a look was made in line with what it found on a day.

    Findings that name one of the members `but` are left alone: their records are looked at by themselves. What few may
    see is not counted: the figures stand in the log.
    """
    kept = {(row.rule, row.member_id, row.other_id): row for row in among.only(
        "rule", "member_id", "other_id", "state", "detail", "organisation_id")
        if but.isdisjoint((row.member_id, row.other_id))}  # fmt: skip
    seen = {each.key: each for each in found if but.isdisjoint((each.member_id, each.other_id))}
    new = [each for key, each in seen.items() if key not in kept]
    again = [(kept[key], each) for key, each in seen.items() if key in kept and _is_news(kept[key], each)]
    gone = [row for key, row in kept.items() if key not in seen and row.state != FindingState.FIXED]
    if new:
        insert_rows(Finding, [_row(each, on) for each in new], or_leave=True)
    _write_again(again, on)
    for part in chunks([row.pk for row in gone]):
        Finding.objects.filter(pk__in=part).update(state=FindingState.FIXED, settled_on=on)
    among.lasting().update(seen_on=on)
    opened = [row for row, _ in again if row.state == FindingState.OPEN]
    left = among.open().exclude(rule__in=SENSITIVE_RULES).count()
    return Settled(_told(new) + _told(opened), _told(gone), left)


def _told(rows):
    return sum(row.rule not in SENSITIVE_RULES for row in rows)


def _row(each, on):
    return {
        "rule": each.rule, "member_id": each.member_id, "other_id": each.other_id,
        "organisation_id": each.organisation_id, "detail": each.detail, "state": FindingState.OPEN,
        "found_on": on, "seen_on": on, "due_on": rule_of(each.rule).due_on(on),
    }  # fmt: skip


def _is_news(row, each):
    """Whether a known finding moved to another desk, says something else, or is there again."""
    return (row.state, row.detail, row.organisation_id) not in (
        (FindingState.OPEN, each.detail, each.organisation_id),
        (FindingState.ACCEPTED, each.detail, each.organisation_id),
    )


def _write_again(again, on):
    """What was mended begins anew; what was accepted does so when the rule says something else than then."""
    for row, each in again:
        if row.state == FindingState.FIXED or (row.state == FindingState.ACCEPTED and row.detail != each.detail):
            row.state, row.reason, row.settled_on, row.settled_by = FindingState.OPEN, "", None, None
            row.found_on, row.due_on = on, rule_of(each.rule).due_on(on)
        row.detail, row.organisation_id = each.detail, each.organisation_id
    fields = ["state", "reason", "settled_on", "settled_by", "found_on", "due_on", "detail", "organisation"]
    Finding.objects.bulk_update([row for row, _ in again], fields, batch_size=500)


def branch_findings(organisation):
    """Findings that name somebody at or below an organisation."""
    homes = Organisation.objects.below(organisation).values("id")
    return Finding.objects.filter(Q(member__home__in=homes) | Q(other__home__in=homes))


def keep_counts(organisation, *, on):
    """The figures of the day for an organisation and every body below it that has records.

    Everybody reads them who reads the desk: rules of which few may know are left out.
    """
    sums, people = defaultdict(Counter), Counter()
    rows = Finding.objects.below(organisation).exclude(rule__in=SENSITIVE_RULES)
    counted = rows.order_by().values_list("organisation__path", "rule", "state")
    for path, rule, state, number in counted.annotate(number=Count("pk")):
        for body in _bodies(path, organisation):
            sums[body][rule, state] += number
    homes = Member.objects.standing().below(organisation).order_by().values_list("home__path")
    for path, number in homes.annotate(number=Count("pk")):
        for body in _bodies(path, organisation):
            people[body] += number
    rows = [_figures(body, sums[body], people[body], on) for body in {organisation.pk, *sums, *people}]
    fields = ["people", "open", "accepted", "fixed", "by_rule"]
    QualityCount.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["organisation", "on"], update_fields=fields
    )


def _bodies(path, top):
    """Ids from `top` down to the organisation of that path."""
    ids = [int(part) for part in path.strip("/").split("/")]
    return ids[ids.index(top.pk) :]


def _figures(body, counted, people, on):
    by_state = Counter()
    for (_, state), number in counted.items():
        by_state[state] += number
    open_ones = {rule: number for (rule, state), number in counted.items() if state == FindingState.OPEN}
    return QualityCount(
        organisation_id=body, on=on, people=people, open=by_state[FindingState.OPEN],
        accepted=by_state[FindingState.ACCEPTED], fixed=by_state[FindingState.FIXED], by_rule=open_ones,
    )  # fmt: skip
