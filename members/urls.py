"""People, their records, and imports."""

from django.urls import include, path

from members.views import enrolment, facts, imports, people, record

app_name = "members"

fact_urls = [
    path("", facts.show_fact, name="fact"),
    path("end/", facts.end_fact, name="end_fact"),
    path("correct/", facts.correct_fact, name="correct_fact"),
    path("void/", facts.void_fact, name="void_fact"),
]
member_urls = [
    path("", record.show_member, name="member"),
    path("sheet/", record.show_sheet, name="sheet"),
    path("reveal/", record.reveal, name="reveal"),
    path("correct/", record.correct_member, name="correct_member"),
    path("birth-date/", record.correct_birth, name="correct_birth_date"),
    path("change/<slug:topic>/", facts.change_particular, name="change_particular"),
    path("add-overlay/", facts.add_overlay, name="add_overlay"),
    path("add-post/", facts.add_post, name="add_post"),
    path("facts/<slug:kind>/<int:fact_id>/", include(fact_urls)),
]
urlpatterns = [
    path("", people.list_members, name="list"),
    path("export/", people.export, name="export"),
    path("export/unmasked/", people.export_unmasked, name="export_unmasked"),
    path("add/", enrolment.choose_cell, name="add"),
    path("add/<int:organisation_id>/", enrolment.enrol_member, name="enrol_member"),
    path("imports/", imports.list_imports, name="imports"),
    path("<uuid:member_id>/", include(member_urls)),
]
