"""Turn an executed notebook into an accessible HTML page and a PDF/UA-1 report."""

import analysis.lean  # noqa: F401  # before anything imports nbformat
