"""Checkov policies on networks."""
