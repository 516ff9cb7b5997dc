"""Writing a plan in bulk, with the image of every row before and after, so that it can be taken back."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from members.enums import EndReason, OverlayKind, StartReason
from members.importing.known import CHUNK, chunks
from members.importing.plan import RowPlan, Verdict
from members.models import ImportChange, Member, Membership, Overlay, Particular, Post

PART = 1000
ONE_DAY = timedelta(days=1)
ENDINGS = {"deceased": EndReason.DIED, "left": EndReason.LEFT}
LEFT_NOTE = "Theo trạng thái “Rời khỏi Đảng” của tệp nhập; chưa rõ hình thức."
IMAGES = {
    Membership: ("organisation_id", "started_on", "ended_on", "end_reason"),
    Particular: ("topic", "value", "text", "started_on", "ended_on"),
    Post: ("organisation_id", "title", "started_on", "ended_on"),
    Overlay: ("kind", "started_on", "ended_on"),
}
VOIDED = ("voided_at", "voided_by_id", "void_reason")
REPLACED = "Thay bằng dữ liệu của tệp nhập"


class ChangedMeanwhile(Exception):
    """Somebody edited a record between the reading and the writing of a plan."""


def plain(value):
    """A value as an image keeps it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def image(row, names) -> dict:
    """The named attributes of a row, as JSON."""
    return {name: plain(getattr(row, name)) for name in names}


def write_plans(batch, plans, *, by, progress=None):
    """Write what the plans of a batch say, in parts; `progress(done, total)` is told after each."""
    writable = [plan for plan in plans if plan.verdict in (Verdict.CREATED, Verdict.UPDATED)]
    done = 0
    for part in chunks(writable, PART):
        _Part(batch, by).write(part)
        done += len(part)
        if progress:
            progress(done, len(writable))


