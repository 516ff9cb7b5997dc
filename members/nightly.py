"""What is done to members' records once a day: today's values computed anew, all records checked."""

from cells.actions.today import refresh_organisations
from cells.models import Organisation
from members.actions.dossier import recount_files
from members.actions.quality import check_quality
from members.actions.today import refresh_homes
from members.filing import wrong_counts
from members.quality.finding import look_through

REFRESH, CHECK = "members.refresh_today", "members.check_all"  # kinds of jobs


def refresh_today(*, on, by):
    """Bring the values of today that stand beside the history up to date; how many (bodies, people, files) were not."""
    organisations, people = refresh_organisations(on=on, by=by), refresh_homes(on=on, by=by)
    return organisations, people, recount_files(wrong_counts(on), by=by)


def check_all(*, on, by):
    """Check every record there is, committee after committee; yields (committee, figures)."""
    for top in Organisation.objects.filter(parent=None, is_open=True).order_by("path"):
        yield top, check_quality(top, look_through(top, on), on=on, by=by)
