"""People, their records, and imports."""

from django.urls import path

from members.views import imports, people

app_name = "members"

urlpatterns = [
    path("", people.list_members, name="list"),
    path("imports/", imports.list_imports, name="imports"),
]
