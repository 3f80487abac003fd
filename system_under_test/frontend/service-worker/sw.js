// Keeps the site usable offline. One cache for each release: a page never mixes the scripts of two releases.
// The build puts the release's name and its list of files here.
const RELEASE = "__RELEASE__";
const FILES = ["__FILES__"];

const PREFIX = "workshop-";
const CACHE = PREFIX + RELEASE;
const KEPT = new Set(FILES.map((file) => new URL(file, location.origin).href));
const NETWORK_PATIENCE_MILLISECONDS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlderReleases().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  // Sent by the page when the person agrees to update.
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.pathname.startsWith("/_next/static/")) event.respondWith(fromCacheFirst(request));
  // What the API says is about a person and about now: it is never kept.
  else if (url.origin !== location.origin || url.pathname.startsWith("/api/") || url.pathname === "/settings.json") return;
  else if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(fromNetworkFirst(request));
});

async function keepFiles() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache, or a new release could be kept with the old one's pages; after all that a page waits for.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache", mode: "cors", credentials: "omit", priority: "low" })));
}

async function forgetOlderReleases() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function kept(request) {
  const url = new URL(request.url);
  url.hash = "";
  // A query such as ?level=beginner chooses within a page, it is not another page.
  const cache = await caches.open(CACHE);
  return (await cache.match(url.href)) ?? (await cache.match(url.origin + url.pathname));
}

async function fromCacheFirst(request) {
  return (KEPT.has(request.url) && (await kept(request))) || fetch(request);
}

async function fromNetworkFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await kept(request);
    if (answer) return answer;
    throw error;
  }
}

/** A page from the network while that is quick and well, else the kept one, else the offline page. */
async function page(request) {
  const cached = await kept(request);
  const patience = cached ? AbortSignal.timeout(NETWORK_PATIENCE_MILLISECONDS) : undefined;
  try {
    const answer = await fetch(request, patience ? { signal: patience } : {});
    return answer.status >= 500 && cached ? cached : answer;
  } catch {
    return cached ?? (await (await caches.open(CACHE)).match("/offline")) ?? Response.error();
  }
}
