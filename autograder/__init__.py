"""Grades derivation-heavy machine-learning homework, and says why."""
