"""What stands in the addresses of the pages of admission, in the cell "here"."""

from datetime import date

from admissions.actions.calendars import renew_calendar
from admissions.actions.moves import MoveEntry, move_candidate
from admissions.actions.source_people import add_note
from admissions.actions.source_resolutions import Line, ResolutionHead, resolve_month
from admissions.models import AdmissionPaper, ClassCertificate, CVEntry, Helper, Introducer, Relative, StepTaken
from tests.admissions.candidate_cases import listed
from tests.admissions.paper_cases import vote_of
from tests.admissions.source_cases import sympathiser, with_certificate
from tests.factories import MemberFactory

ON = date(2025, 9, 5)


def of_admissions(tree, cast):
    candidate = listed(tree.here, by=cast.secretary)
    return {
        "candidate": {"pk": candidate.pk},
        **_of_dossier(candidate),
        **_of_procedure(tree, cast),
        **of_papers(tree, cast, candidate),
        **of_source(tree, cast),
    }


def _of_dossier(candidate):
    """One row of each kind in the dossier of a candidate."""
    of = {"candidate": candidate}
    member = MemberFactory(home=candidate.organisation)
    return {
        "candidate_citizenship": {"pk": candidate.pk, "key": "citizenship"},
        "candidate_career": {"pk": candidate.pk, "part": "career"},
        "candidate_political": {"pk": candidate.pk, "kind": "political"},
        "kept_check": {"pk": StepTaken.objects.get(candidate=candidate).pk},
        "cv_entry": {"pk": CVEntry.objects.create(**of, part="legal", values={"what": "Không"}).pk},
        "admission_paper": {"pk": AdmissionPaper.objects.create(**of, kind="host_remark", dated_on=ON).pk},
        "introducer": {"pk": Introducer.objects.create(**of, member=member, assigned_on=ON).pk},
        "relative": {"pk": Relative.objects.create(**of, kinship="sibling", full_name="Trần Thị Em").pk},
    }


def _of_procedure(tree, cast):
    """Somebody of the cell who moves to the cell "there"."""
    person, voted_on = listed(tree.here, by=cast.secretary), listed(tree.here, by=cast.secretary)
    step = StepTaken.objects.create(
        candidate=voted_on, step="vote_in_cell", to_state="cell_adopted", on=ON, organisation=tree.here
    )
    return {
        "procedure_step": {"step_id": step.pk},
        "candidate_move": {"pk": move_candidate(person, MoveEntry(ON, to=tree.there), by=cast.secretary).pk},
    }


def of_papers(tree, cast, candidate):
    vote_of(candidate, tree.here, date(2026, 2, 9))
    return {
        "form": {"pk": candidate.pk, "form": "6-knd"},
        "background_form": {"pk": candidate.pk, "form": "2-knd"},
        "meeting_form": {"organisation_id": tree.here.pk, "form": "6-knd", "held_on": "2026-02-09"},
        "calendar": {"token": renew_calendar(by=cast.secretary)},
        "no_calendar": {"token": "x" * 43},
    }


def of_source(tree, cast):
    """Rows of the source about somebody else of the cell."""
    by = cast.secretary
    person = with_certificate(sympathiser(tree.here, by=by))
    note = add_note(person, on=date(2025, 9, 20), text="Tích cực", by=by)
    month = date(2025, 10, 1)
    resolution = resolve_month(tree.here, ResolutionHead(month, date(2025, 10, 14)), [Line(person, "kept")], by=by)
    step = StepTaken.objects.filter(candidate=person).latest("id")
    return {
        "board_here": {"organisation_id": tree.here.pk, "year": month.year},
        "board_east": {"organisation_id": tree.east.pk, "year": month.year},
        "form_2_here": {"form": "form-2", "organisation_id": tree.here.pk},
        "form_2_east": {"form": "form-2", "organisation_id": tree.east.pk},
        "form_2_file": {"form": "form-2B", "organisation_id": tree.here.pk, "kind": "xlsx"},
        "report_file": {"organisation_id": tree.here.pk, "year": month.year, "kind": "docx"},
        "source_month": {"organisation_id": tree.here.pk, "month": month},
        "candidate_helper": {"helper_id": Helper.objects.get(candidate=person).pk},
        "candidate_note": {"note_id": note.pk},
        "candidate_certificate": {"certificate_id": ClassCertificate.objects.get(candidate=person).pk},
        "source_step": {"step_id": step.pk},
        "resolution": {"resolution_id": resolution.pk},
    }
