"""Checkov policies on scaling."""
