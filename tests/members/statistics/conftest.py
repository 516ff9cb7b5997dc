import pytest

from tests.members.statistics.rows import Rows


@pytest.fixture
def rows(db):
    """A province with a commune of two bases: X (cells X1, X2) and Y (cell Y1)."""
    rows = Rows()
    rows.body("Tỉnh", "province")
    rows.body("Xã", "commune", "Tỉnh", base_type="commune")
    rows.body("X", "base_party", "Xã", base_type="commune")
    rows.body("Y", "base_party", "Xã", base_type="state_office")
    rows.body("X1", "cell", "X")
    rows.body("X2", "cell", "X")
    rows.body("Y1", "cell", "Y")
    return rows
