"""Checkov policies on services."""
