"""Catalogues of organisations: JSON and sheets, kinds by nesting, refusals."""

import io
import json

import openpyxl
import pytest

from cells.actions.catalogue import Root, import_catalogue
from cells.catalogue_files import CatalogueError, read_catalogue
from cells.models import Organisation

ROOT = Root("Đảng ủy Xã A", "96.001.000.000.000")


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def as_json(*entries):
    return json.dumps({"organisations": list(entries)}).encode()


def test_a_sheet_with_parents_after_their_children():
    rows = read_catalogue(
        sheet(
            ["DANH MỤC TỔ CHỨC ĐẢNG"],
            ["Mã", "Tên", "Loại hình", "Cấp trên"],
            ["96.001.005.000.001", "Chi bộ  Khóm 1", None, "96.001.005.000.000"],
            ["96001005000000", "Đảng bộ Phường 5", None, None],
            ["", "Chi bộ Trường A", "Chi bộ cơ sở", None],
            ["", "Chi bộ Khóm 2", None, "Đảng bộ Phường 5"],
        ),
        "danh-muc.xlsx",
    )
    assert [(row.code, row.name, row.kind) for row in rows] == [
        ("96.001.005.000.000", "Đảng bộ Phường 5", "base_party"),
        ("", "Chi bộ Trường A", "base_cell"),
        ("96.001.005.000.001", "Chi bộ Khóm 1", "cell"),
        ("", "Chi bộ Khóm 2", "cell"),
    ]


@pytest.mark.django_db
def test_a_catalogue_may_grow(system):
    base = {"name": "Đảng bộ B", "cells": [{"name": "Chi bộ 1"}]}
    first = import_catalogue(read_catalogue(as_json(base), "a.json"), ROOT, by=system)
    base["cells"].append({"name": "Chi bộ 2"})
    second = import_catalogue(read_catalogue(as_json(base), "a.json"), ROOT, by=system)
    assert ((first.added, first.unchanged), (second.added, second.unchanged)) == ((3, 0), (1, 3))
    assert Organisation.objects.get(name="Chi bộ 2").parent.name == "Đảng bộ B"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"{", "a.json", "JSON"),
        (b"[]", "a.json", "không có tổ chức"),
        (as_json({"code": "96.001.005.000.000"}), "a.json", "mục 1: thiếu tên"),
        (as_json({"name": "A", "kind": "club"}), "a.json", "không có loại hình “club”"),
        pytest.param(as_json({"name": "A", "code": "1.2.3.0.4"}), "a.json", "2-3-3-3-3", id="M27"),
        (
            as_json({"name": "A", "code": "96001005000000"}, {"name": "B", "code": "96.001.005.000.000"}),
            "a.json",
            "đã dùng",
        ),
        (as_json({"name": "A", "parent": "B"}, {"name": "B", "parent": "A"}), "a.json", "vòng quanh"),
        (sheet(["Họ", "Đệm"], ["a", "b"]), "a.xlsx", "dòng tiêu đề"),
    ],
)
def test_what_cannot_be_loaded(content, name, sentence):
    with pytest.raises(CatalogueError, match=sentence):
        read_catalogue(content, name)


@pytest.mark.django_db
def test_a_refused_catalogue_changes_nothing(system):
    rows = read_catalogue(as_json({"name": "Đảng bộ B"}, {"name": "Chi bộ 1", "parent": "Đảng bộ C"}), "a.json")
    with pytest.raises(CatalogueError, match="cấp trên “Đảng bộ C”"):
        import_catalogue(rows, ROOT, by=system)
    assert Organisation.objects.count() == 0
