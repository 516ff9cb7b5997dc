"""Legal proceedings have rows of their own: what was an overlay becomes a stage, and the overlay is voided."""

from django.db import migrations
from django.utils import timezone

REASON = "chuyển thành mục tố tụng"


def forwards(apps, schema_editor):
    Overlay, Proceeding = apps.get_model("members", "Overlay"), apps.get_model("members", "Proceeding")
    rows = Overlay.objects.using(schema_editor.connection.alias).filter(kind="prosecuted", voided_at__isnull=True)
    for row in rows:
        # The overlay did not say which stage: the first one claims least, its paper stands beside it.
        Proceeding.objects.create(
            member_id=row.member_id,
            stage="charged",
            started_on=row.started_on,
            ended_on=row.ended_on,
            decision=row.decision,
            recorded_at=row.recorded_at,
            recorded_by_id=row.recorded_by_id,
        )
        row.voided_at, row.void_reason = timezone.now(), REASON
        row.save(update_fields=["voided_at", "void_reason"])


def backwards(apps, schema_editor):
    Overlay, Proceeding = apps.get_model("members", "Overlay"), apps.get_model("members", "Proceeding")
    for row in Overlay.objects.filter(kind="prosecuted", void_reason=REASON):
        Proceeding.objects.filter(member_id=row.member_id, stage="charged", started_on=row.started_on).delete()
        row.voided_at, row.void_reason = None, ""
        row.save(update_fields=["voided_at", "void_reason"])


class Migration(migrations.Migration):
    dependencies = [("members", "0008_ending_keeps_what_it_closed")]
    operations = [migrations.RunPython(forwards, backwards)]
