// Waits until a service worker is active; returns its script's path, or nothing after some seconds.
async (milliseconds) => {
  if (!("serviceWorker" in navigator)) return null;
  const late = new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
  const registration = await Promise.race([navigator.serviceWorker.ready, late]);
  return registration === null ? null : new URL(registration.active.scriptURL).pathname;
}
