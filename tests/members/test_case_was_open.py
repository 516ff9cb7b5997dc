"""A year that was not rated because a case was open: only inspection officers are told why."""

import pytest
from django.urls import reverse

from members.models import AnnualGrade
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
MEANING = "đang xem xét kỷ luật"


def test_why_a_year_was_not_rated_is_told_to_inspection_officers_alone(tree, cast, as_):
    member = MemberFactory(home=tree.here)
    AnnualGrade.objects.create(
        member=member, year=2025, scale="hd25", not_rated_reason="disciplinary_case_open",
        reason_text="Chi bộ chưa đánh giá", organisation=tree.here,
    )  # fmt: skip
    inspection = reverse("members:show_inspection", args=[member.pk])
    assert MEANING in as_(cast.inspector).get(inspection).content.decode()
    for name in ("secretary", "officer", "staff"):
        page = as_(getattr(cast, name)).get(reverse("members:member", args=[member.pk])).content.decode()
        assert "Chi bộ chưa đánh giá" in page, name
        assert MEANING not in page, name
