"""Notebooks as answers: a slice of the program is run inside the sandbox, and what its functions draw is judged."""
