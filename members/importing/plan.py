"""What an import would do: each row against the record, field by field."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from config.lib.periods import Precision
from config.lib.vietnamese import fold, place_tone
from members.answers import answer_words
from members.catalogues import printed
from members.enums import SENSITIVE_TOPICS, UNKNOWN, PostTitle, Sex, StartReason, Topic
from members.forms.dates import PartialDate
from members.importing.checks import ACTIVE
from members.importing.known import Known
from members.importing.matching import dates_agree
from members.importing.people import PersonRow
from members.importing.problems import Problem, problem

DATE_NAMES = {"born": "born", "decided": "decided", "admitted": "joined", "official": "official"}
DOUBTED_TOO = {"id_sex_mismatch": ("sex", "female", "personal_id")}  # either may be the wrong one
ENDINGS = ("deceased", "left")
ONE_DAY = timedelta(days=1)
FINER = {Precision.DAY: 2, Precision.MONTH: 1, Precision.YEAR: 0}


class Verdict(StrEnum):
    """What happens to a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


WRITTEN = (Verdict.CREATED, Verdict.UPDATED)


class Change(NamedTuple):
    """A value of the record before and after, in words; `sensitive` values are shown to few."""

    label: str
    before: str
    after: str
    sensitive: bool = False


class State(NamedTuple):
    """A state of activity that a row tells, since a day."""

    status: str
    since: date


@dataclass(slots=True)
class RowPlan:
    """What one row does: attributes, answers, post and state to write; nothing for a row that changes nothing."""

    person: PersonRow
    verdict: Verdict
    known: Known | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    post: str | None = None
    state: State | None = None
    changes: list[Change] = field(default_factory=list)
    member_id: UUID | None = None


