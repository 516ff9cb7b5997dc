"""Pages of a member's sheet, below the member."""

from django.urls import path

from members.views import sheet

urlpatterns = [
    path("<slug:part>/", sheet.add_sheet_row, name="add_sheet_row"),
    path("<slug:part>/<int:row_id>/correct/", sheet.correct_sheet_row, name="correct_sheet_row"),
    path("<slug:part>/<int:row_id>/void/", sheet.void_sheet_row, name="void_sheet_row"),
]
