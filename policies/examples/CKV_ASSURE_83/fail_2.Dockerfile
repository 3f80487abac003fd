FROM debian:12.5
RUN pip install --require-hashes -r lock.txt
