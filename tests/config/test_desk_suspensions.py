"""Suspensions that hold, on the desk of those who may see them and of nobody else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from discipline import actions
from tests.discipline.beside_cases import suspended
from tests.discipline.cases import accused_in, case_on

pytestmark = pytest.mark.django_db


def desk_of(as_, user):
    return as_(user).get("/").content.decode()


def test_a_suspension_that_holds_is_a_reminder_with_its_term(tree, cast, as_, today):
    member = accused_in(tree.here)
    quiet = {user: desk_of(as_, user).count("Đang đình chỉ") for user in (cast.secretary, cast.officer)}
    row = suspended(member, cast.inspector, started=today - timedelta(days=10))
    seen = desk_of(as_, cast.inspector)
    assert f"Đang đình chỉ: {member}" in seen
    assert reverse("discipline:suspension", args=[row.pk]) in seen
    assert "còn 80 ngày" in seen
    assert {user: desk_of(as_, user).count("Đang đình chỉ") for user in quiet} == quiet
    actions.end_suspension(row, last_day=today - timedelta(days=1), reason="other", note="x", by=cast.inspector)
    assert "Đang đình chỉ" not in desk_of(as_, cast.inspector)


def test_of_a_case_only_those_whom_it_names(tree, cast, as_, today):
    member = accused_in(tree.here)
    case = case_on(member, cast.inspector)
    suspended(member, cast.inspector, case=case, started=today - timedelta(days=10))
    assert "Đang đình chỉ" in desk_of(as_, cast.inspector)
    assert "Đang đình chỉ" not in desk_of(as_, cast.head)


def test_the_first_few_and_that_there_are_more(tree, cast, as_, today):
    for number in range(6):
        member = accused_in(tree.here, full_name=f"Lê Văn Số {number}")
        suspended(member, cast.inspector, started=today - timedelta(days=10))
    seen = desk_of(as_, cast.inspector)
    assert len(set(re.findall(r"Đang đình chỉ: (Lê Văn Số \d)", seen))) == 5
    assert "Còn đảng viên khác đang bị đình chỉ" in seen
