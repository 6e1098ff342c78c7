"""Files in, typed tables out."""
