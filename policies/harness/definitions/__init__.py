"""Checkov policies on pipelines, environments and their variables."""
