"""Scanners for `test_house.py`: each takes the text of one file and yields what breaks the rules of the house."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cells", "members", "evaluations", "admissions", "discipline")
OURS = ("config", *APPS)
FLOORS = {"config.lib": 0, "cells": 1, "members": 2, "evaluations": 3, "admissions": 3, "discipline": 3}

FUNCTION_LINES, VIEW_LINES, FILE_LINES, CLASS_LINES, TEMPLATE_LINES, PARAMETERS = 45, 40, 450, 200, 200, 6
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "signals", "common", "misc"}
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "aupdate", "adelete",
}  # fmt: skip
CLOCKS = {"today", "now", "localdate", "localtime", "utcnow"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def python_files(*folders):
    """Our own modules in the folders (all apps and `config` by default), without migrations."""
    for folder in folders or OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def files_called(name):
    """Modules of that role in every app: `views` finds `views.py` and all of `views/`."""
    for path in python_files(*APPS):
        role = path.relative_to(ROOT).parts[1]
        if role in (name, f"{name}.py"):
            yield path


def size_faults(source, *, views=False):
    """Functions, views, classes with behaviour and files that are too long; signatures that are too wide."""
    lines = source.count("\n")
    if lines > FILE_LINES:
        yield f"1: file of {lines} lines (at most {FILE_LINES})"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS):
            yield from _function_faults(node, views=views)
        elif isinstance(node, ast.ClassDef) and _behaves(node) and _length(node) > CLASS_LINES:
            yield f"{node.lineno}: class {node.name} has {_length(node)} lines (at most {CLASS_LINES})"


def _function_faults(node, *, views):
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    names = [name for name in names if name not in ("self", "cls")]
    is_view = views and names[:1] == ["request"]
    limit = VIEW_LINES if is_view else FUNCTION_LINES
    if _length(node) > limit:
        kind = "view" if is_view else "function"
        yield f"{node.lineno}: {kind} {node.name} has {_length(node)} lines (at most {limit})"
    if len(names) > PARAMETERS:
        yield f"{node.lineno}: {node.name} takes {len(names)} parameters (at most {PARAMETERS})"


def _behaves(node):
    return any(isinstance(part, FUNCTIONS) for part in node.body)


def _length(node):
    return node.end_lineno - node.lineno + 1


def name_faults(path):
    """A part of the path that is a thing which has not found its name yet."""
    for part in (*Path(path).parts[:-1], Path(path).stem):
        if part in FORBIDDEN_NAMES:
            yield f"1: nothing may be called “{part}”"


def floor_faults(source, path):
    """Imports that go up or sideways: each floor imports only from those below it."""
    here = _floor(".".join(Path(path).with_suffix("").parts))
    if here is None:
        return
    for line, name in _imports(source):
        there = _floor(name)
        if name.split(".")[0] == "config" and there is None:
            yield f"{line}: {here} imports {name}, which stands on the top floor"
        elif there is not None and there != here and FLOORS[there] >= FLOORS[here]:
            yield f"{line}: {here} imports {name}, which does not stand below it"


def _floor(module):
    return next((floor for floor in FLOORS if module == floor or module.startswith(floor + ".")), None)


def _imports(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "config":
            yield from ((node.lineno, f"config.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "."


def own_import_faults(source):
    """For `enums.py`: imports of anything of ours."""
    for line, name in _imports(source):
        if name.split(".")[0] in OURS:
            yield f"{line}: imports {name}; this file may import nothing of ours"


def calls(node):
    """Every call in the node as (line, last name, receiver as text)."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Attribute):
                yield call.lineno, call.func.attr, ast.unparse(call.func.value)
            elif isinstance(call.func, ast.Name):
                yield call.lineno, call.func.id, ""


def write_faults(source):
    """For views, querysets, reports and forms: calls that write to the database."""
    for line, name, receiver in calls(ast.parse(source)):
        if name in WRITES and receiver and not receiver.startswith("super()"):
            yield f"{line}: {receiver}.{name}(…) writes; writing is an action"


