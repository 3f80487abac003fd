"""Checkov policies on single steps."""
