"""The forms as data: which there are, who makes them, in which state, and the lines that they print."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.lib.paper_lines import PaperKind, catalogue_tables
from config.lib.vietnamese import fold

FILE = Path(__file__).resolve().parent.parent / "catalogues" / "forms.toml"
STAGES = {
    "dossier": "Nguồn, hồ sơ",
    "cv": "Lý lịch, thẩm tra",
    "procedure": "Xét ở chi bộ, cơ sở",
    "decision": "Quyết định, lễ kết nạp",
    "probation": "Dự bị",
    "recognition": "Công nhận chính thức, xóa tên",
    "move": "Chuyển đi nơi khác",
}
READ = "●"
PRINT_FORM = "admissions.print_form"  # an act that only reads


@dataclass(frozen=True, kw_only=True)
class Form(PaperKind):
    """One form, who makes it and in which states."""

    author: str
    states: tuple[str, ...] = ()
    mark: str = READ
    background: bool = False
    booklet: bool = False

    @property
    def slug(self) -> str:
        """The form in an address and in the name of a file: "9-knd"."""
        return slug_of(self.code)

    @property
    def is_default(self) -> bool:
        """Whether its wording is the software's own or only reported."""
        return self.mark != READ


def slug_of(code: str) -> str:
    return fold(code).replace(" ", "-")


@cache
def forms() -> dict[str, Form]:
    """All forms by slug, in the order of the procedure."""
    return {form.slug: form for form in (Form(**each) for each in catalogue_tables(FILE)["forms"])}


def sources() -> dict[str, str]:
    """What a group of values comes from, in words, for a form that lacks all of it."""
    return catalogue_tables(FILE)["sources"]


def forms_of(stage: str) -> list[Form]:
    return [form for form in forms().values() if form.stage == stage]


def stage_of(state: str) -> str:
    """The stage whose forms are made in a state; of a state that makes none, the last one that it may look back on."""
    found = [form.stage for form in forms().values() if state in form.states and form.stage != "move"]
    return found[-1] if found else "dossier"
