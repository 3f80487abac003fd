import type { Enrolment, Module, ModuleSummary } from "@/lib/api-types";
import { rememberSession } from "@/lib/session";

/** One request that the page sent. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | null;
}

type Reply = { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> } | "unreachable" | "silent";
type Route = Reply | ((seen: Seen) => Reply);

function response(reply: Exclude<Reply, string>): Response {
  const { status = 200, body = null, headers = {} } = reply;
  const known = new Headers(headers);
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: known,
    json: () => (typeof body === "string" ? Promise.reject(new SyntaxError("not JSON")) : Promise.resolve(body)),
  } as Response;
}

/** A backend behind the global fetch. Routes are "METHOD /path"; what has no route is answered with 404. */
export function backend(routes: Readonly<Record<string, Route>>): { readonly seen: Seen[] } {
  const seen: Seen[] = [];
  globalThis.fetch = jest.fn((address: string, options: RequestInit = {}) => {
    const path = String(address).replace(/^\/api\/v1/, "");
    const request = { method: options.method ?? "GET", path, headers: new Headers(options.headers), body: options.body?.toString() ?? null };
    seen.push(request);
    const route = routes[`${request.method} ${path}`] ?? routes[`${request.method} ${path.split("?")[0]}`];
    const reply = typeof route === "function" ? route(request) : (route ?? { status: 404, body: { title: "Not found" } });
    if (reply === "silent") return new Promise(() => undefined);
    if (reply === "unreachable") return Promise.reject(new TypeError("failed to fetch"));
    return Promise.resolve(response(reply));
  }) as unknown as typeof fetch;
  return { seen };
}

export function signIn(name = "ada"): void {
  rememberSession({ token: "header.payload.signature", name, roles: ["learner"], expiresAt: Date.now() + 60_000 });
}

export function summary(slug: string, changes: Partial<ModuleSummary> = {}): ModuleSummary {
  return {
    id: `id-of-${slug}`, slug, title: `Title of ${slug}`, summary: `Summary of ${slug}`, level: "beginner", topic: "testing",
    minutes: 25, lesson_count: 2, enrolment_count: 3, state: "published",
    created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z", ...changes,
  };
}

export function fullModule(slug: string): Module {
  return {
    ...summary(slug),
    lessons: [
      { position: 1, title: "Measure", body: "Measure twice.\n\nThen once more.", minutes: 10 },
      { position: 2, title: "Cut", body: "Cut once.", minutes: 15 },
    ],
  };
}

export function enrolment(slug: string, completed: readonly number[] = []): Enrolment {
  const { title, level, minutes, lesson_count } = summary(slug);
  return {
    id: `enrolment-in-${slug}`, module: { slug, title, level, minutes, lesson_count }, learner: "ada",
    enrolled_at: "2026-01-01T00:00:00Z", completed_at: null, completed_lessons: completed, progress: (100 * completed.length) / lesson_count,
  };
}

export const FEATURES = { body: { recommendations: false, catalogue_order: "newest" } };

export function pageOf(items: readonly unknown[], next: string | null = null): Reply {
  return { body: { items, next_cursor: next } };
}
