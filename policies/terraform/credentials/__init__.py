"""Checkov policies on credentials."""
