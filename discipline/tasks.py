"""Background work of discipline; what a job says tells nobody how many cases there are."""

from django.utils import timezone

from cells.tasks import Outcome, every_night
from discipline.nightly import LAPSE_SANCTIONS, lapse_sanctions


@every_night(LAPSE_SANCTIONS, "Chấm dứt hiệu lực kỷ luật đã đủ thời hạn")
def lapse_sanctions_of_the_day(job, progress):
    """A discipline whose twelve months were over yesterday is so in the morning."""
    lapse_sanctions(on=timezone.localdate(), by=job.created_by)
    return Outcome("Đã xong.")
