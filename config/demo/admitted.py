"""Members of the demo who were admitted in the last years, with the candidacies that led there, written at once."""

from datetime import timedelta

from admissions.enums import FoundBy, Purpose, State
from admissions.models import AdmissionDecision, Admitted, Candidate, Ceremony, Profile
from cells.tree_history import read_history
from config.lib.vietnamese import fold, sort_key
from members.enums import StartReason, Topic
from members.models import Membership, Particular

YEARS = 3
BATCH = 1000
TOPICS = {
    Topic.OCCUPATION: "occupation", Topic.GENERAL_EDUCATION: "schooling", Topic.DEGREE: "degree",
    Topic.RELIGION: "religion", Topic.THEORY: "theory",
}  # fmt: skip


def freeze_admitted(on, *, by):
    """A candidacy, decision, ceremony and frozen row for everybody admitted since the year three before `on`."""
    since = on.replace(year=on.year - YEARS, month=1, day=1)
    rows = Membership.objects.standing().official().filter(
        start_reason=StartReason.ADMITTED, started_on__gte=since, started_on__lte=on, member__candidacies=None
    )  # fmt: skip
    stays = list(rows.select_related("member", "organisation").order_by("started_on", "member_id"))
    answers = _answers([stay.member_id for stay in stays])
    people = [_candidate(stay, place, on, by) for place, stay in enumerate(stays)]
    Candidate.objects.bulk_create(people, BATCH)
    Profile.objects.bulk_create([Profile(candidate=each) for each in people], BATCH)
    pairs = list(zip(people, stays, strict=True))
    decisions = [_decision(each, stay, number, by) for number, (each, stay) in enumerate(pairs, start=1)]
    AdmissionDecision.objects.bulk_create(decisions, BATCH)
    Ceremony.objects.bulk_create(
        (
            Ceremony(candidate=each, decision=decision, organisation=stay.organisation, held_on=stay.started_on,
                     recorded_by=by)
            for each, decision, stay in zip(people, decisions, stays, strict=True)
        ),
        BATCH,
    )  # fmt: skip
    history = read_history()
    frozen = [_frozen(each, stay, answers.get(stay.member_id, {}), history, by) for each, stay in pairs]
    Admitted.objects.bulk_create(frozen, BATCH)


def _answers(ids):
    rows = Particular.objects.standing().filter(member__in=ids, topic__in=TOPICS).order_by("started_on")
    found = {}
    for row in rows:
        values = found.setdefault(row.member_id, {})
        values[TOPICS[row.topic]] = row.value
        if row.topic == Topic.OCCUPATION:
            values["job"] = row.text
    return found


def _candidate(stay, place, on, by):
    person = stay.member
    is_official = person.official_on is not None and person.official_on <= on
    return Candidate(
        organisation=stay.organisation, member=person, full_name=person.full_name, sex=person.sex,
        state=State.OFFICIAL if is_official else State.PROBATION, search_key=fold(person.full_name),
        sort_key=sort_key(person.full_name), born_on=person.born_on, born_precision=person.born_precision,
        found_by=FoundBy.values[place % len(FoundBy.values)], listed_on=stay.started_on - timedelta(days=400),
        recorded_by=by,
    )  # fmt: skip


def _decision(candidate, stay, number, by):
    cell = stay.organisation
    return AdmissionDecision(
        candidate=candidate, purpose=Purpose.ADMISSION, approves=True, organisation=cell.parent or cell,
        body="standing_board", number=f"{number}-QĐ/ĐU (mẫu)", signed_on=stay.member.decided_on or stay.started_on,
        received_on=stay.member.decided_on or stay.started_on, recorded_by=by,
    )  # fmt: skip


def _frozen(candidate, stay, answers, history, by):
    """What is counted of the admission, from the member's record as the demo wrote it."""
    person, day = stay.member, stay.started_on
    job = answers.pop("job", "")
    chain = history.chain(stay.organisation_id, day)
    base = next((each for each in chain if history.stand(each, day).is_base), None)
    is_worker = answers.get("occupation") == "enterprise_direct_worker"
    is_young = person.born_on is not None and day.year - person.born_on.year <= 30
    return Admitted(
        candidate=candidate, member=person, organisation=stay.organisation, base_id=base,
        base_kind=history.base_type(stay.organisation_id, day), decided_on=person.decided_on or day, held_on=day,
        sex=person.sex, born_on=person.born_on, born_precision=person.born_precision, ethnic=person.ethnic,
        worker_kind="processing" if is_worker else "none", is_teacher=job == "Giáo viên", union_member=is_young,
        found_by=candidate.found_by, recorded_by=by, **answers,
    )  # fmt: skip
