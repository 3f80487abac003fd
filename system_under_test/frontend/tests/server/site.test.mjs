import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { createApplication } from "../../server/application.mjs";
import { inlineScriptHashes } from "../../server/policy.mjs";
import { readSettings } from "../../server/settings.mjs";
import { loadSite } from "../../server/site.mjs";
import { traceOf } from "../../server/trace.mjs";

const INDEX = '<html><script src="/_next/static/chunks/a.js"></script><script src="/_next/static/chunks/turbopack-b.js"></script><script id="x">one()</script><script>two()</script></html>';
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** A small export, as the build leaves it. */
function exported() {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  const files = {
    "index.html": INDEX,
    "404.html": "<html>missing</html>",
    "modules/saws.html": "<html>saws</html>",
    "sw.js": 'const FILES = ["/_next/static/chunks/a.js"];',
    "icon.svg": "<svg/>",
    "manifest.webmanifest": "{}",
    "release.json": '{"release":"r1"}',
    "_next/static/chunks/a.js": "a()",
    "_next/static/chunks/turbopack-b.js": 'const BASE = "/_next/";',
    "_next/static/build/_buildManifest.js": "m()",
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
  writeFileSync(join(folder, "index.html.br"), brotliCompressSync(INDEX));
  writeFileSync(join(folder, "index.html.gz"), gzipSync(INDEX));
  return folder;
}

const running = [];

/** Starts a server as settings say; closed after the test. */
async function started(environment = {}) {
  const lines = [];
  const settings = readSettings({ DRAIN_SECONDS: "0", ...environment }, exported());
  const application = createApplication(settings, loadSite(settings), "r1", (line) => lines.push(line));
  await new Promise((resolve) => application.server.listen(0, "127.0.0.1", resolve));
  running.push(application);
  return { ...application, lines, port: application.server.address().port };
}

/** A request as written: fetch would tidy the path first. */
function ask(port, path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: "127.0.0.1", path, method, headers, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** A backend that answers as told. */
async function backendThat(handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push({ server, drain: () => { server.closeAllConnections(); server.close(); } });
  return `http://127.0.0.1:${server.address().port}`;
}

afterEach(async () => {
  for (const { server, drain } of running.splice(0)) {
    if (server.listening) await drain();
  }
});

describe("pages", () => {
  it("are sent with a policy that names the scripts within them and no other", async () => {
    const { port } = await started({ OIDC_ISSUER: "https://login.example.com/tenant/" });

    const { status, headers, body } = await ask(port, "/");

    const hashes = inlineScriptHashes(INDEX);
    expect(status).toBe(200);
    expect(body.toString()).toBe(INDEX);
    expect(hashes).toHaveLength(2);
    expect(headers["content-security-policy"]).toContain(`script-src 'self' ${hashes.join(" ")};`);
    expect(headers["content-security-policy"]).toContain("connect-src 'self' https://login.example.com;");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin" });
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers.server ?? headers["x-powered-by"]).toBeUndefined();
  });

  it.each([["br, gzip", "br", brotliDecompressSync], ["gzip", "gzip", gunzipSync], ["br;q=0, gzip;q=0.5", "gzip", gunzipSync]])(
    "are sent compressed to who accepts %s", async (accepted, encoding, open) => {
      const { port } = await started();

      const { headers, body } = await ask(port, "/", { headers: { "accept-encoding": accepted } });

      expect(headers["content-encoding"]).toBe(encoding);
      expect(headers.vary).toBe("Accept-Encoding");
      expect(open(body).toString()).toBe(INDEX);
    });

  it("are not sent again to who has them", async () => {
    const { port } = await started();
    const first = await ask(port, "/");

    const again = await ask(port, "/", { headers: { "if-none-match": `"other", W/${first.headers.etag}` } });

    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers["content-security-policy"]).toBe(first.headers["content-security-policy"]);
  });

  it("have one address each", async () => {
    const { port } = await started();

    expect((await ask(port, "/modules/saws?x=1")).body.toString()).toBe("<html>saws</html>");
    for (const path of ["/modules/saws/", "/modules/saws.html"]) {
      expect(await ask(port, path)).toMatchObject({ status: 308, headers: { location: "/modules/saws" } });
    }
  });

  it("insist on TLS where people come by TLS", async () => {
    const { port } = await started({ PUBLIC_URL: "https://workshop.example.com" });

    const { headers } = await ask(port, "/");

    expect(headers["strict-transport-security"]).toContain("max-age=63072000");
    expect(headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  });

  it("answer HEAD without a body", async () => {
    const { port } = await started();

    const { status, headers, body } = await ask(port, "/", { method: "HEAD" });

    expect([status, headers["content-length"], body.length]).toEqual([200, String(INDEX.length), 0]);
  });
});

describe("files", () => {
  it.each([
    ["/_next/static/chunks/a.js", "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"],
    ["/_next/static/build/_buildManifest.js", "no-cache", "text/javascript; charset=utf-8"],
    ["/sw.js", "no-cache", "text/javascript; charset=utf-8"],
    ["/manifest.webmanifest", "no-cache", "application/manifest+json"],
    ["/icon.svg", "public, max-age=86400", "image/svg+xml"],
  ])("%s are kept as %s", async (path, cacheControl, type) => {
    const { port } = await started();

    expect(await ask(port, path)).toMatchObject({ status: 200, headers: { "cache-control": cacheControl, "content-type": type } });
  });

  it("come from the delivery network where there is one", async () => {
    const { port } = await started({ ASSETS_URL: "https://assets.example.com" });

    const page = await ask(port, "/", { headers: { "accept-encoding": "br" } });

    expect(brotliDecompressSync(page.body).toString()).toContain('src="https://assets.example.com/_next/static/chunks/a.js"');
    expect(page.headers["content-security-policy"]).toContain("script-src 'self' https://assets.example.com 'sha256-");
    expect((await ask(port, "/sw.js")).body.toString()).toContain('["https://assets.example.com/_next/static/chunks/a.js"]');
  });

  it("that the delivery network cannot hold, because they name it, come from here and are asked for again", async () => {
    const { port } = await started({ ASSETS_URL: "https://assets.example.com" });

    const runtime = await ask(port, "/_next/static/chunks/turbopack-b.js");

    expect((await ask(port, "/")).body.toString()).toContain('src="/_next/static/chunks/turbopack-b.js"');
    expect(runtime.body.toString()).toBe('const BASE = "https://assets.example.com/_next/";');
    expect(runtime.headers["cache-control"]).toBe("no-cache");
  });

  it.each([
    "/nothing", "/404", "/release.json", "/index.html.br", "/../package.json", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/server.mjs", "/modules/%2e%2e/%2e%2e/server.mjs",
    "/..\\server.mjs", "/__proto__", "/constructor", "//evil.example/", "/_next/", "/modules",
  ])("are only those of the export: %s is missing", async (path) => {
    const { port } = await started();

    const { status, headers, body } = await ask(port, path);

    expect([status, body.toString()]).toEqual([404, "<html>missing</html>"]);
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers.location).toBeUndefined();
  });

  it("cannot be served without an export", () => {
    const folder = mkdtempSync(join(tmpdir(), "empty-"));

    expect(() => loadSite(readSettings({}, folder))).toThrow('holds no exported site; run "npm run build"');
  });
});

