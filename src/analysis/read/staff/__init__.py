"""A school's posts out of files: its own, and those that the department publishes."""
