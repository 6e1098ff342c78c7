"""Programs that only tests need: a browser, an office suite, Node.js."""

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first of these programs that is here.

    Where none is, the test is skipped with that reason, but fails where ``UNIONS_TESTS=all``
    says that every program was installed, as in CI.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"{' or '.join(names)} is not installed"
    if os.environ.get("UNIONS_TESTS") == "all":
        pytest.fail(reason)
    return pytest.skip(reason)
