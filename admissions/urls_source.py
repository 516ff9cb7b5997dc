"""Pages of one candidate and of lists: source."""

from django.urls import include, path

from admissions.views import boards, source, source_months, source_people, source_together, statements

form_pages = [
    path("", statements.admission_form, name="admission_form"),
    path("names/", statements.admission_form_names, name="admission_form_names"),
    path("file/<slug:kind>/", statements.export_admission_form, name="export_admission_form"),
]
report_pages = [
    path("", statements.admission_report, name="admission_report"),
    path("pdf/", statements.print_admission_report, name="print_admission_report"),
    path("file/<slug:kind>/", statements.export_admission_report, name="export_admission_report"),
]
list_pages: list = [
    path("cells/<int:organisation_id>/resolutions/<month:month>/", source_months.resolve_month, name="resolve_month"),
    path("bodies/<int:organisation_id>/send-to-class/", source_together.send_many_to_class, name="send_many_to_class"),
    path("board/", boards.choose_board, name="choose_board"),
    path("bodies/<int:organisation_id>/board/<int:year>/", boards.board, name="board"),
    path("bodies/<int:organisation_id>/board/<int:year>/names/", boards.board_names, name="board_names"),
    path("bodies/<int:organisation_id>/plan/<int:year>/", boards.save_plan, name="save_plan"),
    path("bodies/<int:organisation_id>/report/<int:year>/", include(report_pages)),
    path("statistics/<slug:form>/<int:organisation_id>/", include(form_pages)),
    path("bodies/<int:organisation_id>/clear/", source_together.clear_many, name="clear_many"),
]
candidate_pages: list = [
    path("source/", source.source, name="source"),
    path("recognise-sympathiser/", source.recognise_sympathiser, name="recognise_sympathiser"),
    path("send-to-class/", source.send_to_class, name="send_to_class"),
    path("record-certificate/", source.record_certificate, name="record_certificate"),
    path("clear/", source.clear, name="clear"),
    path("drop/", source.drop, name="drop"),
    path("relist/", source.relist, name="relist"),
    path("plan-year/", source.plan_candidate, name="plan_candidate"),
    path("helpers/assign/", source_people.assign_helper, name="assign_helper"),
    path("notes/add/", source_people.add_note, name="add_note"),
    path("certificates/add/", source_people.add_certificate, name="add_certificate"),
]
row_pages: list = [
    path("helpers/<int:helper_id>/change/", source_people.change_helper, name="change_helper"),
    path("helpers/<int:helper_id>/end/", source_people.end_helper, name="end_helper"),
    path("helpers/<int:helper_id>/void/", source_people.void_helper, name="void_helper"),
    path("notes/<int:note_id>/void/", source_people.void_note, name="void_note"),
    path("certificates/<int:certificate_id>/void/", source_people.void_certificate, name="void_certificate"),
    path("source-steps/<int:step_id>/void/", source.void_step, name="void_step"),
    path("resolutions/<int:resolution_id>/void/", source_months.void_resolution, name="void_resolution"),
]
