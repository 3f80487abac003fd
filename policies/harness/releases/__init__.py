"""Checkov policies on deployments and their way back."""
