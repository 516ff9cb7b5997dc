"""Several programs under one parent: they start together and end together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Together:
    """Programs by name; the first that ends by itself, a signal, or the end of process `owner` ends them all."""

    def __init__(self, programs, *, cwd, owner=None, grace=30):
        self.programs = programs
        self.cwd = cwd
        self.owner = owner
        self.grace = grace
        self.running = {}
        self.stopped_by = None

    def run(self, *, ready, announce):
        """Start the programs, call `announce` once `ready()` holds, wait; the name of the one that died, or None."""
        for number in _STOP_SIGNALS:
            # `nohup` asks that the end of the terminal be ignored.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._note_signal)
        try:
            for name, command in self.programs.items():
                self.running[name] = self._start(command)
            return self._watch(ready, announce)
        finally:
            self._stop()

    def _note_signal(self, number, frame):
        self.stopped_by = number

    def _start(self, command):
        # A session of its own: Ctrl-C reaches the parent alone, which then stops its children in good order.
        # Should the parent be killed, the kernel tells the child.
        libc = ctypes.CDLL(None)
        return subprocess.Popen(
            command,
            cwd=self.cwd,
            start_new_session=True,
            preexec_fn=lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM),
        )

    def _watch(self, ready, announce):
        announced = False
        while self.stopped_by is None and self.owner in (None, os.getppid()):
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
            if not announced and ready():
                announce()
                announced = True
            time.sleep(0.1)
        return None

    def _stop(self):
        """Ask every program to end; after `grace` seconds end it."""
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + self.grace
        for process in self.running.values():
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
