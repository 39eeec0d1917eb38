"""Serving the pages with waitress."""

from contextlib import suppress
from dataclasses import replace

import click

from app.address_parts import address_parts, is_loopback
from app.cli.desk import settings
from app.cli.stopping import ending_politely
from app.cli.worker import of_server
from app.config import Settings, release
from app.daily import Daily
from app.db_problems import DatabaseProblem
from app.factory import create_app
from app.logs import init_logs, set_up
from app.memory import keep_to_itself
from app.security_events.server import started, stopped
from app.serving.listening import listening

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


def answering(chosen: Settings, host: str) -> Settings:
    """Return the settings of a desk that answers to this machine's own names where none are set.

    A page of the web whose name was made to lead to this machine would else read the desk as a page
    of its own. Behind a proxy the desk is reached by a name that only its settings can tell.
    """
    if chosen.trusted_hosts or chosen.proxies or not is_loopback(host):
        return chosen
    listening_at = f"[{host}]" if ":" in host else host
    named = address_parts(chosen.origin).hostname
    names = (*OWN_NAMES, listening_at, *((named,) if named else ()))
    return replace(chosen, trusted_hosts=names)


def run(chosen: Settings, host: str, port: int) -> None:
    """Serve until interrupted; a port that is taken is said plainly."""
    keep_to_itself()
    set_up(chosen.log_format)
    app = create_app(answering(chosen, host))
    init_logs(app)
    rules = Daily(app.extensions["database"])
    worker = of_server(app.extensions["database"], app.extensions["fetcher"])
    try:
        server = listening(app, chosen, host, port)
    except OSError as problem:
        raise click.ClickException(f"{host}:{port}: {problem.strerror}; try --port") from problem
    started(app.extensions["database"], release())
    rules.start()
    if chosen.workers:
        worker.start()
    try:
        with ending_politely():
            server.run()
    finally:
        if chosen.workers:
            worker.stop()
        rules.stop()
        app.extensions["tally"].tell()
        with suppress(DatabaseProblem):
            stopped(app.extensions["database"], release())
        app.extensions["database"].close()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages of an installation whose database is up to date."""
    chosen = settings()
    if not (is_loopback(host) or chosen.trusted_hosts or chosen.demo):
        raise click.UsageError(
            f"{host} can be reached from other machines: set DESK_TRUSTED_HOSTS to the names this "
            "desk answers to (desk.example.org), or anybody could make its links lead elsewhere"
        )
    click.echo(f"http://{host}:{port}/", err=True)
    run(chosen, host, port)
