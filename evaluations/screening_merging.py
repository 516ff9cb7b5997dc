"""What merging two records of one person does to screening: rows follow, as far as the survivor has none alike."""

from django.db.models import Exists, OuterRef

from evaluations.models import AssistanceHelper, ConductYear, ScreeningFlag, ScreeningNote, ScreeningSubject

# Of each table, what two rows of one person may not share; nothing where any number may stand.
ALIKE = {
    ScreeningFlag: ("round", "code"),
    ScreeningSubject: ("round",),
    ConductYear: ("year",),
    ScreeningNote: (),
    AssistanceHelper: (),
}
TABLES = frozenset(model._meta.label_lower for model in ALIKE)


def carry_screening(survivor, merged):
    """Move the rows; answers which, for undoing."""
    moved = {}
    for model, alike in ALIKE.items():
        rows = model.objects.filter(member=merged)
        if alike:
            own = model.objects.filter(member=survivor, voided_at__isnull=True)
            rows = rows.exclude(Exists(own.filter(**{name: OuterRef(name) for name in alike})))
        moved[model._meta.model_name] = [str(pk) for pk in rows.values_list("pk", flat=True)]
        model.objects.filter(pk__in=moved[model._meta.model_name]).update(member=survivor)
    return moved


def give_back_screening(merged, kept):
    """Give the rows back to the record that was merged."""
    for model in ALIKE:
        model.objects.filter(pk__in=kept.get(model._meta.model_name, [])).update(member=merged)
