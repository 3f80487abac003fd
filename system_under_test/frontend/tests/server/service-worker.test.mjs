import { readFileSync } from "node:fs";
import vm from "node:vm";

const ORIGIN = "http://127.0.0.1:3000";
const SOURCE = readFileSync("service-worker/sw.js", "utf8");

/** Caches as a browser has them, as far as the worker uses them. */
class Caches {
  stores = new Map();

  open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    return Promise.resolve({
      addAll: async (requests) => requests.forEach((request) => store.set(new URL(request.url, ORIGIN).href, `kept ${new URL(request.url, ORIGIN).pathname}`)),
      match: async (address) => store.get(new URL(address, ORIGIN).href),
    });
  }

  keys() {
    return Promise.resolve([...this.stores.keys()]);
  }

  delete(name) {
    return Promise.resolve(this.stores.delete(name));
  }
}

/** The worker of a release in a browser whose network is the given function. */
function worker({ network, release = "r2", files = ["/", "/offline", "/modules/saws", "/modules/saws.txt", "/_next/static/chunks/a.js"], caches = new Caches() }) {
  const listeners = {};
  const self = { addEventListener: (name, listener) => { listeners[name] = listener; }, clients: { claim: async () => undefined }, skipWaiting: () => { self.skipped = true; } };
  const text = SOURCE.replace("__RELEASE__", release).replace('["__FILES__"]', JSON.stringify(files));
  const Request = class { constructor(url) { this.url = url; } };
  vm.runInNewContext(text, { self, caches, location: { origin: ORIGIN }, URL, Request, Response, AbortSignal, fetch: network, Promise, Set, Error });
  const wait = async (name) => { let waited; listeners[name]({ waitUntil: (promise) => { waited = promise; } }); await waited; };
  /** What the worker answers; undefined where it leaves the request to the browser. */
  const ask = (path, { mode = "navigate", method = "GET" } = {}) => {
    let answer;
    listeners.fetch({ request: { method, mode, url: new URL(path, ORIGIN).href }, respondWith: (promise) => { answer = promise; } });
    return answer;
  };
  return { ask, caches, install: () => wait("install"), activate: () => wait("activate"), tell: (data) => listeners.message({ data }), self };
}

const away = () => Promise.reject(new TypeError("no network"));
const answering = (status) => async (request) => ({ status, from: new URL(request.url).pathname });

describe("service worker", () => {
  it("opens every page of its release offline, with whatever query", async () => {
    const { ask, install } = worker({ network: away });
    await install();

    expect(await ask("/modules/saws?x=1#lesson")).toBe("kept /modules/saws");
    expect(await ask("/modules/saws.txt?_rsc=abc", { mode: "cors" })).toBe("kept /modules/saws.txt");
    expect(await ask("/_next/static/chunks/a.js", { mode: "no-cors" })).toBe("kept /_next/static/chunks/a.js");
  });

  it("shows the offline page for what it has not kept, and fails plainly for what is no page", async () => {
    const { ask, install } = worker({ network: away });
    await install();

    expect(await ask("/never-seen")).toBe("kept /offline");
    await expect(ask("/never-seen.txt", { mode: "cors" })).rejects.toThrow("no network");
  });

  it("prefers the network for pages, unless that fails", async () => {
    const well = worker({ network: answering(200) });
    await well.install();
    const broken = worker({ network: answering(503) });
    await broken.install();

    expect(await well.ask("/modules/saws")).toEqual({ status: 200, from: "/modules/saws" });
    expect(await broken.ask("/modules/saws")).toBe("kept /modules/saws");
    expect(await broken.ask("/never-seen")).toMatchObject({ status: 503 });
  });

  it("does not ask the network for what is named by its content", async () => {
    const { ask, install } = worker({ network: () => { throw new Error("asked"); } });
    await install();

    expect(await ask("/_next/static/chunks/a.js")).toBe("kept /_next/static/chunks/a.js");
  });

  it.each([["/api/v1/enrolments", {}], ["/settings.json", {}], ["https://login.example.com/token", {}], ["/", { method: "POST" }]])(
    "never touches %s", async (path, options) => {
      const { ask, install } = worker({ network: away });
      await install();

      expect(ask(path, options)).toBeUndefined();
    });

  it("forgets the releases before it, and nothing that is not its own", async () => {
    const caches = new Caches();
    await worker({ network: away, release: "r1", caches }).install();
    await caches.open("somebody-else");
    const next = worker({ network: away, release: "r2", caches });
    await next.install();
    expect(await caches.keys()).toContain("workshop-r1");

    await next.activate();

    expect(await caches.keys()).toEqual(["somebody-else", "workshop-r2"]);
  });

  it("takes over only when the person agrees", () => {
    const { tell, self } = worker({ network: away });

    tell("something else");
    expect(self.skipped).toBeUndefined();
    tell("take-over");

    expect(self.skipped).toBe(true);
  });
});
