from decimal import Decimal

from django.db import migrations, models
from django.db.models import F


def part_the_points_of_deciding_bodies(apps, schema_editor):
    """Totals of deciding bodies leave the column that the cell reads, until its sheet is decided."""
    Points, Review, Criterion = (
        apps.get_model("evaluations", name) for name in ("ReviewPoints", "Review", "Criterion")
    )
    leaves = {None: {"general", "results"}}
    for row in Points.objects.exclude(decided={}).select_related("review__sheet").iterator():
        if row.frame_id not in leaves:
            nodes = Criterion.objects.filter(frame=row.frame_id).values_list("pk", "parent")
            above = {parent for _, parent in nodes}
            leaves[row.frame_id] = {str(pk) for pk, _ in nodes if pk not in above}
        review, wanted = row.review, leaves[row.frame_id]
        review.decided_points = total_of(row.decided, wanted)
        if review.sheet.state != "decided":
            sums = (total_of(row.appraised, wanted), total_of(row.own, wanted), review.own_points)
            review.points = next((points for points in sums if points is not None), None)
            review.is_scored = bool(row.own or row.appraised)
        review.save(update_fields=["points", "decided_points", "is_scored"])


def total_of(points, leaves):
    """The sum of one set; None until every leaf has its points."""
    return sum((Decimal(points[key]) for key in leaves), Decimal(0)) if leaves <= points.keys() else None


def name_who_decided(apps, schema_editor):
    """The decider of a decided organisation is the body that decided, under whose cap it counts."""
    Grade = apps.get_model("evaluations", "OrganisationGrade")
    standing = Grade.objects.filter(voided_at=None, review__state="decided", decision__isnull=False)
    for grade in standing.exclude(decision__organisation=F("review__decider")).select_related("review", "decision"):
        if grade.review.grades.count() == 1:  # else it was given anew, perhaps by the body above
            grade.review.decider_id = grade.decision.organisation_id
            grade.review.save(update_fields=["decider"])


class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0011_quarterly_follow_up'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='decided_points',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='điểm cấp quyết định'),
        ),
        migrations.RunPython(part_the_points_of_deciding_bodies, migrations.RunPython.noop),
        migrations.RunPython(name_who_decided, migrations.RunPython.noop),
    ]
