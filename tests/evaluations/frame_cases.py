"""Score frames for the tests: a draft as its pattern founds it, and one that is whole and issued."""

from datetime import date
from decimal import Decimal

from evaluations import actions
from evaluations.actions.frames import FrameEntry
from evaluations.actions.scores import ScoresEdit
from evaluations.actions.seasons import SeasonEntry
from evaluations.enums import OF_PERSONS, Appendix
from evaluations.models import Criterion
from evaluations.scores import read_scores
from tests.evaluations.rating_cases import sheet_of

CODE = "qd366_2025"
ISSUED = date(2025, 11, 20)
GENERAL = (("Chính trị, đạo đức, kỷ luật", 18), ("Năng lực, thái độ", 4), ("Tự phê bình và phê bình", 8))
RESULTS = (("Nhiệm vụ được giao", 50), ("Phối hợp", 20))


def founded(body, *, by, appendix=Appendix.PL4, **options):
    return actions.found_frame(FrameEntry(body, CODE, appendix, **options), on=ISSUED, by=by)


def filled(frame, general=GENERAL, results=RESULTS):
    """The draft with these leaves below its roots instead of those of the pattern."""
    frame.criteria.filter(parent__isnull=False).delete()
    for root, leaves in (("general", general), ("results", results)):
        top = frame.criteria.get(root=root)
        Criterion.objects.bulk_create(
            Criterion(frame=frame, parent=top, position=place, name=name, maximum=Decimal(most))
            for place, (name, most) in enumerate(leaves)
        )
    return frame


def issued(body, *, by, appendix=Appendix.PL4, number="7-HD/ĐU", issued_on=ISSUED, **leaves):
    frame = filled(founded(body, by=by, appendix=appendix), **leaves)
    return actions.issue_frame(frame, number=number, issued_on=issued_on, revision=frame.revision, by=by)


def issued_for_everybody(body, *, by):
    return [issued(body, by=by, appendix=appendix) for appendix in OF_PERSONS]


def older_season(tree, *, by):
    """A season of a year that gives no points, in the tree of today."""
    return actions.open_season(SeasonEntry(2024, date(2025, 12, 31)), organisation=tree.root, by=by)


def scored_of(season, cell, user):
    sheet = sheet_of(season, cell)
    return read_scores(sheet, list(sheet.reviews.select_related("member")), user)


def give(season, cell, points, *, by, kind="own", version=None):
    """Give the first member of a cell points, leaf by leaf in the printed order (None: no points)."""
    person = scored_of(season, cell, by).people[0]
    keys = [leaf.key for leaf in person.tree.leaves]
    values = {key: None if text is None else Decimal(text) for key, text in zip(keys, points, strict=False)}
    edit = ScoresEdit(person.row.version if version is None else version, values)
    clashing = actions.save_scores(sheet_of(season, cell), kind=kind, edits={person.review.pk: edit}, by=by)
    person.review.refresh_from_db()
    return person.review, clashing
