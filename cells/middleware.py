"""Pages with personal data stay out of caches, and a first password is changed before anything else."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers


class PrivatePagesMiddleware:
    """No page of a signed-in person is kept by a browser or a proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


class ActingMiddleware:
    """Whoever holds roles in several organisations acts for the one chosen for the session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if chosen := request.session.get("acting_for"):
            request.user.acting_for = chosen
        return self.get_response(request)


class FirstPasswordMiddleware:
    """Whoever signs in with a password that somebody else set chooses a new one first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.must_change_password and request.path not in self._open_paths():
            return redirect("password_change")
        return self.get_response(request)

    @staticmethod
    def _open_paths():
        return {reverse("password_change"), reverse("logout")}
