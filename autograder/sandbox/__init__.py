"""Containment: everything a student wrote runs here, outside the grader."""
