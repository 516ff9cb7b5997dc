"""Moves: the queue, one move, and the paper of the slip."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cells.access import find, requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions.exports import print_slip as write_print
from members.forms.transfers import QueueFilter
from members.models import Member, Transfer
from members.printing import notices_pdf, slip_pdf
from members.reports.transfer_queue import BULK, TABS, queue, queue_rows, tab_counts
from members.reports.transfers import transfer_page

PAGE_SIZE = 50


@requires(P.TRANSFERS_VIEW)
def list_transfers(request):
    """The queue, fifty a page; what waits for the person first."""
    user, today = request.user, timezone.localdate()
    narrowing = QueueFilter(request.GET or None, user=user)
    rows = narrowing.narrow(Transfer.objects.visible_to(user))
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "mine"
    page = Paginator(queue(rows, tab, user, today), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = queue_rows(list(page.object_list), tab, user, today)
    counts = tab_counts(rows, user, today)
    context = {
        "page": page,
        "tab": tab,
        "tabs": [(_title(name, counts), _tab_url(request, name), name == tab) for name in TABS],
        "filter": narrowing,
        "waiting": counts["mine"],
        "bulk": BULK.get(tab) if any(row.pickable for row in page.object_list) else "",
        "requests": user.holds(P.TRANSFERS_REQUEST),
        "receives": user.holds(P.TRANSFERS_RECEIVE),
    }
    return render(request, "members/transfers/list.html", context)


@requires(P.TRANSFERS_VIEW)
def show_transfer(request, transfer_id):
    """One move as far as the reader's end of it goes."""
    transfer = find_transfer(request, transfer_id)
    sends = is_sender(request.user, transfer)
    member = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).filter(pk=transfer.member_id)
    context = {
        "shown": transfer_page(transfer, request.user, timezone.localdate(), sends=sends),
        "member_in_sight": member.exists(),
        "may_print": bool(transfer.slip_number) and sends,
    }
    return render(request, "members/transfers/transfer.html", context)


@requires(P.TRANSFERS_REQUEST, P.TRANSFERS_ISSUE)
def print_slip(request, transfer_id):
    """The slip on paper; its whole card number makes printing an act in the log."""
    transfer = _printable(request, transfer_id)
    return _paper(request, transfer, slip_pdf(transfer, request.GET.get("form", "")), "giay-gioi-thieu")


@requires(P.TRANSFERS_REQUEST, P.TRANSFERS_ISSUE)
def print_notices(request, transfer_id):
    """The two notices to the receiving committees."""
    transfer = _printable(request, transfer_id)
    return _paper(request, transfer, notices_pdf(transfer), "phieu-bao")


def find_transfer(request, transfer_id):
    """The move in sight of the person who asks; 404 otherwise."""
    return find(Transfer.objects.visible_to(request.user).with_ends(), pk=transfer_id)


def is_sender(user, transfer):
    """Whether the reader stands on the sender's side, or above both; an arrival from outside has no other side."""
    return user.may(P.TRANSFERS_VIEW, transfer.from_organisation or transfer.to_organisation)


def _printable(request, transfer_id):
    """An issued move on whose sending side the person stands."""
    transfer = find_transfer(request, transfer_id)
    if not is_sender(request.user, transfer):
        raise PermissionDenied
    if not transfer.slip_number:
        raise Http404
    return transfer


def _paper(request, transfer, content, name):
    write_print(transfer, by=request.user)
    return file_answer(content, f"{name}-{transfer.slip_number:02d}-{transfer.slip_year}.pdf")


def _title(name, counts):
    return f"{TABS[name]} ({counts[name]})" if counts.get(name) else TABS[name]


def _tab_url(request, name):
    query = request.GET.copy()
    query.pop("page", None)
    query["tab"] = name
    return f"{reverse('members:transfers')}?{query.urlencode()}"
