/** Sign-in by OpenID Connect: authorization code with PKCE (RFC 7636), against the issuer that the server names. */

import { rememberSession, type Session, sessionOf } from "./session";

/** What the server tells the page at run time, so that one build serves every environment. */
export interface SignInSettings {
  readonly issuer: string | null;
  readonly client: string;
  readonly audience: string | null;
}

export type SignInFailure = "not-configured" | "issuer-away" | "refused" | "not-started-here";
export type SignInOutcome =
  | { readonly ok: true; readonly session: Session; readonly returnTo: string }
  | { readonly ok: false; readonly failure: SignInFailure };

interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
}

interface Endpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

const KEY = "workshop.sign-in";
const TIMEOUT_MILLISECONDS = 8_000;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function secret(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

async function json<T>(address: string, options: RequestInit = {}): Promise<T | null> {
  try {
    const response = await fetch(address, { ...options, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    // Both callers tell the person that the other side is away; the reason would not help them.
    return null;
  }
}

function redirectUri(): string {
  return new URL("/sign-in/complete", location.origin).href;
}

/** Only a path on this site: an address from outside would make the page an open redirect. */
export function safeReturn(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : "/";
}

async function discover(): Promise<{ settings: SignInSettings; endpoints: Endpoints } | SignInFailure> {
  const settings = await json<SignInSettings>("/settings.json");
  if (settings === null) return "issuer-away";
  if (settings.issuer === null) return "not-configured";
  const endpoints = await json<Endpoints>(`${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  return endpoints === null ? "issuer-away" : { settings, endpoints };
}

/** The issuer's address to go to, or why there is none. */
export async function beginSignIn(returnTo: string): Promise<{ readonly address: string } | SignInFailure> {
  const found = await discover();
  if (typeof found === "string") return found;
  const pending: Pending = { state: secret(), verifier: secret(), returnTo: safeReturn(returnTo) };
  sessionStorage.setItem(KEY, JSON.stringify(pending));
  const address = new URL(found.endpoints.authorization_endpoint);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: found.settings.client,
    redirect_uri: redirectUri(),
    scope: "openid",
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
    ...(found.settings.audience ? { audience: found.settings.audience } : {}),
  }).toString();
  return { address: address.href };
}

function takePending(): Pending | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? null : (JSON.parse(text) as Pending);
}

async function exchange(code: string, pending: Pending): Promise<SignInOutcome> {
  const found = await discover();
  if (typeof found === "string") return { ok: false, failure: found };
  const grant = await json<{ access_token: string; expires_in: number }>(found.endpoints.token_endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      code_verifier: pending.verifier,
      redirect_uri: redirectUri(),
      client_id: found.settings.client,
    }),
  });
  if (grant === null) return { ok: false, failure: "refused" };
  return { ok: true, session: sessionOf(grant.access_token, grant.expires_in), returnTo: pending.returnTo };
}

/** Turns the issuer's answer in the address into a session. The state must be the one this tab sent. */
export async function completeSignIn(answer: URLSearchParams): Promise<SignInOutcome> {
  const pending = takePending();
  const code = answer.get("code");
  if (pending === null || pending.state !== answer.get("state")) return { ok: false, failure: "not-started-here" };
  if (code === null) return { ok: false, failure: "refused" };
  const outcome = await exchange(code, pending);
  if (outcome.ok) rememberSession(outcome.session);
  return outcome;
}
