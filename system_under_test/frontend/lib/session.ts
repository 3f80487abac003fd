/**
 * Who is signed in, in this tab.
 *
 * The token lives in memory and in the tab's session storage, so that a reload does not sign the person out and closing the
 * tab does. It is never written to local storage, where it would outlive the visit and be shared between tabs.
 */

export interface Session {
  readonly token: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expiresAt: number;
}

const KEY = "workshop.session";
const listeners = new Set<() => void>();
let current: Session | null | undefined;

function isSession(value: unknown): value is Session {
  const candidate = value as Session | null;
  return (
    typeof candidate?.token === "string" && typeof candidate.name === "string" && Array.isArray(candidate.roles) &&
    typeof candidate.expiresAt === "number"
  );
}

function stored(): Session | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isSession(value) ? value : null;
  } catch {
    // Storage may be blocked or hold something else's text: then nobody is signed in.
    return null;
  }
}

function publish(session: Session | null): void {
  current = session;
  listeners.forEach((listener) => listener());
}

/** The session of this tab, or null when there is none or it has expired. */
export function currentSession(): Session | null {
  if (current === undefined) current = stored();
  if (current !== null && current.expiresAt <= Date.now()) current = null;
  return current;
}

export function accessToken(): string | null {
  return currentSession()?.token ?? null;
}

export function rememberSession(session: Session): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // Without storage the session lasts until the page is left, which is still a session.
  }
  publish(session);
}

export function forgetSession(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was stored, so nothing has to be removed.
  }
  publish(null);
}

/** For React's useSyncExternalStore. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a token says about its bearer. Only for display: the backend verifies, this does not. */
export function sessionOf(token: string, expiresInSeconds: number, now: number = Date.now()): Session {
  const claims = claimsOf(token);
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === "string") : [];
  const name = typeof claims.sub === "string" ? claims.sub : "you";
  return { token, name, roles, expiresAt: now + expiresInSeconds * 1000 };
}

function claimsOf(token: string): { readonly sub?: unknown; readonly roles?: unknown } {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
    return typeof claims === "object" && claims !== null ? claims : {};
  } catch {
    // An opaque token is a valid access token too; it merely does not tell the name.
    return {};
  }
}
