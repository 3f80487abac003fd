FROM debian:12.5
ADD https://example.com/a.tar /a.tar
