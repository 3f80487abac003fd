"""Checkov policies on what layers keep."""
