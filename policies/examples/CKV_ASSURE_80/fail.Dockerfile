FROM debian:12.5
RUN pip install -r requirements.txt
