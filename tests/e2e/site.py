"""The product as its users meet it: the serve command in a process of its own, with its own database, and a browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 400  # seconds, demo data included


class Site:
    """A running installation below `folder`; it can be stopped and started again and keeps its data."""

    workers = "1"

    def __init__(self, folder):
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    @property
    def password(self):
        return (self.folder / "demo-password").read_text(encoding="ascii").strip()

    @property
    def environment(self):
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{self.folder / 'db.sqlite3'}",
            "VAR_DIR": str(self.folder),
        }

    def manage(self, *arguments):
        """Run a command of the installation; answers what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def seed(self, module, password):
        """An empty database filled by `module.seed(password)`; answers the words that it printed."""
        (self.folder / "demo-password").write_text(password, encoding="ascii")
        self.manage("migrate", "--verbosity", "0")
        code = f"from tests.e2e.{module} import seed; seed({password!r})"
        return self.manage("shell", "--verbosity", "0", "-c", code).split()

    def start(self):
        environment = {
            **self.environment,
            "PORT": str(self.port),
            "WEB_WORKERS": self.workers,
            "DEMO_DATA": "True",
        }
        environment.pop("MAKELEVEL", None)
        command = [sys.executable, "manage.py", "serve", "--prepare", "--demo"]
        log = (self.folder / "serve.log").open("ab")
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait()

    def stop(self):
        """Stop the server as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def _wait(self):
        for _ in range(STARTS_WITHIN * 5):
            assert self.process.poll() is None, (self.folder / "serve.log").read_text()
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the server did not answer: {(self.folder / 'serve.log').read_text()}")


@contextmanager
def rating_story(folder, password):
    """The running site with one cell of forty members, and the addresses of its season."""
    site = Site(folder)
    sheet, season, base = site.seed("rating_seed", password)[-3:]
    site.start()
    yield SimpleNamespace(
        site=site,
        sheet=f"{site.url}/evaluations/sheets/{sheet}/",
        decisions=f"{site.url}/evaluations/seasons/{season}/decisions/{base}/",
        database=folder / "db.sqlite3",
    )
    site.stop()


@contextmanager
def chromium():
    """Debian's browser, without any talk to the outside."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def sign_in(page, site, username):
    """Sign in through the form, as a person does."""
    page.goto(f"{site.url}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", site.password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{site.url}/")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
