"""People, their records, and imports."""

from django.urls import include, path

from members.urls_badges import body_urls as badge_urls
from members.urls_badges import own_urls as own_badge_urls
from members.views import (
    committees,
    endings,
    enrolment,
    facts,
    handovers,
    identity,
    import_writing,
    imports,
    inspection,
    people,
    quality,
    readers,
    record,
    registers,
    restorations,
    standing,
    supplements,
    transfer_requests,
)

app_name = "members"

fact_urls = [
    path("", facts.show_fact, name="fact"),
    path("end/", facts.end_fact, name="end_fact"),
    path("correct/", facts.correct_fact, name="correct_fact"),
    path("void/", facts.void_fact, name="void_fact"),
]
standing_urls = [
    path("record-death/", endings.record_death, name="record_death"),
    path("remove-name/", endings.remove_name, name="remove_name"),
    path("let-leave/", endings.let_leave, name="let_leave"),
    path("expel/", endings.expel, name="expel"),
    path("cancel-admission/", endings.cancel_admission, name="cancel_admission"),
    path("restore-rights/", restorations.restore_rights, name="restore_rights"),
    path("resume-activity/", restorations.resume_activity, name="resume_activity"),
    path("readmit/", restorations.readmit, name="readmit"),
    path("restorations/<int:restoration_id>/void/", restorations.void_restoration, name="void_restoration"),
    path("exempt/", standing.exempt_member, name="exempt_member"),
    path("exempt/<int:fact_id>/end/", standing.end_exemption, name="end_exemption"),
    path("suspend/", standing.suspend_member, name="suspend_member"),
    path("suspend/<int:fact_id>/end/", standing.end_suspension, name="end_suspension"),
    path("inspection/", inspection.show_inspection, name="show_inspection"),
    path("inspection/sanction/", inspection.record_sanction, name="record_sanction"),
    path("inspection/sanctions/<int:sanction_id>/void/", inspection.void_sanction, name="void_sanction"),
    path("inspection/proceeding/", inspection.record_proceeding, name="record_proceeding"),
    path("inspection/proceedings/<int:proceeding_id>/void/", inspection.void_proceeding, name="void_proceeding"),
    path("inspection/hold/", inspection.set_hold, name="set_hold"),
    path("inspection/holds/<int:hold_id>/lift/", inspection.lift_hold, name="lift_hold"),
]
ending_urls = [
    path("", endings.show_ending, name="ending"),
    path("notice/", endings.record_notice, name="record_notice"),
    path("receipt/", endings.record_receipt, name="record_receipt"),
    path("card/", endings.recover_card, name="recover_card"),
    path("file/", endings.send_file_up, name="send_file_up"),
    path("appeal/", endings.record_appeal, name="record_appeal"),
    path("correct/", endings.correct_ending, name="correct_ending"),
    path("void/", endings.void_ending, name="void_ending"),
]
member_urls = [
    path("", record.show_member, name="member"),
    path("sheet/", record.show_sheet, name="sheet"),
    path("sheet/", include("members.urls_sheet")),
    path("reveal/", record.reveal, name="reveal"),
    path("correct/", record.correct_member, name="correct_member"),
    path("name/", identity.change_name, name="change_name"),
    path("birth-date/", identity.correct_birth, name="correct_birth_date"),
    path("change/<slug:topic>/", facts.change_particular, name="change_particular"),
    path("add-overlay/", facts.add_overlay, name="add_overlay"),
    path("add-post/", facts.add_post, name="add_post"),
    path("facts/<slug:kind>/<int:fact_id>/", include(fact_urls)),
    path("grades/<int:grade_id>/void/", facts.void_grade, name="void_grade"),
    path("findings/", quality.member_findings, name="member_findings"),
    path("readers/", readers.show_readers, name="show_readers"),
    path("statement/", readers.print_statement, name="print_statement"),
    path("", include(standing_urls)),
    path("", include(own_badge_urls)),
]
import_urls = [
    path("", imports.show_import, name="import"),
    path("columns/", imports.map_columns, name="map_columns"),
    path("changes/", imports.changes, name="changes"),
    path("commit/", import_writing.commit_batch, name="commit_batch"),
    path("progress/", import_writing.import_progress, name="import_progress"),
    path("undo/", import_writing.undo_batch, name="undo_batch"),
    path("discard/", import_writing.discard_import, name="discard_import"),
    path("refused/", import_writing.take_refused_rows, name="take_refused_rows"),
    path("rows/<int:row>/", import_writing.save_row, name="save_row"),
]
committee_urls = [
    path("", committees.show_committee, name="committee"),
    path("enter/", committees.enter_committee, name="enter_committee"),
    path("end-posts/", committees.end_term_posts, name="end_term_posts"),
    path("pdf/", committees.print_committee, name="print_committee"),
    path("xlsx/", committees.export_committee, name="export_committee"),
]
handover_urls = [
    path("", handovers.list_handovers, name="handovers"),
    path("<int:organisation_id>/new/", handovers.hand_over_cell, name="hand_over_cell"),
    path("<int:handover_id>/", handovers.show_handover, name="handover"),
    path("<int:handover_id>/minutes/", handovers.print_handover, name="print_handover"),
    path("<int:handover_id>/undo/", handovers.undo_handover, name="undo_handover"),
]
urlpatterns = [
    path("", people.list_members, name="list"),
    path("export/", people.export, name="export"),
    path("export/unmasked/", people.export_unmasked, name="export_unmasked"),
    path("add/", enrolment.choose_cell, name="add"),
    path("add/<int:organisation_id>/", enrolment.enrol_member, name="enrol_member"),
    path("options/", committees.member_options, name="member_options"),
    path("committees/<int:organisation_id>/", include(committee_urls)),
    path("handovers/", include(handover_urls)),
    path("dossiers/", include("members.urls_dossier")),
    path("endings/", endings.list_endings, name="endings"),
    path("endings/<int:ending_id>/", include(ending_urls)),
    path("registers/", registers.registers, name="registers"),
    path("registers/<int:organisation_id>/<slug:name>/pdf/", registers.print_register, name="print_register"),
    path("registers/<int:organisation_id>/<slug:name>/xlsx/", registers.export_register, name="export_register"),
    path("imports/", imports.list_imports, name="imports"),
    path("imports/check-file/", imports.check_file, name="check_file"),
    path("imports/<uuid:batch_id>/", include(import_urls)),
    path("quality/", include("members.urls_quality")),
    path("forms/<slug:form>/", supplements.print_blank_form, name="print_blank_form"),
    path("", include(badge_urls)),
    path("statistics/", include("members.urls_statistics")),
    path("transfers/", include("members.urls_transfers")),
    path("<uuid:member_id>/transfer/", transfer_requests.request_transfer, name="request_transfer"),
    path("<uuid:member_id>/receive/", transfer_requests.receive_former_member, name="receive_former_member"),
    path("<uuid:member_id>/", include(member_urls)),
]
