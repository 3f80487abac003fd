FROM debian:12.5
ENV API_KEY example
