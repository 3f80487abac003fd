"use strict";
const FILES = ["/", "/about", "/app.js", "/style.css"];
self.addEventListener("install", (event) => event.waitUntil(caches.open("site").then((cache) => cache.addAll(FILES))));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || event.request.url.includes("/api/")) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(event.request)));
});
