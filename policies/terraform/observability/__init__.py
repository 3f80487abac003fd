"""Checkov policies on observability."""
