"""The rules of the house, read from the code. What a rule is for stands in docs/conventions.md."""

import fnmatch
import importlib
import textwrap
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, get_resolver

from config.lib.workflow import Workflow
from tests import house

TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "Makefile", "requirements", ".ci", ".gitignore", "docs"),
    *("config", "cells", "members", "evaluations", "admissions", "discipline", "templates", "static", "tests"),
}


def collect(paths, scan):
    """All faults as “path:line: words”."""
    faults = []
    for path in paths:
        name = path.relative_to(house.ROOT).as_posix()
        faults += [f"{name}:{fault}" for fault in scan(path.read_text(encoding="utf-8"), name)]
    return faults


def templates():
    return sorted((house.ROOT / "templates").rglob("*.html"))


def is_view(name):
    return name.endswith("/views.py") or "/views/" in name or name == "config/home.py"


def test_python_stays_small():
    paths = [*house.python_files(), *house.python_files("tests")]
    assert collect(paths, lambda text, name: house.size_faults(text, views=is_view(name))) == []


def test_templates_stay_small():
    long = [
        f"{p.relative_to(house.ROOT)}: {n} lines" for p in templates() if (n := len(p.read_text().splitlines())) > 200
    ]
    assert long == []


def test_every_file_has_found_its_name():
    paths = [*house.python_files(), *house.python_files("tests"), *templates()]
    assert collect(paths, lambda text, name: house.name_faults(name)) == []


