"""Make many reports, fast and safely: one process a report, forked from a warm one."""

import analysis.report  # noqa: F401  # which leaves out slow imports of nbformat
