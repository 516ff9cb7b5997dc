"""The log: append-only, in scope, in words."""

import ast
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cells.actions.accounts import grant_role, reset_password
from cells.audit import record
from cells.models import LogEntry, RoleAssignment
from cells.sentences import SENTENCES, action_choices, hide_identifiers, sentence
from tests import house
from tests.queries import MOST, queries_of


@pytest.fixture
def granted(cast, system):
    """The roles of the cast given by acts, which the log tells; the cast itself is written without any."""
    for role in RoleAssignment.objects.select_related("user", "organisation").order_by("pk"):
        role.delete()
        grant_role(role.user, role.role, organisation=role.organisation, started_on=role.started_on, by=system)
    return cast


def words_of(client, query=""):
    page = client.get(f"/log/{query}")
    assert page.status_code == 200
    return [line.words for line in page.context["page"].lines]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE cells_logentry SET action = 'x'", "DELETE FROM cells_logentry", "DELETE FROM cells_logentry WHERE id = 1"],
)
def test_the_database_refuses_to_change_the_log(tree, statement):
    before = list(LogEntry.objects.values())
    statement = statement.replace("id = 1", f"id = {before[0]['id']}")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(LogEntry.objects.values()) == before


def test_the_model_refuses_too(tree):
    entry = LogEntry.objects.first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.update(action="x")


def test_an_act_that_cannot_be_logged_does_not_happen(cast):
    password = cast.secretary.password
    with pytest.raises(ValueError, match="actor"):
        reset_password(cast.secretary, password="khac-han-di-1", by="not an account")
    cast.secretary.refresh_from_db()
    assert cast.secretary.password == password


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("secretary", ["lập tổ chức đảng Chi bộ Khóm 1"]),
        ("officer", [f"lập tổ chức đảng {n}" for n in ("Chi bộ Khóm 2", "Chi bộ Khóm 1", "Đảng bộ Phường Đông")]),
        ("head", ["giao vai trò Chủ nhiệm Ủy ban Kiểm tra ở Đảng ủy Sao Mai cho Người head, từ 01/07/2025",
                  "giao vai trò Cán bộ kiểm tra ở Đảng ủy Sao Mai cho Người inspector, từ 01/07/2025"]),
    ],
)  # fmt: skip
def test_everybody_reads_the_acts_of_the_own_scope(granted, as_, name, expected):
    assert words_of(as_(getattr(granted, name))) == expected


def test_an_administrator_reads_the_acts_on_accounts_alone(granted, as_):
    words = words_of(as_(granted.administrator))
    assert len(words) == 7
    assert all(each.startswith("giao vai trò") for each in words)
    assert not [each for each in words if "kiểm tra" in each.lower()]


@pytest.mark.parametrize("name", ["inspector", "reader"])
def test_the_log_is_closed_to_others(cast, as_, name):
    assert as_(getattr(cast, name)).get("/log/").status_code == 403


def test_filters(tree, cast, as_, today):
    record("cells.add_term", tree.here, by=cast.officer, data={"term": "2025 – 2030", "since": "2025-07-01"})
    client, day = as_(cast.staff), today.strftime("%d/%m/%Y")
    term = ["ghi nhiệm kỳ 2025 – 2030 của Chi bộ Khóm 1, từ 01/07/2025"]
    yesterday = (today - timedelta(days=1)).strftime("%d/%m/%Y")
    assert words_of(client, "?action=cells.add_term") == term
    assert words_of(client, "?actor=nguoi+officer") == term
    assert words_of(client, f"?subject=cells.organisation:{tree.here.pk}") == [*term, "lập tổ chức đảng Chi bộ Khóm 1"]
    assert words_of(client, f"?organisation={tree.here.pk}&actor=officer") == term
    assert len(words_of(client, "?organisation=Đảng+bộ+Phường+Tây")) == 3
    assert len(words_of(client, f"?since={day}&until={day}")) == 9
    assert words_of(client, f"?until={yesterday}") == []
    assert words_of(client, "?about=Khóm+2") == ["lập tổ chức đảng Chi bộ Khóm 2"]


def test_a_filter_by_an_organisation_out_of_scope_finds_nothing(tree, cast, as_):
    page = as_(cast.officer).get(f"/log/?organisation={tree.there.pk}")
    assert page.context["page"].lines == []
    assert "Không có tổ chức nào như vậy trong phạm vi" in page.content.decode()


def test_older_pages_follow_by_key(tree, cast, as_):
    for number in range(120):
        record("cells.add_term", tree.here, by=cast.officer, data={"term": number, "since": "2025-07-01"})
    client, query, seen = as_(cast.officer), "", []
    while True:
        page = client.get(f"/log/{query}").context["page"]
        seen += [line.id for line in page.lines]
        if page.older is None:
            break
        query = f"?before={page.older}"
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 123


@pytest.mark.parametrize(
    "query",
    [
        "?before=abc",
        "?before=99999999999999999999",
        "?subject=x",
        "?since=31/02/2026",
        "?since=01/01/0001",
        "?until=31/12/9999",
        "?organisation=²",
        "?action=x",
    ],
)
def test_odd_addresses_do_no_harm(cast, as_, query):
    assert as_(cast.officer).get(f"/log/{query}").status_code == 200


def test_numbers_of_identity_cards_never_show(tree, cast, as_):
    data = {"reason": "trùng số 096080500001", "term": "079080500002", "since": "2025-07-01"}
    record("cells.add_term", tree.here, by=cast.officer, data=data)
    page = as_(cast.officer).get("/log/").content.decode()
    assert "096080500001" not in page
    assert "079080500002" not in page
    assert "trùng số ••••••••0001" in page
    assert (
        hide_identifiers("CMND 123456789, thẻ 096000123456, số 2026") == "CMND ••••••••6789, thẻ ••••••••3456, số 2026"
    )


def test_as_many_queries_for_thirty_lines_as_for_one(tree, cast, as_):
    client = as_(cast.secretary)
    assert len(words_of(client)) == 1
    few = queries_of(client, "/log/")
    for number in range(29):
        record("cells.add_term", tree.here, by=cast.officer if number % 2 else cast.staff, data={"term": number})
    assert len(words_of(client)) == 30
    assert queries_of(client, "/log/") == few <= MOST


def test_what_is_missing_in_an_old_entry_is_a_dash_not_an_error():
    assert sentence("cells.add_term", "", {}) == "ghi nhiệm kỳ … của …, từ …"
    assert (
        sentence("cells.add_term", "A", {"term": "x{y}", "since": "2026-13-45"})
        == "ghi nhiệm kỳ x{y} của A, từ 2026-13-45"
    )


def recorded_actions():
    """Every literal first argument of `record(…)` in the actions of the apps; sealed acts name no app, nor log here."""
    for path in house.files_called("actions"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("record", "audit.record") and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and "." in first.value:
                    yield first.value


def test_every_act_has_a_sentence():
    known = dict(action_choices())
    actions = set(recorded_actions())
    assert {"cells.add_organisation", "rules.add_override", "jobs.start_job"} <= actions
    assert sorted(actions - known.keys()) == []


def test_every_sentence_is_vietnamese_and_asks_for_plain_names():
    for action, words in SENTENCES.items():
        assert re.fullmatch(r"[^A-Z<>]*", words), action
        assert all(name.isidentifier() for name in re.findall(r"\{([^}]*)\}", words)), action


def test_the_clock_is_local(tree, cast, as_):
    [line] = as_(cast.secretary).get("/log/").context["page"].lines
    shown = timezone.localtime(line.at).strftime("%d/%m/%Y %H:%M")
    assert shown in as_(cast.secretary).get("/log/").content.decode()
