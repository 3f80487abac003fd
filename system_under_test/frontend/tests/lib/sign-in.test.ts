import { currentSession } from "@/lib/session";
import { beginSignIn, completeSignIn, safeReturn } from "@/lib/sign-in";
import { backend } from "../backend";

const ISSUER = "http://127.0.0.1:9000";
const SETTINGS = { body: { issuer: `${ISSUER}/`, client: "workshop-frontend", audience: "workshop" } };
const DISCOVERY = { body: { authorization_endpoint: `${ISSUER}/authorize`, token_endpoint: `${ISSUER}/token` } };
const ROUTES = {
  "GET /settings.json": SETTINGS,
  [`GET ${ISSUER}/.well-known/openid-configuration`]: DISCOVERY,
  [`POST ${ISSUER}/token`]: { body: { access_token: `e30.${btoa('{"sub":"ada"}')}.x`, token_type: "Bearer", expires_in: 300 } },
};

async function begun(returnTo = "/enrolments"): Promise<URL> {
  const outcome = await beginSignIn(returnTo);
  if (typeof outcome === "string") throw new Error(outcome);
  return new URL(outcome.address);
}

describe("sign-in", () => {
  it("goes to the issuer with a challenge and comes back with a session", async () => {
    const { seen } = backend(ROUTES);

    const address = await begun();
    const outcome = await completeSignIn(new URLSearchParams({ code: "c", state: address.searchParams.get("state") ?? "" }));

    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: "code", client_id: "workshop-frontend", redirect_uri: "http://localhost/sign-in/complete", code_challenge_method: "S256", audience: "workshop",
    });
    expect(outcome).toMatchObject({ ok: true, returnTo: "/enrolments", session: { name: "ada" } });
    expect(currentSession()?.name).toBe("ada");
    const form = new URLSearchParams(seen.at(-1)?.body ?? "");
    expect(form.get("grant_type")).toBe("authorization_code");
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(form.get("code_verifier") ?? ""));
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    expect(address.searchParams.get("code_challenge")).toBe(challenge);
  });

  it("refuses an answer that this tab did not ask for", async () => {
    const { seen } = backend(ROUTES);
    await begun();
    const before = seen.length;

    const forged = await completeSignIn(new URLSearchParams({ code: "c", state: "forged" }));

    expect(forged).toEqual({ ok: false, failure: "not-started-here" });
    expect(seen).toHaveLength(before);
    expect(currentSession()).toBeNull();
  });

  it("uses a state only once", async () => {
    backend(ROUTES);
    const answer = new URLSearchParams({ code: "c", state: (await begun()).searchParams.get("state") ?? "" });

    await completeSignIn(answer);

    expect(await completeSignIn(answer)).toEqual({ ok: false, failure: "not-started-here" });
  });

  it.each([
    ["without a code", null, ROUTES, "refused"],
    ["when the code is not exchanged", "c", { ...ROUTES, [`POST ${ISSUER}/token`]: { status: 400 } }, "refused"],
    ["when the issuer has gone meanwhile", "c", { ...ROUTES, [`GET ${ISSUER}/.well-known/openid-configuration`]: "unreachable" as const }, "issuer-away"],
  ])("fails %s", async (_, code, routes, failure) => {
    backend(ROUTES);
    const state = (await begun()).searchParams.get("state") ?? "";
    backend(routes);

    expect(await completeSignIn(new URLSearchParams(code ? { state, code } : { state }))).toEqual({ ok: false, failure });
  });

  it.each([
    ["no issuer is configured", { "GET /settings.json": { body: { issuer: null, client: "c", audience: null } } }, "not-configured"],
    ["the settings cannot be had", { "GET /settings.json": "unreachable" as const }, "issuer-away"],
    ["the issuer is away", { "GET /settings.json": SETTINGS }, "issuer-away"],
  ])("does not start when %s", async (_, routes, failure) => {
    backend(routes);

    expect(await beginSignIn("/")).toBe(failure);
  });

  it("names no audience where none is configured", async () => {
    backend({ ...ROUTES, "GET /settings.json": { body: { issuer: ISSUER, client: "c", audience: null } } });

    expect((await begun()).searchParams.has("audience")).toBe(false);
  });

  it.each([
    ["/modules/a?x=1", "/modules/a?x=1"], ["https://elsewhere.example", "/"], ["//elsewhere.example", "/"], ["/\\elsewhere.example", "/"], ["javascript:alert(1)", "/"], [null, "/"],
  ])("returns from %s to %s", (wanted, path) => {
    expect(safeReturn(wanted)).toBe(path);
  });
});
