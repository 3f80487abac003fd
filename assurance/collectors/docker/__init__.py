"""Dockerfiles, parsed: what each application's image is declared to be made of.

The parser is Docker's own (package `dockerfile`); the grammar is that of
https://docs.docker.com/reference/dockerfile/.
"""

from __future__ import annotations

from assurance.collectors.docker.collecting import FORMAT, collect_dockerfiles
from assurance.collectors.docker.request import DockerRequest, ImageRequest, cache_key

__all__ = ["FORMAT", "DockerRequest", "ImageRequest", "cache_key", "collect_dockerfiles"]
