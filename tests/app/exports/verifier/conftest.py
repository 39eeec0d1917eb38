"""The issued files that the tests of the verifier share."""

from collections.abc import Iterator

import pytest

from tests.app.exports.verifier.issued import Issued, open_desk
from tests.engines import Templates


@pytest.fixture(scope="session")
def issued(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    """A desk that has issued an article."""
    found = open_desk(templates.sqlite("schema"), tmp_path_factory.mktemp("issued") / "desk")
    yield found
    found.database.close()
