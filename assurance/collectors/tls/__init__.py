"""What a client finds at the entrance: TLS handshakes, the certificate, plain HTTP beside them."""

from __future__ import annotations

from assurance.collectors.tls.collecting import FORMAT, collect_tls
from assurance.collectors.tls.request import TlsRequest

__all__ = ["FORMAT", "TlsRequest", "collect_tls"]
