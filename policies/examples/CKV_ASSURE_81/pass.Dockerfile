FROM debian:12.5
ADD --checksum=sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a https://example.com/a.tar /a.tar
ADD local.tar /
