"""What the page of a hand-over needs to know before it: who has the cell, what is open, who makes accounts."""

from dataclasses import dataclass

from django.db.models import Q

from cells.models import RoleAssignment
from cells.permissions import Role
from members.enums import PostTitle
from members.models import Post
from members.ports import open_work


@dataclass(frozen=True)
class BeforeHandover:
    """The cell on the eve: its secretaries (one, none, or by mistake several), open work, roles of that very cell."""

    secretaries: list
    work: list
    roles: list
    account_makers: list


def before_handover(cell, today):
    """All that the officer sees beside the form."""
    heads = Post.objects.standing().open().filter(organisation=cell, title=PostTitle.SECRETARY)
    of_cell = Q(role=Role.CELL_SECRETARY, organisation=cell)
    of_accounts = Q(role=Role.ADMINISTRATOR, organisation__in=cell.ancestor_ids())
    roles = list(
        RoleAssignment.objects.lasting(today).filter(of_cell | of_accounts).select_related("user", "organisation")
    )
    makers = {str(role.user) for role in roles if role.role == Role.ADMINISTRATOR and role.user.is_active}
    return BeforeHandover(
        secretaries=list(heads.select_related("member")),
        work=open_work(cell, today),
        roles=[role for role in roles if role.role == Role.CELL_SECRETARY],
        account_makers=sorted(makers),
    )
