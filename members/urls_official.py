"""Files in the official layout, and what is to be typed again."""

from django.urls import path

from members.views import official

urlpatterns = [
    path("", official.official_files, name="official_files"),
    path("bring/", official.bring_official_file, name="bring_official_file"),
    path("export/<int:organisation_id>/", official.export_official, name="export_official"),
    path("export/<int:organisation_id>/unmasked/", official.export_official_unmasked, name="export_official_unmasked"),
    path("<uuid:file_id>/", official.rekey, name="rekey"),
    path("<uuid:file_id>/<slug:form>/", official.take_rekey, name="take_rekey"),
    path("<uuid:file_id>/<slug:form>/unmasked/", official.take_rekey_unmasked, name="take_rekey_unmasked"),
]
