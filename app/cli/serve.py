"""Serving the pages with waitress."""

import click
from waitress.server import create_server

from app.cli.desk import settings
from app.cli.stopping import ending_politely
from app.cli.worker import of_server
from app.config import Settings, release
from app.daily import Daily
from app.factory import create_app
from app.logs import init_logs, set_up
from app.memory import keep_to_itself
from app.security_events.server import started, stopped

CONNECTIONS = 2000
"""Waitress's default of 100 lets a few slow clients keep everybody else out."""
PATIENCE = 10
"""Seconds a silent connection is kept."""


def run(chosen: Settings, host: str, port: int) -> None:
    """Serve until interrupted; a port that is taken is said plainly."""
    keep_to_itself()
    set_up(chosen.log_format)
    app = create_app(chosen)
    init_logs(app)
    rules = Daily(app.extensions["database"])
    worker = of_server(app.extensions["database"], app.extensions["fetcher"])
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=8,
            connection_limit=CONNECTIONS,
            channel_timeout=PATIENCE,
            ident=None,
            # Behind a proxy the application reads these headers, as far as the setting says.
            clear_untrusted_proxy_headers=not chosen.proxies,
        )
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
        stopped(app.extensions["database"], release())
        app.extensions["database"].close()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages of an installation whose database is up to date."""
    click.echo(f"http://{host}:{port}/", err=True)
    run(settings(), host, port)