class Planner:
    """Compares people of a list with the record on the day of the list."""

    def __init__(self, columns, reader, on, *, corrects_cells=False):
        self.columns, self.reader, self.on, self.corrects_cells = columns, reader, on, corrects_cells
        self.place_labels: dict[int, str] = {}
        self.differences: list[Problem] = []
        self.labels = {column.attribute: column.column_name for column in columns.values() if column.attribute}

    # --- what a row says ---------------------------------------------------------------------------------------------

    def attributes_of(self, person: PersonRow) -> dict[str, Any]:
        """The attributes of a member that a row says; empty cells say nothing."""
        found = {}
        for name, value in person.values.items():
            if value and name != "cell":
                found.update(self.columns[name].stored(value))
        return found

    def answers_of(self, person: PersonRow):
        """The dated answers that a row gives, by topic."""
        return {topic: value for name, value in person.values.items() if (topic := self.columns[name].topic) and value}

    def _state_of(self, person):
        status = person.values.get("status", ACTIVE)
        if status == ACTIVE:
            return None
        since = person.values.get("status_date")
        return State(status, since.day if since else self.on)

    # --- verdicts ----------------------------------------------------------------------------------------------------

    def create(self, person, attributes):
        """A person who is not on record yet."""
        return RowPlan(
            person,
            Verdict.CREATED,
            attributes={**attributes, "home_id": person.organisation_id},
            answers=self.answers_of(person),
            post=person.values.get("post"),
            state=self._state_of(person),
        )

    def refuse(self, person, known=None):
        """A row that is not written."""
        return RowPlan(person, Verdict.REFUSED, known)

    def update(self, person, attributes, known):
        """A person on record: what is new or otherwise is written, birth date and cell are only reported."""
        plan = RowPlan(person, Verdict.UNCHANGED, known)
        self._compare_dates(plan, attributes)
        self._compare_attributes(plan, attributes)
        self._compare_cell(plan)
        if self._contradicts_itself(plan):
            return self.refuse(person, known)
        self._compare_answers(plan)
        self._compare_post(plan)
        self._compare_state(plan)
        plan.verdict = Verdict.UPDATED if plan.changes else Verdict.UNCHANGED
        return plan

    def reconcile(self, person, known):
        """A person on record whom an export names too: differences are listed, nothing is written."""
        plan = RowPlan(person, Verdict.UNCHANGED, known)
        for name, recorded, code in (("born", "born", "born_differs"), ("joined", "admitted", "joined_differs")):
            here, there = person.values.get(name), known.dated(recorded)
            if here and there and not dates_agree(here, there):
                self._differ(person, name, code, str(there))
        self._compare_cell(plan)
        return plan

    def only_here(self, person):
        """A person of an export whom the record does not have."""
        self.differences.append(replace(self.reader.fault(person.line, "name", "only_in_export"), value=person.name))
        return self.refuse(person)

    def missing_here(self, known):
        """A person on the roll whom an export does not name."""
        cell = self.place_labels.get(known.values["home_id"], "")
        self.differences.append(problem("missing_in_export", value=known.values["full_name"], known=cell))

    def _differ(self, person, name, code, known):
        self.differences.append(self.reader.fault(person.line, name, code, known=known))

    def _keep_newer(self, person, name, words, since, until=None):
        """What the record knows from after the day of the list stays; a person decides which of the two is right."""
        last = f" đến hết {until - ONE_DAY:%d/%m/%Y}" if until else ""
        self._differ(person, name, "newer_on_record", f"{words or 'có mục mới hơn'}, từ {since:%d/%m/%Y}{last}")

    def _field_of(self, topic, person):
        return next(name for name in person.values if self.columns[name].topic == topic)

    # --- comparisons -------------------------------------------------------------------------------------------------

    def _compare_dates(self, plan, attributes):
        for recorded, name in DATE_NAMES.items():
            day = attributes.get(f"{recorded}_on")
            if day is None:
                continue
            here, there = PartialDate(day, attributes[f"{recorded}_precision"]), plan.known.dated(recorded)
            if here == there or (there and _says_less(here, there)):
                continue
            if recorded == "born" and there and not dates_agree(here, there):
                self._differ(plan.person, "born", "born_differs", str(there))
            elif not (there and plan.person.faulty(name)):
                plan.attributes |= {f"{recorded}_on": here.day, f"{recorded}_precision": here.precision}
                self._change(plan, f"{recorded}_on", str(there or ""), str(here))

    def _compare_attributes(self, plan, attributes):
        values, kept = plan.known.values, self._kept(plan.person)
        for name, here in attributes.items():
            there = values[name]
            if here == there or name.startswith(("born_", "decided_", "admitted_", "official_")):
                continue
            if (there and name in kept) or (name == "full_name" and _is_same_name(here, there)):
                continue
            plan.attributes[name] = here
            self._change(plan, name, _shown(name, there), _shown(name, here))

    def _kept(self, person):
        """Attributes of cells that a finding doubts: they do not replace what is on record."""
        fields = {name for each in person.problems for name in (each.field, *DOUBTED_TOO.get(each.code, ()))}
        return {
            name
            for each in fields & person.values.keys()
            if each != "cell"
            for name in self.columns[each].stored(person.values[each])
        }

    def _change(self, plan, name, before, after):
        plan.changes.append(Change(self.labels.get(name, "Số thẻ theo QĐ 85"), before, after))

    def _compare_cell(self, plan):
        """Another cell is a transfer to be made; only the official file corrects a list of the same day."""
        here, there = plan.person.organisation_id, plan.known.values["home_id"]
        if here in (None, there):
            return
        known = self.place_labels.get(there, "")
        if self.corrects_cells and _began_with_list(plan.known.membership, self.on):
            plan.attributes["home_id"] = here
            plan.changes.append(Change("Chi bộ", known, self.place_labels.get(here, "")))
        else:
            self._differ(plan.person, "cell", "cell_differs", known)

    def _contradicts_itself(self, plan):
        """Whether the new dates and those on record cannot both be true; the finding is added to the row."""
        both = {**plan.known.values, **plan.attributes}
        born, admitted, official = both["born_on"], both["admitted_on"], both["official_on"]
        if born and admitted and born >= admitted:
            code, name = "born_after_joined", "joined"
        elif admitted and official and official < admitted:
            code, name = "official_before_joined", "official"
        else:
            return False
        plan.person.problems.append(self.reader.fault(plan.person.line, name, code))
        return True

    def _compare_answers(self, plan):
        for topic, here in self.answers_of(plan.person).items():
            there = plan.known.answers.get(topic)
            if there and not (here.code not in (UNKNOWN, there.value) or (here.text and here.text != there.text)):
                continue
            if there and there.started_on > self.on:
                words = "" if topic in SENSITIVE_TOPICS else answer_words(topic, there.value, there.text)
                self._keep_newer(plan.person, self._field_of(topic, plan.person), words, there.started_on)
                continue
            plan.answers[topic] = here
            before = answer_words(topic, there.value, there.text) if there else ""
            after = answer_words(topic, here.code, here.text)
            plan.changes.append(Change(Topic(topic).label, before, after, topic in SENSITIVE_TOPICS))

    def _compare_post(self, plan):
        title, home = plan.person.values.get("post"), plan.known.values["home_id"]
        if title is None or plan.person.organisation_id != home or (title, home) in plan.known.posts:
            return
        here = {PostTitle(other).label: post for (other, place), post in plan.known.posts.items() if place == home}
        if newer := [(words, post) for words, post in here.items() if post.changed_after(self.on)]:
            for words, post in newer:
                self._keep_newer(plan.person, "post", words, post.started_on, post.ended_on)
            return
        plan.post = title
        before = ", ".join(here)
        plan.changes.append(Change("Chức vụ Đảng", before, PostTitle(title).label))

    def _compare_state(self, plan):
        state, membership = self._state_of(plan.person), plan.known.membership
        if state is None:
            return
        has_ended = membership is not None and membership.ended_on is not None
        if has_ended or (state.status not in ENDINGS and state.status in plan.known.overlays):
            return
        if state.status in ENDINGS and membership is not None and membership.started_on > self.on:
            self._keep_newer(plan.person, "status", "đang sinh hoạt", membership.started_on)
            return
        plan.state = state
        words = f"{printed('status', state.status)} từ {state.since:%d/%m/%Y}"
        plan.changes.append(Change("Trạng thái", "", words))


def _says_less(here, there):
    """Whether a date agrees with the recorded one without saying more than it."""
    return dates_agree(here, there) and FINER[here.precision] <= FINER[there.precision]


def _began_with_list(membership, on):
    """Whether all that is known of a membership is a list of that day or a later one."""
    return (
        membership is not None
        and membership.start_reason == StartReason.OPENING
        and membership.started_on >= on
        and membership.ended_on is None
    )


def _is_same_name(one, other):
    """Whether two spellings are one name: capitals and the place of the tone mark aside."""
    return fold(one) == fold(other) and place_tone(one, "first").casefold() == place_tone(other, "first").casefold()


def _shown(name, value):
    if name == "ethnic":
        return printed("ethnic", value)
    if name == "sex":
        return Sex(value).label
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
