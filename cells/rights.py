"""What a person may do and where, as it follows from the roles that he acts in."""

from dataclasses import dataclass
from datetime import date

from cells.permissions import GRANTS


class Rights:
    """Rights that come from `roles_today`: each role is given on an organisation and reaches what is below it."""

    def paths_in_scope(self, permission):
        """Paths of the organisations below which `permission` is held."""
        return sorted({held.scope_path for held in self.roles_today if permission in GRANTS[held.role]})

    def bodies_with(self, permission):
        """Ids of the organisations on which a role gives `permission`, without those below."""
        return {held.organisation_id for held in self.roles_today if permission in GRANTS[held.role]}

    def holds(self, permission):
        """Whether `permission` is held anywhere."""
        return any(permission in GRANTS[held.role] for held in self.roles_today)

    def may(self, permission, obj):
        """Whether `permission` is held on `obj`, which tells its `scope_path`."""
        return any(obj.scope_path.startswith(path) for path in self.paths_in_scope(permission))


@dataclass(frozen=True, order=True)
class RoleHeld:
    """A role on an organisation, without the account that has it."""

    role: str
    organisation_id: int
    scope_path: str


@dataclass(frozen=True)
class Asker(Rights):
    """Whoever acts in these roles on a day: people of the same roles may see the same, and ask alike."""

    roles_today: tuple[RoleHeld, ...]
    day: date

    @classmethod
    def of(cls, user, day):
        held = {RoleHeld(each.role, each.organisation_id, each.scope_path) for each in user.roles_today}
        return cls(tuple(sorted(held)), day)
