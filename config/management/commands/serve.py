"""`manage.py serve`: the web server and the background worker under one parent, as `make run` starts them."""

import errno
import hashlib
import os
import socket
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cells.models import Organisation
from config.demo.accounts import ACCOUNTS, PASSWORD_FILE, demo_password
from config.run.together import Together

BIND_REASONS = {
    errno.EADDRINUSE: "cổng đang có chương trình khác dùng (có thể là chính chương trình này đã chạy rồi)",
    errno.EACCES: "tài khoản này không được mở cổng dưới 1024",
}


class Command(BaseCommand):
    help = "Runs the web server and the background worker; stops both on SIGINT and SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--prepare", action="store_true", help="migrate and collect static files first")
        parser.add_argument("--demo", action="store_true", help="load demo data when there is no account yet")

    def handle(self, *, prepare, demo, **options):
        self.host, self.port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
        refuse_busy_port(self.host, self.port)
        if prepare:
            call_command("migrate", interactive=False, verbosity=0)
            collect_static_files()
        if demo and not Organisation.objects.exists() and not get_user_model().objects.exists():
            self.stdout.write("Cơ sở dữ liệu còn trống: đang nạp dữ liệu mẫu …")
            call_command("demo_data", scale="commune")
        # Make that is killed cannot tell its children.
        owner = os.getppid() if "MAKELEVEL" in os.environ else None
        family = Together(programs(), cwd=settings.BASE_DIR, owner=owner)
        died = family.run(ready=lambda: answers(self.host, self.port), announce=self.announce)
        if died:
            raise CommandError(f"Tiến trình “{died}” dừng bất thường; đã dừng toàn bộ. Xem thông báo lỗi ở trên.")
        self.stdout.write("Đã dừng.")

    def announce(self):
        """Print the address, and the demo accounts with their password where there are any."""
        self.stdout.write(f"\nHồ sơ đảng viên: http://{self.host}:{self.port}/")
        names = [name for name, *_ in ACCOUNTS]
        if PASSWORD_FILE.exists() and get_user_model().objects.filter(username__in=names).exists():
            self.stdout.write("Tài khoản mẫu:")
            for name, words, *_ in ACCOUNTS:
                self.stdout.write(f"  {name:<11} {words}")
            self.stdout.write(f"Mật khẩu: {demo_password()}")
        self.stdout.write("Dừng: Ctrl-C")
        self.stdout.flush()


def programs():
    """The command lines of the web server and of the background worker."""
    return {
        "web": [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
        "worker": [sys.executable, "manage.py", "worker", "--queue-name", "*"],
    }


def refuse_busy_port(host, port):
    """A clear sentence instead of a server that cannot start."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = BIND_REASONS.get(error.errno, "máy này không có địa chỉ đó")
            raise CommandError(
                f"Không mở được {host}, cổng {port}: {reason}. Chọn cổng khác bằng: make run PORT={port + 1}"
            ) from error


def answers(host, port):
    """Whether something listens there."""
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def collect_static_files():
    """Collect into STATIC_ROOT unless nothing changed since the last time."""
    stamp = settings.VAR_DIR / "static-digest"
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    if not settings.STATIC_ROOT.exists() or not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest.hexdigest())
