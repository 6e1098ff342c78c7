"""Frames in, frames out: each function answers one question."""
