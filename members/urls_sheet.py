"""Pages of a member's sheet, below the member."""

from django.urls import path

from members.views import identity, sheet, supplements

urlpatterns = [
    path("pdf/", supplements.print_sheet, name="print_sheet"),
    path("history/", supplements.show_history, name="sheet_history"),
    path("photo/", identity.show_photo, name="photo"),
    path("photo/set/", identity.set_photo, name="set_photo"),
    path("photo/void/", identity.void_photo, name="void_photo"),
    path("supplement/", supplements.take_over_supplement, name="take_over_supplement"),
    path("supplement/form/", supplements.print_supplement_form, name="print_supplement_form"),
    path("supplement/<int:supplement_id>/pdf/", supplements.print_supplement, name="print_supplement"),
    path("supplement/<int:supplement_id>/void/", supplements.void_supplement, name="void_supplement"),
    path("<slug:part>/", sheet.add_sheet_row, name="add_sheet_row"),
    path("<slug:part>/<int:row_id>/correct/", sheet.correct_sheet_row, name="correct_sheet_row"),
    path("<slug:part>/<int:row_id>/void/", sheet.void_sheet_row, name="void_sheet_row"),
]
