"""Typed records in the words of the domain; they import nothing else of ours."""
