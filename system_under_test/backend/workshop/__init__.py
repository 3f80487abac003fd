"""Workshop: a catalogue of learning modules, with enrolments and progress, behind an HTTP API."""

__version__ = "1.2.0"
