"""Writing a plan in bulk, with the image of every row before and after, so that it can be taken back."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from members.card_rows import numbered_cards
from members.enums import EndReason, MembershipKind, OverlayKind, StartReason
from members.importing.bulk import insert_rows
from members.importing.known import CHUNK, chunks
from members.importing.plan import WRITTEN, RowPlan, Verdict
from members.models import ImportChange, Member, Membership, Overlay, Particular, PartyCard, Post
from members.rules.card_history import CARD_COLUMNS, SAID, follow_columns

PART = 1000
ONE_DAY = timedelta(days=1)
ENDINGS = {"deceased": EndReason.DIED, "left": EndReason.UNSTATED}
LEFT_NOTE = "Theo trạng thái “Rời khỏi Đảng” của tệp nhập."
IMAGES = {
    Membership: ("organisation_id", "started_on", "ended_on", "end_reason"),
    Particular: ("topic", "value", "text", "started_on", "ended_on"),
    Post: ("organisation_id", "title", "started_on", "ended_on"),
    Overlay: ("kind", "started_on", "ended_on"),
    PartyCard: SAID,
}
CARDS = frozenset(CARD_COLUMNS)
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
    writable = [plan for plan in plans if plan.verdict in WRITTEN]
    done = 0
    for part in chunks(writable, PART):
        _Part(batch, by).write(part)
        done += len(part)
        if progress:
            progress(done, len(writable))


class _Part:
    """Some thousand plans written with a handful of statements."""

    def __init__(self, batch, by):
        self.batch, self.on = batch, batch.as_of
        self.fact = {"recorded_by_id": by.pk, "recorded_at": timezone.now()}
        self.voided = {"voided_at": self.fact["recorded_at"], "voided_by_id": by.pk, "void_reason": REPLACED}
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
        insert_rows(Member, self.new_members)
        self._write_changed_members()
        self._let_cards_follow(plans)
        self._write_changed_facts()
        for model, rows in self.new.items():
            for key, row in zip(insert_rows(model, rows), rows, strict=True):
                shown = {name: plain(row.get(name)) for name in IMAGES[model]}
                self.after[row["member_id"]][model._meta.label_lower][key] = shown
        self._write_images()

    # --- people ------------------------------------------------------------------------------------------------------

    def _create(self, plan):
        member = Member(**plan.attributes)
        row = {**self.fact, **plan.attributes, "id": member.pk, **_keys(member)}
        plan.member_id = member.pk
        self.new_members.append(row)
        self.after[member.pk]["members.member"][member.pk] = image(member, (*plan.attributes, "revision"))
        self._open_membership(plan, member.pk, member.home_id)
        for topic, answer in plan.answers.items():
            self._add_answer(member.pk, topic, answer)
        if plan.post and not self._is_ending(plan):
            self._add(Post, member.pk, organisation_id=member.home_id, title=plan.post, started_on=self.on)
        if plan.state and not self._is_ending(plan):
            self._add_overlay(member.pk, plan.state)

    def _update(self, plan):
        known = plan.known
        changed = {**plan.attributes, "revision": known.values["revision"] + 1}
        # a value, though it is not written: a default of the database would keep Django from sending arrays
        member = Member(**{**known.values, **changed, "recorded_at": self.fact["recorded_at"]})
        member.fill_keys()
        plan.member_id = known.id
        self.changed_members.append(member)
        self.changed_fields |= changed.keys()
        self.before[known.id]["members.member"][known.id] = {name: plain(known.values[name]) for name in changed}
        self.after[known.id]["members.member"][known.id] = image(member, changed)
        if "home_id" in plan.attributes:
            self._void_membership(known)
            self._open_membership(plan, known.id, plan.attributes["home_id"])
        for topic, answer in plan.answers.items():
            self._replace(Particular, known.id, known.answers.get(topic))
            self._add_answer(known.id, topic, answer)
        if plan.post:
            self._change_post(plan)
        if plan.state and not (self._is_ending(plan) and "home_id" in plan.attributes):
            self._change_state(plan)

    def _write_changed_members(self):
        if not self.changed_members:
            return
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

    def _let_cards_follow(self, plans):
        """Cards that stand in rows of their own say what the columns say that a list changed."""
        changed = {plan.known.id: plan for plan in plans if plan.known and not CARDS.isdisjoint(plan.attributes)}
        for ids in chunks(changed, CHUNK):
            for member_id, cards in numbered_cards(ids).items():
                before = changed[member_id].known.values
                self._write_cards(member_id, follow_columns(cards, before, before | changed[member_id].attributes))

    def _write_cards(self, member_id, changes):
        for card in changes.voided:
            self._void(PartyCard, member_id, card.pk)
        for card, values in changes.changed:
            self._change(PartyCard, member_id, card.pk, image(card, values), values)
        for values in changes.written:
            self._add(PartyCard, member_id, **values)

    # --- what hangs on people ----------------------------------------------------------------------------------------

    def _add(self, model, member_id, **values):
        self.new[model].append({**self.fact, "member_id": member_id, **values})

    def _add_answer(self, member_id, topic, answer):
        self._add(Particular, member_id, topic=topic, value=answer.code, text=answer.text, started_on=self.on)

    def _add_overlay(self, member_id, state):
        self._add(Overlay, member_id, kind=OverlayKind(state.status), started_on=state.since)

    @staticmethod
    def _is_ending(plan):
        return plan.state is not None and plan.state.status in ENDINGS

    def _open_membership(self, plan, member_id, organisation_id):
        ending = self._ending(plan.state) if self._is_ending(plan) else {"ended_on": None, "end_reason": ""}
        started_on = min(self.on, ending["ended_on"] - ONE_DAY) if ending["ended_on"] else self.on
        values = {"kind": MembershipKind.OFFICIAL, "start_reason": StartReason.OPENING, "started_on": started_on}
        self._add(Membership, member_id, organisation_id=organisation_id, **values, **ending)

    @staticmethod
    def _ending(state):
        reason = ENDINGS[state.status]
        return {
            # who died is counted on the day itself: the first day after is the end
            "ended_on": state.since + ONE_DAY if reason == EndReason.DIED else state.since,
            "end_reason": reason,
            "note": LEFT_NOTE if reason == EndReason.UNSTATED else "",
        }

    def _change_post(self, plan):
        home = plan.known.values["home_id"]
        for (_, place), post in plan.known.posts.items():
            if place == home:
                self._replace(Post, plan.known.id, post)
        self._add(Post, plan.known.id, organisation_id=home, title=plan.post, started_on=self.on)

    def _change_state(self, plan):
        known, membership = plan.known, plan.known.membership
        if not self._is_ending(plan):
            self._add_overlay(known.id, plan.state)
        elif membership is None or membership.started_on >= plan.state.since:
            self._void_membership(known)
            self._open_membership(plan, known.id, known.values["home_id"])
        else:
            former = {"ended_on": None, "end_reason": "", "note": ""}
            self._change(Membership, known.id, membership.pk, former, self._ending(plan.state))

    def _void_membership(self, known):
        if known.membership is not None:
            self._void(Membership, known.id, known.membership.pk)

    def _replace(self, model, member_id, fact):
        """End a fact on the day of the list; one of that very day is voided. What began later is never asked about."""
        if fact is None:
            return
        if fact.started_on == self.on:
            self._void(model, member_id, fact.pk)
        else:
            self._change(model, member_id, fact.pk, {"ended_on": None}, {"ended_on": self.on})

    def _void(self, model, member_id, key):
        former = {"voided_at": None, "voided_by_id": None, "void_reason": ""}
        self._change(model, member_id, key, former, self.voided)

    def _change(self, model, member_id, key, former, values):
        table = model._meta.label_lower
        self.changed[model, tuple(values.items())].append(key)
        self.before[member_id][table][key] = former
        self.after[member_id][table][key] = {name: plain(value) for name, value in values.items()}

    def _write_changed_facts(self):
        for (model, values), keys in self.changed.items():
            for part in chunks(keys):
                model.objects.filter(pk__in=part).update(**dict(values))

    def _write_images(self):
        rows = [
            {
                "batch_id": self.batch.pk,
                "table": "members.member",
                "row_id": str(member_id),
                "before": _keyed(self.before[member_id]) or None,
                "after": _keyed(tables),
            }
            for member_id, tables in self.after.items()
        ]
        insert_rows(ImportChange, rows)


def _keys(member):
    """Search and sort keys, as `Member.fill_keys` computes them."""
    member.fill_keys()
    return {"search_key": member.search_key, "sort_key": member.sort_key}


def _keyed(tables):
    return {table: {str(key): row for key, row in rows.items()} for table, rows in tables.items()}
