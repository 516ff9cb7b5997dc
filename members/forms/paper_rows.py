"""Details of all papers of a file, a row each; every row says which paper it is and what it showed."""

from django import forms
from django.forms import formset_factory

from members.filing import day_words, details_digest
from members.forms.dossier import DetailForm
from members.forms.seen import SeenField


class PaperRowForm(DetailForm):
    """What one paper of the table says."""

    paper = forms.IntegerField(required=False, widget=forms.HiddenInput, localize=False)
    seen = SeenField()

    @classmethod
    def initial_of(cls, paper):
        return {**cls.details_of(paper), "paper": paper.pk, "seen": details_digest(vars(paper))}


_Rows = formset_factory(PaperRowForm, extra=0)


def paper_rows(papers, today, data=None):
    """The table of these papers, or what was sent of it."""
    initial = [PaperRowForm.initial_of(paper) for paper in papers]
    return _Rows(data, initial=initial, form_kwargs={"today": today, "empty_permitted": False})


def rows_after(rows, stale, papers, today):
    """The table once more, where others wrote in the papers `stale` meanwhile: what was typed stays, in the fields left
    empty stands what stands now, and it is told beside the row.

    Sent again it is written, for it has been seen now; a paper that is no more is left out until its row is typed in.
    """
    data, standing = rows.data.copy(), {paper.pk: paper for paper in papers}
    told = {}
    for form in rows.forms:
        key = form.cleaned_data["paper"]
        if key not in stale:
            continue
        paper = standing.get(key)
        told[form.prefix] = _words(paper)
        if paper is None:
            data[form.add_prefix("seen")] = details_digest(form.details)
            continue
        shown = {name: "" if value is None else str(value) for name, value in form.details_of(paper).items()}
        for name, value in shown.items():
            data[form.add_prefix(name)] = data.get(form.add_prefix(name)) or value
        data[form.add_prefix("seen")] = details_digest(vars(paper))
    again = paper_rows(papers, today, data)
    again.is_valid()
    for form in again.forms:
        if form.prefix in told:
            form.add_error(None, told[form.prefix])
    return again


def _words(paper):
    if paper is None:
        return "Tài liệu này vừa được người khác hủy hoặc ghi lại thành mục khác; dòng này không ghi được."
    parts = [("số", paper.number), ("ngày", day_words(paper)), ("nơi ban hành", paper.issuer), ("số tờ", paper.pages)]
    words = ", ".join(f"{label} {value}" for label, value in parts if value) or "chưa có chi tiết nào"
    return f"Vừa được người khác ghi: {words}. Hãy xem lại dòng này rồi ghi."
