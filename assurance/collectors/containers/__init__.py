"""Container images and what runs in them, on a container engine that this machine reaches."""

from __future__ import annotations

from assurance.collectors.containers.collecting import (
    FORMAT,
    ContainerRequest,
    RunnableImage,
    collect_containers,
)

__all__ = ["FORMAT", "ContainerRequest", "RunnableImage", "collect_containers"]
