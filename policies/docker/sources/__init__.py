"""Checkov policies on what an image is made of."""
