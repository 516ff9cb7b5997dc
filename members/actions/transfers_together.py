"""Many members at once: introduced to one place, given slips, taken in. Who cannot is named with the reason."""

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from members.actions.reception import accept_transfer
from members.actions.transfers import issue_slip, request_transfer
from members.models import Member
from members.slips import lock_members


@dataclass
class Together:
    """What became of each: moves done, and (member, words) of those refused. Each act is in the log by itself."""

    done: list = field(default_factory=list)
    refused: list[tuple[Member, str]] = field(default_factory=list)


@transaction.atomic
def request_transfers(members, entry, *, by):
    """Introduce several members to one place."""
    found = Together()
    for member in sorted(lock_members([each.pk for each in members]), key=_by_name):
        with _Refusals(found, member):
            found.done.append(request_transfer(member, entry, by=by))
    return found


@transaction.atomic
def issue_slips(transfers, entry, *, by):
    """Issue several slips, numbered one after the other from the number given."""
    found = Together()
    for transfer in _in_order(transfers):
        number = entry.number + len(found.done) if entry.number else None
        with _Refusals(found, transfer.member):
            found.done.append(issue_slip(transfer, replace(entry, number=number), by=by))
    return found


@transaction.atomic
def accept_transfers(transfers, entry, *, received_on, by):
    """Take in several members on one day."""
    found = Together()
    for transfer in _in_order(transfers):
        with _Refusals(found, transfer.member):
            found.done.append(accept_transfer(transfer, entry, received_on=received_on, by=by))
    return found


class _Refusals:
    """One act within a savepoint of its own: a refusal takes back that one act and is kept in words."""

    def __init__(self, found, member):
        self.found, self.member = found, member
        self.savepoint = transaction.atomic()

    def __enter__(self):
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        if isinstance(error, ValidationError | NotAllowed):
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.found.refused.append((self.member, words))
            return True
        return False


def _in_order(transfers):
    lock_members([each.member_id for each in transfers])
    return sorted(transfers, key=lambda each: _by_name(each.member))


def _by_name(member):
    return member.sort_key, member.pk
