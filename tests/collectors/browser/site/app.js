"use strict";
const faults = new Set(document.documentElement.dataset.faults.split(" "));
const late = document.documentElement.dataset.late;
if (late) document.getElementById("main").innerHTML = atob(late);
const state = document.getElementById("state");
const warning = document.getElementById("alert");

function trace() {
  const hex = (bytes) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
  return faults.has("no-trace") ? {} : { traceparent: `00-${hex(16)}-${hex(8)}-01` };
}

function warn(text, retry) {
  if (faults.has("silent")) return;
  warning.textContent = text;
  if (!retry) return;
  const button = document.createElement("button");
  button.textContent = "Try again";
  button.addEventListener("click", retry);
  warning.append(" ", button);
}

async function ask(method, retry) {
  const slow = setTimeout(() => {
    if (!faults.has("silent")) state.textContent = "Still asking. The library is slower than usual.";
  }, 800);
  try {
    const answer = await fetch("/api/items", { method, headers: trace() });
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    warning.textContent = "";
    state.textContent = method === "GET" ? `${found.length} tools on the shelf` : `You have the ${found}.`;
  } catch {
    warn("The library does not answer. Nothing is lost.", retry);
  } finally {
    clearTimeout(slow);
  }
}

const read = () => ask("GET", read);
document.getElementById("borrow").addEventListener("click", () => ask("POST"));
void read();

async function show(address) {
  const html = await (await fetch(address)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.getElementById("main").replaceWith(page.getElementById("main"));
}

if (!faults.has("reloading-links")) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    void show(link.href);
  });
  addEventListener("popstate", () => void show(location.href));
}

if (!faults.has("no-worker")) {
  void navigator.serviceWorker?.register("/sw.js").then((registration) => {
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (worker.state !== "installed" || !navigator.serviceWorker.controller || faults.has("silent")) return;
        state.textContent = "A new version of this site is ready.";
      });
    });
  });
}
