"""Pages of one candidate and of lists: papers."""

from django.urls import path

from admissions.views import calendars, papers, tasks

list_pages: list = [
    path("tasks/", tasks.list_tasks, name="tasks"),
    path("calendar/", calendars.show_calendar, name="calendar"),
    path("calendar/renew/", calendars.renew_calendar, name="renew_calendar"),
    path("calendar/revoke/", calendars.revoke_calendar, name="revoke_calendar"),
    path("calendar/<slug:token>.ics", calendars.calendar_file, name="calendar_file"),
]
candidate_pages: list = [
    path("forms/", papers.list_forms, name="forms"),
    path("forms/<slug:form>/print/", papers.print_form, name="print_form"),
    path("forms/<slug:form>/word/", papers.download_form, name="download_form"),
]
row_pages: list = [
    path("cells/<int:organisation_id>/forms/<slug:form>/<slug:held_on>/", papers.print_meeting, name="print_meeting"),
]
