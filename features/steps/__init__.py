"""The vocabulary of the scenarios: one module a concept."""
