"""Somebody who ends a run finds nothing of it afterwards."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from tests.nightly import tools
from tests.nightly.command import ending


def test_a_run_that_is_ended_ends_its_tools_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A signal to end does what a Ctrl-C does."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    signalled = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    signalled.start()
    with pytest.raises(KeyboardInterrupt), ending():
        tools.run(sleeper, 60, tmp_path)
    signalled.join()
    assert not tools.RUNNING
    assert "ended: closing" in capsys.readouterr().err
