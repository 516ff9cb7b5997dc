"""The site map."""

from django.contrib.auth import views as auth
from django.urls import include, path

from cells.views import log
from config import home
from config.desk.page import desk

handler400 = "config.home.bad_request"

urlpatterns = [
    path("", desk, name="desk"),
    path("search/", home.search, name="search"),
    path("healthz", home.health, name="health"),
    path("sign-in/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("sign-out/", auth.LogoutView.as_view(), name="logout"),
    path("", include("cells.urls_password")),
    path("members/", include("members.urls")),
    path("cells/", include("cells.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("admissions/", include("admissions.urls")),
    path("discipline/", include("discipline.urls")),
    path("log/", log.show_log, name="log"),
]