describe("requests", () => {
  it.each([["/%zz", {}, 400], ["/%00", {}, 400], ["*", { method: "OPTIONS" }, 400], ["/", { method: "POST", body: "x" }, 405], ["/api/v1/modules", {}, 404], ["/api/constructor", {}, 404]])(
    "that make no sense here get a problem document: %s", async (path, options, status) => {
      const { port } = await started();

      const { headers, body, ...answer } = await ask(port, path, options);

      expect(answer.status).toBe(status);
      expect(headers["content-type"]).toBe("application/problem+json");
      expect(JSON.parse(body.toString())).toMatchObject({ status, trace_id: headers["x-trace-id"] });
      expect(headers.allow).toBe(status === 405 ? "GET, HEAD" : undefined);
    });

  it("continue the trace they come with and are logged without their query", async () => {
    const { port, lines } = await started();

    const { headers } = await ask(port, "/sign-in/complete?code=secret", { headers: { traceparent: TRACEPARENT } });

    expect(headers["x-trace-id"]).toBe("0af7651916cd43dd8448eb211c80319c");
    expect(headers.traceresponse).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
    expect(lines).toEqual([expect.objectContaining({
      message: "request", method: "GET", path: "/sign-in/complete", status: 404, trace_id: "0af7651916cd43dd8448eb211c80319c", parent_span_id: "b7ad6b7169203331",
    })]);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  it.each([undefined, "", "garbage", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"])(
    "begin a trace when theirs is malformed: %s", (header) => {
      expect(traceOf(header)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), parent: null });
      expect(traceOf(header).id).not.toBe("0af7651916cd43dd8448eb211c80319c");
    });

  it("from a later version of the recommendation are understood", () => {
    expect(traceOf("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-more")).toMatchObject({ id: "0af7651916cd43dd8448eb211c80319c", flags: "00" });
  });
});

describe("own endpoints", () => {
  it("tell health, release and how to sign in", async () => {
    const { port } = await started({ REVISION: "abc", OIDC_ISSUER: "https://login.example.com/", OIDC_AUDIENCE: "workshop" });
    const json = async (path) => JSON.parse((await ask(port, path)).body.toString());

    expect(await json("/api/health")).toEqual({ status: "ok" });
    expect(await json("/api/version")).toEqual({ release: "r1", revision: "abc" });
    expect(await json("/settings.json")).toEqual({ issuer: "https://login.example.com", client: "workshop-frontend", audience: "workshop" });
    expect((await ask(port, "/api/health", { method: "HEAD" })).body).toHaveLength(0);
    expect((await ask(port, "/api/health", { method: "DELETE" })).status).toBe(405);
  });
});

describe("backend", () => {
  it("is passed requests with their trace, and its answer comes back whole", async () => {
    const seen = [];
    const backend = await backendThat((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() });
        response.writeHead(201, { Location: "/api/v1/enrolments/1", Connection: "x-hop", "X-Hop": "1" });
        response.end('{"id":1}');
      });
    });
    const { port } = await started({ BACKEND_URL: backend });

    const answer = await ask(port, "/api/v1/enrolments?x=%2F", { method: "POST", body: '{"module":"saws"}', headers: { traceparent: TRACEPARENT, authorization: "Bearer t", te: "trailers" } });

    expect(answer).toMatchObject({ status: 201, headers: { location: "/api/v1/enrolments/1", "x-content-type-options": "nosniff" } });
    expect(answer.headers["x-hop"]).toBeUndefined();
    expect(answer.body.toString()).toBe('{"id":1}');
    expect(seen).toEqual([expect.objectContaining({ method: "POST", url: "/api/v1/enrolments?x=%2F", body: '{"module":"saws"}' })]);
    expect(seen[0].headers).toMatchObject({ authorization: "Bearer t", "x-forwarded-proto": "http", "x-forwarded-for": expect.stringContaining("127.0.0.1") });
    expect(seen[0].headers.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
    expect(seen[0].headers.te).toBeUndefined();
  });

  it("is not asked about the frontend's own endpoints, nor about anything outside the API", async () => {
    const backend = await backendThat((_, response) => response.writeHead(418).end());
    const { port } = await started({ BACKEND_URL: backend });

    expect((await ask(port, "/api/health")).status).toBe(200);
    expect((await ask(port, "/api/openapi.json")).status).toBe(418);
    expect((await ask(port, "/metrics")).status).toBe(404);
    expect((await ask(port, "/api/internal")).status).toBe(404);
  });

  it("that is away gives a problem document that says when to try again", async () => {
    const { port } = await started({ BACKEND_URL: "http://127.0.0.1:9" });

    const answer = await ask(port, "/api/v1/modules");

    expect(answer).toMatchObject({ status: 502, headers: { "content-type": "application/problem+json", "retry-after": "2" } });
  });

  it("that breaks off in the middle breaks off the answer, so that nobody takes the half for the whole", async () => {
    const backend = await backendThat((_, response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("half", () => response.destroy());
    });
    const { port } = await started({ BACKEND_URL: backend });

    await expect(ask(port, "/api/v1/modules")).rejects.toThrow();
  });
});

