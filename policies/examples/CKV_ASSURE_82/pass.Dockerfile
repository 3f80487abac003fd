FROM debian:12.5
ARG VERSION=1.2
ENV TOKEN_ISSUER=https://id.example.com PORT=8080
RUN --mount=type=secret,id=npm_token npm ci
