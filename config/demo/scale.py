"""How large the demo is: about 1,200, 12,000 or 100,000 members in 60, 500 or 4,000 cells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Communes under the province; bases and cells in each; members in a cell between two bounds."""

    communes: int
    bases: int
    cells_in_base: int
    smallest_cell: int
    largest_cell: int


SCALES = {
    "commune": Scale(communes=2, bases=5, cells_in_base=6, smallest_cell=14, largest_cell=25),
    "city": Scale(communes=11, bases=9, cells_in_base=5, smallest_cell=14, largest_cell=34),
    "province": Scale(communes=79, bases=10, cells_in_base=5, smallest_cell=14, largest_cell=36),
}