def test_top_level_is_the_clients():
    ignored = [line.rstrip("/") for line in (house.ROOT / ".gitignore").read_text().splitlines()] + [".git"]
    present = {p.name for p in house.ROOT.iterdir()}
    ours = {name for name in present if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert ours - TOP_LEVEL == set()


def test_imports_go_down():
    assert collect(house.python_files(), house.floor_faults) == []


def test_enums_import_nothing_of_ours():
    assert collect(house.files_called("enums"), lambda text, name: house.own_import_faults(text)) == []


def test_views_write_nothing_and_read_in_scope():
    views = [p for p in house.python_files() if is_view(p.relative_to(house.ROOT).as_posix())]
    assert collect(views, lambda text, name: [*house.write_faults(text), *house.query_faults(text)]) == []


@pytest.mark.parametrize("role", ["querysets", "reports", "forms", "rules"])
def test_reading_and_validating_write_nothing(role):
    assert collect(house.files_called(role), lambda text, name: house.write_faults(text)) == []


def test_rules_are_pure():
    assert collect(house.files_called("rules"), lambda text, name: house.purity_faults(text)) == []


def test_actions_are_atomic_done_by_somebody_and_recorded():
    actions = list(house.files_called("actions"))
    assert collect(actions, lambda text, name: [*house.action_faults(text), *house.request_faults(text)]) == []


def workflows():
    """(app, workflow) of every app that has some."""
    for app in house.APPS:
        if (house.ROOT / app / "workflow.py").exists():
            module = importlib.import_module(f"{app}.workflow")
            yield from ((app, value) for value in vars(module).values() if isinstance(value, Workflow))


def url_names(patterns=None, namespace=""):
    """Every named page as “namespace:name”."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)


def test_every_step_has_an_action_and_a_url_of_its_name():
    pages = set(url_names())
    missing = []
    for app, workflow in workflows():
        actions = importlib.import_module(f"{app}.actions")
        missing += [f"{app}.actions.{step}" for step in workflow.steps if not callable(getattr(actions, step, None))]
        missing += [f"url {app}:{step}" for step in workflow.steps if f"{app}:{step}" not in pages]
    assert missing == []


def test_nothing_is_unfinished():
    paths = [p for p in [*house.python_files(), *house.python_files("tests")] if "house" not in p.stem]
    assert collect([*paths, *templates()], lambda text, name: house.unfinished_faults(text)) == []


def test_templates_carry_no_style_and_no_script():
    assert collect(templates(), lambda text, name: house.inline_faults(text, printed="/pdf/" in name)) == []


def test_no_outside_host_is_asked():
    own = [p for p in (house.ROOT / "static").rglob("*") if p.suffix in (".css", ".js") and "vendor" not in p.parts]
    locks = sorted((house.ROOT / "requirements").iterdir())
    assert collect([*templates(), *own, *locks], lambda text, name: house.host_faults(text)) == []


def test_lock_files_agree():
    """`make run` accepts an environment made for `make test`: everything in base.txt stands in dev.txt."""
    base, dev = ((house.ROOT / "requirements" / name).read_text().splitlines() for name in ("base.txt", "dev.txt"))
    assert {line for line in base if "==" in line} - set(dev) == set()


def test_tests_that_read_printed_pages_say_so():
    silent = [
        p.relative_to(house.ROOT).as_posix()
        for p in house.python_files("tests")
        if p.name.startswith("test_") and "pdfto" in (text := p.read_text()) and "mark.poppler" not in text
    ]
    assert [name for name in silent if name != "tests/test_house.py"] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- The scanners themselves: each must see a planted fault, and leave its neighbour in peace.


def planted(text):
    return textwrap.dedent(text).lstrip("\n")


def long_function(lines, signature="def f():"):
    return signature + "\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("source", "views", "expected"),
    [
        (long_function(45), False, []),
        (long_function(46), False, ["1: function f has 46 lines (at most 45)"]),
        (long_function(40, "def f(request):"), True, []),
        (long_function(41, "def f(request):"), True, ["1: view f has 41 lines (at most 40)"]),
        ("class C:\n    def f(self): pass\n" + "    x = 1\n" * 198, False, []),
        ("class C:\n    def f(self): pass\n" + "    x = 1\n" * 199, False, ["1: class C has 201 lines (at most 200)"]),
        ("x = 1\n" * 451, False, ["1: file of 451 lines (at most 450)"]),
        ("def f(self, a, b, c, *, d, e, g): pass\n", False, []),
        ("def f(a, b, c, *, d, e, g, h): pass\n", False, ["1: f takes 7 parameters (at most 6)"]),
    ],
)
def test_size_is_seen(source, views, expected):
    assert list(house.size_faults(source, views=views)) == expected


def test_names_without_meaning_are_seen():
    assert list(house.name_faults("cells/utils.py")) == ["1: nothing may be called “utils”"]
    assert list(house.name_faults("cells/services/tree.py")) == ["1: nothing may be called “services”"]
    assert list(house.name_faults("cells/actions/tree.py")) == []


@pytest.mark.parametrize(
    ("path", "source", "count"),
    [
        ("cells/actions.py", "from members.models import Member", 1),
        ("members/models.py", "import evaluations.models", 1),
        ("evaluations/models.py", "from discipline.models import Case", 1),
        ("config/lib/pdf.py", "from cells.models import User", 1),
        ("cells/views.py", "from config.home import desk", 1),
        ("cells/views.py", "from config import home", 1),
        (
            "cells/views.py",
            "from config.lib.pdf import render_pdf\nfrom config import lib\nfrom cells import models",
            0,
        ),
        ("evaluations/views.py", "from members.models import Member\nfrom cells.audit import record", 0),
        ("config/home.py", "from evaluations.models import Season", 0),
    ],
)
def test_imports_upward_are_seen(path, source, count):
    assert len(list(house.floor_faults(source, path))) == count


def test_own_imports_are_seen():
    assert len(list(house.own_import_faults("from cells.models import User\nfrom enum import StrEnum"))) == 1


def test_writes_and_unscoped_reads_are_seen():
    source = planted("""
        def page(request):
            Member.objects.create(name="x")
            form.save()
            rows = Member.objects.filter(name="x")
            return Member.objects.visible_to(request.user, VIEW)
    """)
    assert [f.split(":")[0] for f in house.write_faults(source)] == ["2", "3"]
    assert [f.split(":")[0] for f in house.query_faults(source)] == ["2", "4"]


def test_impure_rules_are_seen():
    source = planted("""
        def carries(request):
            rows = Ballot.objects.all()
            return date.today() > rows[0].day
    """)
    assert sorted(f.split(":")[0] for f in house.purity_faults(source)) == ["1", "2", "3"]
    assert list(house.purity_faults("def carries(tally, *, on):\n    return tally.yes > 1\n")) == []


ACTION = """
    from members.actions import end_membership

    @transaction.atomic
    def admit(candidate, *, by):
        candidate.save()
        record("admissions.admit", candidate, by=by)

    @transaction.atomic()
    def expel(member, *, by):
        end_membership(member, by=by)

    def recall(sheet, *, by):
        with transaction.atomic():
            _note(sheet, by)

    @transaction.atomic
    def save_draft(sheet, *, by):
        sheet.save()

    def _note(sheet, by):
        record("recall", sheet, by=by)
"""


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ("", "", []),
        ("    @transaction.atomic\n    def admit", "    def admit", ["admit is not atomic"]),
        ("admit(candidate, *, by)", "admit(candidate, by)", ["admit does not take a keyword-only “by”"]),
        ('record("admissions.admit", candidate, by=by)', "pass", ["admit records nothing"]),
        ('record("recall", sheet, by=by)', "sheet.record()", ["recall records nothing"]),
        ("end_membership(member, by=by)", "member.save()", ["expel records nothing"]),
    ],
)
def test_careless_actions_are_seen(good, bad, expected):
    source = planted(ACTION.replace(good, bad) if good else ACTION)
    assert [fault.split(": action ")[1] for fault in house.action_faults(source)] == expected


def test_requests_in_actions_are_seen():
    source = "from django.shortcuts import render\ndef admit(request, *, by): pass\n"
    assert len(list(house.request_faults(source))) == 2


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<p style="color:red">x</p>', 1),
        ("<style>p {}</style>", 1),
        ("<script>go()</script>", 1),
        ('<a onclick="go()" href="javascript:go()">x</a>', 2),
        ('<script src="/static/x.js" defer></script>', 0),
        ('<script type="application/json">{}</script>', 0),
        ('{# style="x" #}<p class="style">on = 1</p>', 0),
    ],
)
def test_inline_style_and_script_are_seen(markup, count):
    assert len(list(house.inline_faults(markup))) == count


def test_print_templates_may_carry_their_page():
    assert list(house.inline_faults("<style>@page {}</style>", printed=True)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<link href="https://fonts.example.com/x.css">', 1),
        ("@import url(//cdn.example.com/x.css);", 1),
        ('<svg xmlns="http://www.w3.org/2000/svg">', 0),
        ('<a href="/members/">x</a> // a comment', 0),
    ],
)
def test_outside_hosts_are_seen(text, count):
    assert len(list(house.host_faults(text))) == count


def test_unfinished_business_is_seen():
    assert len(list(house.unfinished_faults("# TO" + "DO: later\n@pytest.mark." + "skip\ndef test(): pass"))) == 2


def test_the_scan_reaches_the_code():
    """An empty list of files would satisfy every rule."""
    names = {p.relative_to(house.ROOT).as_posix() for p in house.python_files()}
    assert {"config/settings.py", "config/lib/workflow.py", "cells/apps.py", "members/apps.py"} <= names
    assert Path(house.ROOT / "templates/base.html") in templates()
