"""Pages of one case: its papers."""

from django.urls import path

from discipline.views import papers

case_pages: list = [
    path("<uuid:pk>/papers/", papers.list_papers, name="papers"),
    path("<uuid:pk>/papers/<slug:paper>/print/", papers.print_paper, name="print_paper"),
]
