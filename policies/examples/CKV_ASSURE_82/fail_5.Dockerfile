FROM debian:12.5
RUN git clone https://shop:example@git.example.com/shop.git
