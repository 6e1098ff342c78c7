"""Make many reports, fast and safely: one process a report, forked from a warm one."""
