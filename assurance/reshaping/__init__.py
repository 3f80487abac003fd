"""Writes Harness definitions in another shape that means the same; pure."""
