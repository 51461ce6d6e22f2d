"""What several tests of publishing start from."""

import pytest

from support.copies import Copies


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Return one built warehouse to copy: building it takes seconds."""
    return Copies(tmp_path_factory.mktemp("copies"))
