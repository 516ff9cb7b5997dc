"""What merging two records of one person does to admission: what names the merged record names the one that stays."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from admissions.enums import OUT_OF_PARTY
from admissions.models import Admitted, Candidate, Helper, Introducer
from members.ports import MergePort

FIELDS = ((Candidate, "member"), (Candidate, "former_member"), (Admitted, "member"))
OF_OTHERS = (Helper, Introducer)  # whom the person helps or introduces: one open row for each candidate


def refusals(survivor, merged):
    """Nothing that the page could say beforehand; two admissions are refused when the merge is carried out."""
    return []


def carry_out(survivor, merged):
    """Move the rows; of a candidate whom both help at once the row stays with the record that was merged.

    ValidationError when both records came out of an admission that stands.
    """
    _refuse_two_admissions({survivor.pk, merged.pk})
    kept = {}
    for model, field in FIELDS:
        kept[_key(model, field)] = _move(model.objects.filter(**{field: merged}), field, survivor)
    for model in OF_OTHERS:
        own = model.objects.standing().filter(member=survivor, candidate=OuterRef("candidate"))
        rows = model.objects.filter(member=merged).exclude(Exists(own))
        kept[_key(model, "member")] = _move(rows, "member", survivor)
    return kept


def _refuse_two_admissions(both):
    rows = Candidate.objects.standing().exclude(state__in=OUT_OF_PARTY)
    if set(rows.filter(member__in=both).values_list("member", flat=True)) == both:
        raise ValidationError("Cả hai hồ sơ đều có hồ sơ kết nạp riêng. Hãy hủy hồ sơ kết nạp ghi nhầm trước khi gộp.")


def _key(model, field):
    return f"{model._meta.model_name}.{field}"


def _move(rows, field, survivor):
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.model.objects.filter(pk__in=keys).update(**{field: survivor})
    return keys


def depends(merge, kept):
    """Nothing in an admission depends on which record it names."""
    return []


def undo(merge, kept):
    """Give the rows back."""
    for model, field in (*FIELDS, *((model, "member") for model in OF_OTHERS)):
        model.objects.filter(pk__in=kept.get(_key(model, field), [])).update(**{field: merge.merged})


ADMISSIONS_IN_A_MERGE = MergePort(
    name="admissions",
    tables=frozenset(model._meta.label_lower for model in (Candidate, Admitted, *OF_OTHERS)),
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
