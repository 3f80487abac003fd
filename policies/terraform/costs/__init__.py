"""Checkov policies on costs."""
