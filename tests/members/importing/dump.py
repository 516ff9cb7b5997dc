"""What the record says, in an order and form that two moments can be compared by."""

from members.models import AnnualGrade, Member, Membership, Overlay, Particular, PartyCard, Post

TABLES = (Member, Membership, Particular, Post, Overlay, AnnualGrade, PartyCard)
OWN = {"id", "recorded_at", "recorded_by_id", "created_at", "voided_at", "voided_by_id", "void_reason"}


def canonical_dump():
    """The standing rows of people by table, without keys of rows that an import makes anew and marks of who wrote."""
    return {model.__name__: sorted(map(_row, model.objects.standing().values())) for model in TABLES}


def _row(values):
    return sorted((name, str(value)) for name, value in values.items() if name not in OWN)
