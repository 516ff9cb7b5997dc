"""What upper apps count for every organisation of the tree."""

from django.db.models import Count
from django.urls import reverse

from cells.permissions import Permission
from cells.reports.tree import Figure, register_figure
from members.models import Membership


def register_figures():
    """Called once, when the project is ready."""
    register_figure(Figure("đảng viên", Permission.MEMBERS_VIEW, members_by_organisation, members_url))


def members_by_organisation(day):
    """People officially in each organisation on `day`, without those below it."""
    rows = Membership.objects.official().on(day).order_by().values_list("organisation_id")
    return dict(rows.annotate(Count("id")))


def members_url(organisation_id):
    return f"{reverse('members:list')}?organisation={organisation_id}"
