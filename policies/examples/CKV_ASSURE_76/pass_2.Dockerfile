FROM debian:12.5
CMD ["sh", "-c", "exec /app $OPTIONS"]
