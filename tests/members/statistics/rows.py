"""A small builder of organisations, people and what happened to them, written straight as rows."""

from datetime import date

from cells.models import Organisation, OrganisationVersion
from members.enums import EndReason, MembershipKind, RestorationKind, StartReason
from members.models import Ending, Member, Membership, Restoration

FOUNDED = date(2015, 1, 1)
SINCE = date(2020, 1, 1)


class Rows:
    """Everything is given by name: `rows.body("X", "base_party", "root")`, `rows.person("X1", "X")`."""

    def __init__(self):
        self.bodies = {}
        self.serial = 0

    # --- organisations

    def body(self, name, kind, above=None, *, since=FOUNDED, **version):
        """A body from `since` on, below the body named `above`."""
        parent = self.bodies.get(above)
        number = len(self.bodies) + 1
        found = Organisation.objects.create(
            name=name, kind=kind, parent=parent, path=f"/new-{number}/", position=number,
            is_cell=kind in ("cell", "base_cell"), is_base=kind in ("base_party", "base_cell"), search_key=name.lower(),
        )  # fmt: skip
        found.path = f"{parent.path if parent else '/'}{found.pk}/"
        found.save(update_fields=["path"])
        self.bodies[name] = found
        self._version(found, parent, name, kind, since, version)
        return found

    def _version(self, body, parent, name, kind, since, values):
        return OrganisationVersion.objects.create(
            organisation=body, parent=parent, name=name, kind=kind, started_on=since, heading_issuer=name.upper(),
            place="Sao Khuê", **values,
        )  # fmt: skip

    def move_body(self, name, above, *, on):
        """Another parent from `on` on; today's columns follow."""
        body, parent = self.bodies[name], self.bodies[above]
        now = body.versions.get(ended_on=None)
        now.ended_on = on
        now.save(update_fields=["ended_on"])
        kept = {"base_type": now.base_type, "level": now.level}
        self._version(body, parent, now.name, now.kind, on, kept)
        self._repath(body, parent)

    def _repath(self, body, parent):
        old, new = body.path, f"{parent.path}{body.pk}/"
        for each in Organisation.objects.filter(path__startswith=old):
            each.path = new + each.path.removeprefix(old)
            each.save(update_fields=["path"])
        Organisation.objects.filter(pk=body.pk).update(parent=parent)
        self.bodies = {name: Organisation.objects.get(pk=each.pk) for name, each in self.bodies.items()}

    def close_body(self, name, *, on):
        self.bodies[name].versions.filter(ended_on=None).update(ended_on=on)
        Organisation.objects.filter(pk=self.bodies[name].pk).update(is_open=False)

    def rename_body(self, name, new, *, on):
        """Another name from `on` on."""
        body = self.bodies[name]
        now = body.versions.get(ended_on=None)
        now.ended_on = on
        now.save(update_fields=["ended_on"])
        self._version(body, now.parent, new, now.kind, on, {"base_type": now.base_type, "level": now.level})
        Organisation.objects.filter(pk=body.pk).update(name=new)

    # --- people

    def person(self, name, at, *, since=SINCE, reason=StartReason.OPENING, **values):
        """A member who begins at the body on a day; `came_from=` says where from outside."""
        self.serial += 1
        came_from = values.pop("came_from", "")
        defaults = {
            "born_on": date(1980, 3, 5), "ethnic": "kinh", "sex": "male", "decided_on": date(2005, 5, 10),
            "admitted_on": date(2005, 5, 19), "official_on": date(2006, 5, 19),
        }  # fmt: skip
        member = Member.objects.create(full_name=name, home=self.bodies[at], **(defaults | values))
        self.stay(member, at, since=since, reason=reason, came_from=came_from)
        return member

    def people(self, prefix, at, number, **values):
        return [self.person(f"{prefix} {place + 1}", at, **values) for place in range(number)]

    def stay(self, member, at, *, since, reason, came_from="", kind=MembershipKind.OFFICIAL):
        """A membership from `since` on; an official one makes the body the home."""
        if kind == MembershipKind.OFFICIAL:
            Member.objects.filter(pk=member.pk).update(home=self.bodies[at])
        return Membership.objects.create(
            member=member, organisation=self.bodies[at], kind=kind, started_on=since, start_reason=reason,
            came_from=came_from,
        )  # fmt: skip

    def end(self, member, *, on, reason, went_to=""):
        """End the open official membership; `on` is the first day after."""
        stay = Membership.objects.get(member=member, kind=MembershipKind.OFFICIAL, ended_on=None)
        stay.ended_on, stay.end_reason, stay.went_to = on, reason, went_to
        stay.save(update_fields=["ended_on", "end_reason", "went_to"])
        return stay

    def move(self, member, to, *, on, start=StartReason.MOVED_IN, end=EndReason.MOVED_OUT):
        self.end(member, on=on, reason=end)
        return self.stay(member, to, since=on, reason=start)

    def finish(self, member, *, on, reason, was_probationary=False):
        """A final ending with its paper."""
        stay = self.end(member, on=on, reason=reason)
        return Ending.objects.create(
            member=member, membership=stay, reason=reason, ended_on=on, was_probationary=was_probationary
        )

    def restore_rights(self, member, at, *, out_on, back_on, reason=EndReason.EXPELLED):
        """Wronged: the membership stands as if it had never ended, the books keep what they said then."""
        return Restoration.objects.create(
            member=member, organisation=self.bodies[at], kind=RestorationKind.RIGHTS, end_reason=reason,
            out_on=out_on, back_on=back_on, decision="7-QĐ/TU", decided_on=back_on,
        )  # fmt: skip
