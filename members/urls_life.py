"""The registers of a cell: meetings, fees, tasks, study."""

from django.urls import path, register_converter

from members.views import life, life_fees, life_meetings, life_sheets, life_study, life_tasks
from members.views.life_months import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", life.choose_life, name="choose_life"),
    path("<int:organisation_id>/", life.show_life, name="show_life"),
    path("<int:organisation_id>/names/<slug:what>/", life.list_life, name="list_life"),
    path("<int:organisation_id>/pdf/", life.print_life, name="print_life"),
    path("<int:organisation_id>/xlsx/", life.export_life, name="export_life"),
    path("<int:organisation_id>/meetings/<month:month>/", life_meetings.keep_meeting, name="keep_meeting"),
    path("<int:organisation_id>/meetings/<month:month>/void/", life_meetings.void_meeting, name="void_meeting"),
    path("<int:organisation_id>/fees/<month:month>/", life_fees.keep_fees, name="keep_fees"),
    path("<int:organisation_id>/meetings/<month:month>/sheet/", life_sheets.meeting_sheet, name="meeting_sheet"),
    path("<int:organisation_id>/fees/<month:month>/sheet/", life_sheets.fees_sheet, name="fees_sheet"),
    path("<int:organisation_id>/tasks/<int:year>/sheet/", life_sheets.tasks_sheet, name="tasks_sheet"),
    path("<int:organisation_id>/tasks/<int:year>/", life_tasks.finish_tasks, name="finish_tasks"),
    path("<int:organisation_id>/tasks/<int:year>/assign/", life_tasks.assign_tasks, name="assign_tasks"),
    path("tasks/<int:task_id>/correct/", life_tasks.correct_task, name="correct_task"),
    path("tasks/<int:task_id>/void/", life_tasks.void_task, name="void_task"),
    path("<int:organisation_id>/study/<int:year>/", life_study.list_study, name="list_study"),
]
