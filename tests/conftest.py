"""What every test may ask for."""

from hypothesis import settings

from tests import scratch

pytest_plugins = [
    "tests.engines",
    "tests.sessions",
    "tests.quick",
    "tests.app.exports.verifier.issued",
]

scratch.settle()

# How long an example takes says how busy the machine is; no test asserts seconds.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
