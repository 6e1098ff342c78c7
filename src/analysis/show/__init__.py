"""Answers in; figures, tables and sentences out."""
