"""Printing: an HTML template becomes a PDF whose bytes depend on the template, the data and the date alone."""

import hashlib
from base64 import b64decode
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.template.loader import render_to_string

STATIC = Path(__file__).resolve().parents[2] / "static"
PRINT_STYLES = ("css/print.css",)
OWN_IMAGE = "data:image/jpeg;base64,"
VARIANT = "pdf/a-3u"  # for keeping: fonts and colours inside, text readable, data attached


class ForeignResourceError(Exception):
    """A printed page asked for something outside of the static folder."""


def render_pdf(
    template: str, context: dict, *, dated: date, css: str = "", attachment: tuple[str, bytes] | None = None
) -> bytes:
    """The template as PDF/A-3u, `dated` in its metadata; `css` comes after print.css; a data file may be attached."""
    return print_html(render_to_string(template, context), dated=dated, css=css, attachment=attachment)


def print_html(html: str, *, dated: date, css: str = "", attachment: tuple[str, bytes] | None = None) -> bytes:
    """A whole HTML page as PDF, see `render_pdf`; addresses in it are relative to the static folder."""
    press = _press()
    attachments = [press.attachment(*attachment, dated)] if attachment else []
    return press.print(html, css, dated, attachments)


@cache
def _press() -> "_Press":
    return _Press()


class _Press:
    """WeasyPrint with our fonts and styles read once for the process."""

    def __init__(self) -> None:
        import weasyprint  # noqa: PLC0415 -- takes a second to import, and pages do not need it
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- same
        from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 -- same

        self._weasyprint = weasyprint
        self._refused = FatalURLFetchingError
        self._fonts = FontConfiguration()
        self._fetcher = _static_only(weasyprint.urls)
        self._styles = [self._css(filename=STATIC / name) for name in PRINT_STYLES]

    def print(self, html: str, css: str, dated: date, attachments: list) -> bytes:
        styles = [*self._styles, self._css(string=css)] if css else self._styles
        page = self._weasyprint.HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=self._fetcher)
        options = {
            "stylesheets": styles,
            "attachments": attachments,
            "pdf_variant": VARIANT,
            "pdf_identifier": hashlib.sha256(f"{dated}{css}{html}".encode()).hexdigest()[:32].encode(),
        }
        try:
            document = page.render(font_config=self._fonts, **options)
            document.metadata.created = document.metadata.modified = f"{dated:%Y-%m-%d}"
            return document.write_pdf(**options)
        except self._refused as error:
            raise ForeignResourceError(str(error)) from error

    def attachment(self, name: str, content: bytes, dated: date) -> Any:
        at = datetime(dated.year, dated.month, dated.day)  # noqa: DTZ001 -- a day, not a moment
        return self._weasyprint.Attachment(string=content, name=name, created=at, modified=at, relationship="Data")

    def _css(self, **source: Any) -> Any:
        return self._weasyprint.CSS(**source, url_fetcher=self._fetcher, font_config=self._fonts)


def _static_only(urls: Any) -> Any:
    """A fetcher of files below the static folder and of JPEGs within the page; all else is refused, networks first."""

    class StaticFetcher(urls.URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> Any:
            if url.startswith(OWN_IMAGE):  # a portrait that we drew ourselves, in the page itself
                return urls.URLFetcherResponse(
                    url, b64decode(url.removeprefix(OWN_IMAGE)), {"Content-Type": "image/jpeg"}
                )
            path = _static_file(url)
            if path is None:
                raise urls.FatalURLFetchingError(f"not below static/: {url[:200]}")
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _CONTENT_TYPES[path.suffix]})

    return StaticFetcher()


_CONTENT_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def _static_file(url: str) -> Path | None:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    path = Path(unquote(parts.path)).resolve()
    return path if path.is_relative_to(STATIC) and path.is_file() and path.suffix in _CONTENT_TYPES else None
