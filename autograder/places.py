"""Where things are, known without loading anything."""

from __future__ import annotations

from pathlib import Path

LIBRARY = Path(__file__).resolve().parent.parent / "reference"
"""The folder of questions: one folder for each assignment."""