def query_faults(source):
    """For views: reads that do not start from what the user may see."""
    for line, name, receiver in calls(ast.parse(source)):
        if receiver.endswith(".objects") and name != "visible_to":
            yield f"{line}: {receiver}.{name}(…) does not start with visible_to"


def purity_faults(source):
    """For rules: a query, the request or today's date inside a pure function."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            yield f"{node.lineno}: a rule does not query"
        elif isinstance(node, ast.arg) and node.arg == "request":
            yield f"{node.lineno}: a rule does not see a request"
    for line, name, _ in calls(tree):
        if name in CLOCKS:
            yield f"{line}: a rule does not know today's date; pass it in"


def request_faults(source):
    """For actions: seeing a request or rendering a page."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.arg == "request":
            yield f"{node.lineno}: an action does not see a request"
    for line, name in _imports(source):
        if name.startswith(("django.http", "django.shortcuts", "django.template")):
            yield f"{line}: an action does not render ({name})"


def action_faults(source):
    """Public functions of an actions file that are not atomic, not done by somebody, or not recorded."""
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, FUNCTIONS)}
    recording = _recording(functions, _imported_actions(tree))
    for name, node in functions.items():
        if name.startswith("_"):
            continue
        if not _is_atomic(node):
            yield f"{node.lineno}: action {name} is not atomic"
        if "by" not in [a.arg for a in node.args.kwonlyargs]:
            yield f"{node.lineno}: action {name} does not take a keyword-only “by”"
        if name not in recording and name != "save_draft":
            yield f"{node.lineno}: action {name} records nothing"


def _is_atomic(node):
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    blocks = [ast.unparse(item.context_expr) for part in node.body if isinstance(part, ast.With) for item in part.items]
    return any(re.match(r"(transaction\.)?atomic\b", text) for text in marks + blocks)


def _imported_actions(tree):
    """Names that come from another actions file: those record for themselves."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and "actions" in (node.module or "").split(".")
        for alias in node.names
        if not alias.name.startswith("_")
    }


def _recording(functions, imported):
    """Functions that call `record`, or another action, themselves or through a function of the same file."""
    names = {"record", "take"} | imported  # `admissions.steps.take` records the step
    while True:
        more = {name for name, node in functions.items() if name not in names and names & set(_called(node))}
        if not more:
            return names
        names |= more


def _called(node):
    for _, name, receiver in calls(node):
        if not receiver:
            yield name
        elif receiver.endswith("actions") or (receiver, name) == ("audit", "record"):
            yield "record"


def unfinished_faults(source):
    """Stubs, and tests that do not run."""
    pattern = r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplemented|pytest\.mark\.(skip|xfail)\b|pytest\.skip\("
    for match in re.finditer(pattern, source):
        yield f"{_line(source, match)}: {match.group()}"


def inline_faults(markup, *, printed=False):
    """Styles and scripts inside a template, refused by the content security policy; print templates may have styles."""
    text = re.sub(
        r"\{#.*?#\}|\{% comment.*?endcomment %\}", lambda m: re.sub(r"[^\n]", " ", m.group()), markup, flags=re.S
    )
    patterns = {
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>": "script inside the page",
        r"""\son[a-z]+\s*=\s*["']""": "handler in an attribute",
        r"javascript:": "script in an address",
        r"\shx-on\b": "script in an attribute",
    }
    if not printed:
        patterns |= {r"\sstyle\s*=": "style in an attribute", r"<style\b": "style inside the page"}
    for pattern, words in patterns.items():
        for match in re.finditer(pattern, text, flags=re.I):
            yield f"{_line(text, match)}: {words}"


def host_faults(text):
    """Addresses of other hosts (the names of XML namespaces are no addresses)."""
    for match in re.finditer(r"""(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"')]*""", text, flags=re.I):
        if "//www.w3.org/" not in match.group() and text[max(0, match.start() - 1)] not in ":/":
            yield f"{_line(text, match)}: outside host {match.group()}"


def _line(text, match):
    return text.count("\n", 0, match.start()) + 1
