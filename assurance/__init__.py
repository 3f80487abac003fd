"""Proves or refutes the documented requirements of a software delivery system."""

__version__ = "0.1.0"
