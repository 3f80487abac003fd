"""Checkov policies on audit."""
