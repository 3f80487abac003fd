FROM debian:12.5
CMD ["/bin/sh", "-c", "/app serve"]
