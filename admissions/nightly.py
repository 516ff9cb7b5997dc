"""What is done about admission once a day: those whose twelve months are over come up for recognition."""

from admissions.actions.probation import end_probation
from admissions.enums import State
from admissions.models import Candidate
from admissions.probations import probation_of
from admissions.rulebook import AdmissionBook
from config.lib.steps import ActEntry
from config.lib.workflow import NotAllowed

END_PROBATIONS = "admissions.end_probations"  # kind of job
BY_ITSELF = "hết thời gian dự bị, tính từ lễ kết nạp"


def end_probations(*, on, by):
    """Move everybody on probation whose twelve months are over by `on`; how many, and how many have no known day."""
    book, moved, unclear = AdmissionBook(), 0, 0
    for candidate in Candidate.objects.standing().filter(state=State.PROBATION).with_place().order_by("pk"):
        try:
            ends_on = probation_of(candidate, book).ends_on
            if ends_on <= on:
                end_probation(candidate, ActEntry(max(ends_on, _last_day(candidate)), note=BY_ITSELF), by=by)
                moved += 1
        except NotAllowed:
            unclear += 1
    return moved, unclear


def _last_day(candidate):
    return candidate.steps.filter(voided_at__isnull=True).order_by("on").values_list("on", flat=True).last()
