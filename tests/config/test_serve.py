"""`manage.py serve`: both programs start together and end together."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def start(folder, port):
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "MAKELEVEL")},
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--prepare"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until_announced(process):
    for line in process.stdout:
        if "Ctrl-C" in line:
            return
    pytest.fail("the server ended before it was ready")


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_busy_port_is_named(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(server.getsockname()[1]))
        with pytest.raises(CommandError, match="cổng đang có chương trình khác dùng"):
            call_command("serve")


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(tmp_path, port, number):
    process = start(tmp_path, port)
    wait_until_announced(process)
    web, worker = children(process)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/css/app.css") as answer:
        assert answer.status == 200
    process.send_signal(number)
    output, _ = process.communicate(timeout=40)
    assert process.returncode == 0, output
    assert "Đã dừng." in output
    assert not alive(web)
    assert not alive(worker)


@pytest.mark.long
@pytest.mark.parametrize(("position", "name"), [(0, "web"), (1, "worker")])
def test_when_one_dies_the_other_is_stopped(tmp_path, port, position, name):
    process = start(tmp_path, port)
    wait_until_announced(process)
    pids = children(process)
    os.kill(pids[position], signal.SIGKILL)
    output, _ = process.communicate(timeout=40)
    assert process.returncode == 1
    assert f"Tiến trình “{name}” dừng bất thường" in output
    assert [alive(pid) for pid in pids] == [False, False]
