/** Registers the service worker and notices when a newer release waits to take over. */

const CHECK_EVERY_MILLISECONDS = 15 * 60 * 1000;

/** Calls back with each worker that is installed and waits while an older one still serves this page. */
export function watchReleases(onWaiting: (worker: ServiceWorker) => void): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  let registration: ServiceWorkerRegistration | undefined;

  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener("statechange", () => {
      // Without a controller this is the first visit: there is nothing to update from.
      if (worker.state === "installed" && navigator.serviceWorker.controller) onWaiting(worker);
    });
  };
  let wanted = true;
  void quiet()
    .then(() => (wanted ? navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }) : undefined))
    .then((found) => {
      if (found === undefined) return;
      registration = found;
      if (found.waiting && navigator.serviceWorker.controller) onWaiting(found.waiting);
      follow(found.installing);
      found.addEventListener("updatefound", () => follow(found.installing));
    })
    // A browser that forbids service workers (a private window, a policy) still shows the site.
    .catch(() => undefined);
  const timer = setInterval(() => void registration?.update().catch(() => undefined), CHECK_EVERY_MILLISECONDS);
  return () => {
    wanted = false;
    clearInterval(timer);
  };
}

/** The moment when the page is complete and has nothing to do: keeping it for offline must not slow it down. */
async function quiet(): Promise<void> {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  await new Promise<void>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 4_000 });
    else setTimeout(resolve, 1_000);
  });
}

/** Lets the waiting release take over, then shows the page anew from it. */
export function takeRelease(worker: ServiceWorker, reload: () => void = () => location.reload()): void {
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  worker.postMessage("take-over");
}