class _Part:
    """Some thousand plans written with a handful of statements."""

    def __init__(self, batch, by):
        self.batch, self.by, self.on = batch, by, batch.as_of
        self.new_members, self.changed_members, self.changed_fields = [], [], set()
        self.new = defaultdict(list)
        self.changed = defaultdict(list)
        self.before = defaultdict(lambda: defaultdict(dict))
        self.after = defaultdict(lambda: defaultdict(dict))

    def write(self, plans: list[RowPlan]):
        for plan in plans:
            if plan.verdict == Verdict.CREATED:
                self._create(plan)
            else:
                self._update(plan)
        self._write_members()
        for model, rows in self.changed.items():
            model.objects.bulk_update(rows, ["ended_on", *_end_fields(model), *_names(VOIDED)], batch_size=PART)
        for model, rows in self.new.items():
            for row in model.objects.bulk_create(rows, batch_size=PART):
                self.after[row.member_id][model._meta.label_lower][row.pk] = image(row, IMAGES[model])
        self._write_changes()

    # --- people ------------------------------------------------------------------------------------------------------

    def _create(self, plan):
        member = Member(**plan.attributes, recorded_by=self.by)
        member.fill_keys()
        self.new_members.append(member)
        plan.member_id = member.pk
        names = (*plan.attributes, "revision")
        self.after[member.pk]["members.member"][member.pk] = image(member, names)
        self._open_membership(plan, member.pk, member.home_id)
        for topic, answer in plan.answers.items():
            self._add_answer(member.pk, topic, answer)
        if plan.post and not self._is_ending(plan):
            self._add(Post, member_id=member.pk, organisation_id=member.home_id, title=plan.post, started_on=self.on)
        if plan.state and not self._is_ending(plan):
            self._add_overlay(member.pk, plan.state)

    def _update(self, plan):
        known = plan.known
        changed = {**plan.attributes, "revision": known.values["revision"] + 1}
        member = Member(**{**known.values, **changed})
        member.fill_keys()
        self.changed_members.append(member)
        self.changed_fields |= changed.keys()
        self.before[known.id]["members.member"][known.id] = {name: plain(known.values[name]) for name in changed}
        self.after[known.id]["members.member"][known.id] = image(member, changed)
        if "home_id" in plan.attributes:
            self._replace(known.membership, always_void=True)
            self._open_membership(plan, known.id, plan.attributes["home_id"])
        for topic, answer in plan.answers.items():
            self._replace(known.answers.get(topic))
            self._add_answer(known.id, topic, answer)
        if plan.post:
            self._change_post(plan)
        if plan.state and not (self._is_ending(plan) and "home_id" in plan.attributes):
            self._change_state(plan)

    def _write_members(self):
        Member.objects.bulk_create(self.new_members, batch_size=PART)
        if self.changed_members:
            self._refuse_changed_meanwhile()
            fields = [name.removesuffix("_id") if name == "home_id" else name for name in self.changed_fields]
            Member.objects.bulk_create(
                self.changed_members,
                batch_size=PART,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[*fields, "search_key", "sort_key"],
            )

    def _refuse_changed_meanwhile(self):
        planned = {member.pk: member.revision - 1 for member in self.changed_members}
        for ids in chunks(planned, CHUNK):
            rows = Member.objects.standing().filter(id__in=ids).select_for_update().values_list("id", "revision")
            if {pk: planned[pk] for pk in ids} != dict(rows):
                raise ChangedMeanwhile

    # --- what hangs on people ----------------------------------------------------------------------------------------

    def _add(self, model, **values):
        self.new[model].append(model(recorded_by_id=self.by.pk, **values))

    def _add_answer(self, member_id, topic, answer):
        self._add(Particular, member_id=member_id, topic=topic, value=answer.code, text=answer.text, started_on=self.on)

    def _add_overlay(self, member_id, state):
        self._add(Overlay, member_id=member_id, kind=OverlayKind(state.status), started_on=state.since)

    def _is_ending(self, plan):
        return plan.state is not None and plan.state.status in ENDINGS

    def _open_membership(self, plan, member_id, organisation_id):
        values = {"member_id": member_id, "organisation_id": organisation_id}
        ending = self._ending(plan.state) if self._is_ending(plan) else {}
        started_on = min(self.on, ending["ended_on"] - ONE_DAY) if ending else self.on
        self._add(Membership, start_reason=StartReason.OPENING, started_on=started_on, **values, **ending)

    @staticmethod
    def _ending(state):
        reason = ENDINGS[state.status]
        note = LEFT_NOTE if reason == EndReason.LEFT else ""
        return {"ended_on": state.since, "end_reason": reason, "note": note}

    def _change_post(self, plan):
        home = plan.known.values["home_id"]
        for (_, place), post in plan.known.posts.items():
            if place == home:
                self._replace(post)
        self._add(Post, member_id=plan.known.id, organisation_id=home, title=plan.post, started_on=self.on)

    def _change_state(self, plan):
        if not self._is_ending(plan):
            self._add_overlay(plan.known.id, plan.state)
            return
        membership = plan.known.membership
        if membership is None or membership.started_on >= plan.state.since:
            self._replace(membership, always_void=True)
            self._open_membership(plan, plan.known.id, plan.known.values["home_id"])
            return
        self._keep_image(membership, ("ended_on", "end_reason", "note"))
        for name, value in self._ending(plan.state).items():
            setattr(membership, name, value)
        self._changed(membership, ("ended_on", "end_reason", "note"))

    def _replace(self, fact, *, always_void=False):
        """End a fact on the day of the list; one that began on that day or later is voided."""
        if fact is None:
            return
        names = VOIDED if always_void or fact.started_on >= self.on else ("ended_on",)
        self._keep_image(fact, names)
        if names == VOIDED:
            fact.voided_at, fact.voided_by_id, fact.void_reason = timezone.now(), self.by.pk, REPLACED
        else:
            fact.ended_on = self.on
        self._changed(fact, names)

    def _keep_image(self, fact, names):
        self.before[fact.member_id][fact._meta.label_lower][fact.pk] = image(fact, names)

    def _changed(self, fact, names):
        self.changed[type(fact)].append(fact)
        self.after[fact.member_id][fact._meta.label_lower][fact.pk] = image(fact, names)

    def _write_changes(self):
        ImportChange.objects.bulk_create(
            [
                ImportChange(
                    batch=self.batch,
                    table="members.member",
                    row_id=str(member_id),
                    before=_keyed(self.before[member_id]) or None,
                    after=_keyed(tables),
                )
                for member_id, tables in self.after.items()
            ],
            batch_size=PART,
        )


def _keyed(tables):
    return {table: {str(pk): row for pk, row in rows.items()} for table, rows in tables.items()}


def _names(attributes):
    return [name.removesuffix("_id") for name in attributes]


def _end_fields(model):
    return ["end_reason", "note"] if model is Membership else []
