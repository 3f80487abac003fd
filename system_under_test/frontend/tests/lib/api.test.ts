import * as api from "@/lib/api";
import { currentSession } from "@/lib/session";
import { beginNavigation } from "@/lib/trace";
import { backend, enrolment, pageOf, signIn, summary } from "../backend";

beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
afterEach(() => jest.useRealTimers());

/** Lets the pauses between attempts pass at once. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  await jest.advanceTimersByTimeAsync(5_000);
  return promise;
}

describe("requests", () => {
  it("carry the token and the trace of the page", async () => {
    signIn();
    const trace = beginNavigation();
    const { seen } = backend({ "GET /modules": pageOf([summary("a")]) });

    const answer = await api.listModules({ level: "beginner", q: "a b" });

    expect(answer).toEqual({ ok: true, data: { items: [summary("a")], next_cursor: null } });
    expect(seen[0]?.path).toBe("/modules?level=beginner&q=a+b");
    expect(seen[0]?.headers.get("authorization")).toBe("Bearer header.payload.signature");
    expect(seen[0]?.headers.get("traceparent")).toContain(trace.id);
  });

  it("carry no authorization when nobody is signed in", async () => {
    const { seen } = backend({ "GET /features": { body: {} } });

    await api.getFeatures();

    expect(seen[0]?.headers.has("authorization")).toBe(false);
  });

  it("begin a trace of their own when they change something", async () => {
    const page = beginNavigation();
    const { seen } = backend({ "POST /enrolments": { status: 201, body: enrolment("a") } });

    await api.enrol("a");

    expect(seen[0]?.headers.get("traceparent")).not.toContain(page.id);
    expect(seen[0]).toMatchObject({ method: "POST", body: '{"module":"a"}' });
  });

  it("reach every operation under its own path", async () => {
    const { seen } = backend({
      "GET /modules/a%2F..": { body: {} }, "DELETE /enrolments/1": { status: 204 }, "PUT /enrolments/1/lessons/2": { body: {} },
      "DELETE /enrolments/1/lessons/2": { body: {} }, "GET /enrolments": pageOf([]), "GET /recommendations": { body: { items: [] } },
    });

    const answers = await Promise.all([
      api.getModule("a/.."), api.leave("1"), api.markLesson("1", 2, true), api.markLesson("1", 2, false), api.listEnrolments("next"), api.listRecommendations(),
    ]);

    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(answers[1]).toEqual({ ok: true, data: null });
    expect(seen.map((request) => request.path)).toContain("/enrolments?limit=50&cursor=next");
  });
});

describe("refusals", () => {
  it.each([
    [400, "invalid"], [401, "signed-out"], [403, "forbidden"], [404, "missing"], [409, "invalid"], [422, "invalid"], [429, "busy"], [500, "away"], [503, "away"],
  ])("of status %d are of the kind %s", async (status, kind) => {
    backend({ "POST /enrolments": { status, body: { title: "No", detail: "Because" }, headers: { "Retry-After": "7" } } });

    const answer = await api.enrol("a");

    expect(answer).toMatchObject({ ok: false, problem: { kind, status, title: "No", detail: "Because", retryAfterSeconds: 7 } });
  });

  it.each([["<html>"], [["a list"]], [null]])("are understood without a problem document: %j", async (body) => {
    backend({ "POST /enrolments": { status: 502, body, headers: { "Retry-After": "soon" } } });

    const answer = await api.enrol("a");

    expect(answer).toMatchObject({ ok: false, problem: { kind: "away", title: "The service refused the request", detail: "", retryAfterSeconds: null } });
  });

  it("of the token end the session", async () => {
    signIn();
    backend({ "GET /enrolments": { status: 401 } });

    await api.listEnrolments();

    expect(currentSession()).toBeNull();
  });
});

describe("a service that is away", () => {
  it("is asked again when reading, within one trace", async () => {
    let attempts = 0;
    const { seen } = backend({ "GET /features": () => (++attempts < 3 ? { status: 503 } : { body: { recommendations: true } }) });

    const answer = await settled(api.getFeatures());

    expect(answer.ok).toBe(true);
    expect(new Set(seen.map((request) => request.headers.get("traceparent")?.split("-")[1])).size).toBe(1);
  });

  it("is given up after three attempts", async () => {
    const { seen } = backend({ "GET /features": "unreachable" });

    const answer = await settled(api.getFeatures());

    expect(answer).toMatchObject({ ok: false, problem: { kind: "away", status: 0, title: "The service cannot be reached" } });
    expect(seen).toHaveLength(3);
  });

  it("is not asked again to change something, because the first time may have worked", async () => {
    const { seen } = backend({ "POST /enrolments": "unreachable" });

    await settled(api.enrol("a"));

    expect(seen).toHaveLength(1);
  });

  it("is told from one that is merely slow", async () => {
    globalThis.fetch = () => Promise.reject(new DOMException("late", "TimeoutError"));

    expect(await api.enrol("a")).toMatchObject({ ok: false, problem: { kind: "away", detail: "It took too long to answer." } });
  });
});
