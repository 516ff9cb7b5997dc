"""Score frames: listed, founded, edited, issued, printed."""

from django.urls import path

from evaluations.views import frames

urlpatterns = [
    path("", frames.list_frames, name="frames"),
    path("found/", frames.found_frame, name="found_frame"),
    path("<uuid:pk>/", frames.show_frame, name="frame"),
    path("<uuid:pk>/copy/", frames.copy_frame, name="copy_frame"),
    path("<uuid:pk>/edit/", frames.edit_frame, name="edit_frame"),
    path("<uuid:pk>/issue/", frames.issue_frame, name="issue_frame"),
    path("<uuid:pk>/void/", frames.void_frame, name="void_frame"),
    path("<uuid:pk>/frame.pdf", frames.print_frame, name="print_frame"),
]