describe("stopping", () => {
  it("lets a request in progress finish, and says so to the load balancer meanwhile", async () => {
    let release = () => undefined;
    const arrived = new Promise((resolve) => { release = resolve; });
    let answer = () => undefined;
    const backend = await backendThat((_, response) => {
      answer = () => response.end("done");
      release();
    });
    const { port, drain, server } = await started({ BACKEND_URL: backend, DRAIN_SECONDS: "4", DRAIN_ANNOUNCE_SECONDS: "1" });
    const slow = ask(port, "/api/v1/modules");
    await arrived;

    const drained = drain();
    expect(await ask(port, "/api/health")).toMatchObject({ status: 503, headers: { connection: "close" } });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(server.listening).toBe(false);
    answer();

    expect((await slow).body.toString()).toBe("done");
    await drained;
  });
});

describe("settings", () => {
  it("have defaults that serve on one machine", () => {
    expect(readSettings({}, "/site")).toMatchObject({
      port: 3000, drainSeconds: 30, announceSeconds: 10, backend: null, assets: null, signIn: { issuer: null, client: "workshop-frontend", audience: null }, directory: "/site",
    });
  });

  it("are refused all at once", () => {
    const wrong = { PORT: "http", DRAIN_SECONDS: "-1", BACKEND_URL: "backend:8080", ASSETS_URL: "ftp://x", PUBLIC_URL: "https://user:secret@x", OIDC_ISSUER: "login" }; // pragma: allowlist secret

    const fault = (() => { try { readSettings(wrong, "/site"); } catch (error) { return error.message; } })();

    for (const name of Object.keys(wrong)) expect(fault).toContain(name);
    expect(fault).not.toContain("secret");
  });
});
