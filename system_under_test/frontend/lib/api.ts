/** The only module that talks to the backend. Answers are values: nothing here throws for what the network may do. */

import type { CatalogueQuery, Enrolment, EnrolmentPage, FeatureSet, Module, ModulePage, NewEnrolment, Recommendations } from "./api-types";
import { type Problem, problemOf, unreachable } from "./problem";
import { accessToken, forgetSession } from "./session";
import { navigationTrace, newTrace, type Trace, traceparent } from "./trace";

export type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly problem: Problem };

const ROOT = "/api/v1";
const TIMEOUT_MILLISECONDS = 10_000;
// Reading twice does no harm, so a short outage (a task being replaced) is waited for before the person hears of it.
const RETRY_PAUSES_MILLISECONDS = [300, 900];

interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly trace: Trace;
}

function headersOf(call: Call): Headers {
  const headers = new Headers({ Accept: "application/json", traceparent: traceparent(call.trace) });
  const token = accessToken();
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  if (call.body !== undefined) headers.set("Content-Type", "application/json");
  return headers;
}

async function attempt<T>(path: string, call: Call): Promise<Answer<T>> {
  try {
    const response = await fetch(ROOT + path, {
      method: call.method ?? "GET",
      headers: headersOf(call),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response, call.trace.id) };
    const data = response.status === 204 ? null : await response.json();
    return { ok: true, data: data as T };
  } catch (error) {
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    return { ok: false, problem: unreachable(slow ? "It took too long to answer." : "", call.trace.id) };
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function read<T>(path: string): Promise<Answer<T>> {
  const trace = navigationTrace();
  let answer = await attempt<T>(path, { trace });
  for (const milliseconds of RETRY_PAUSES_MILLISECONDS) {
    if (answer.ok || answer.problem.kind !== "away") break;
    await pause(milliseconds);
    answer = await attempt<T>(path, { trace });
  }
  return noticeExpiry(answer);
}

async function write<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer<T>> {
  return noticeExpiry(await attempt<T>(path, { method, body, trace: newTrace() }));
}

/** A token that the backend refuses is worthless: the page must offer sign-in, not repeat the refusal. */
function noticeExpiry<T>(answer: Answer<T>): Answer<T> {
  if (!answer.ok && answer.problem.kind === "signed-out") forgetSession();
  return answer;
}

function search(values: CatalogueQuery): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given as [string, string][]).toString();
}

export function listModules(query: CatalogueQuery): Promise<Answer<ModulePage>> {
  return read(`/modules?${search({ ...query })}`);
}

export function getModule(slug: string): Promise<Answer<Module>> {
  return read(`/modules/${encodeURIComponent(slug)}`);
}

export function listEnrolments(cursor?: string): Promise<Answer<EnrolmentPage>> {
  return read(`/enrolments?${new URLSearchParams({ limit: "50", ...(cursor ? { cursor } : {}) })}`);
}

/** Idempotent: enrolling twice answers with the enrolment that exists. */
export function enrol(slug: string): Promise<Answer<Enrolment>> {
  const wanted: NewEnrolment = { module: slug };
  return write("POST", "/enrolments", wanted);
}

export function leave(enrolment: string): Promise<Answer<null>> {
  return write("DELETE", `/enrolments/${encodeURIComponent(enrolment)}`);
}

export function markLesson(enrolment: string, position: number, completed: boolean): Promise<Answer<Enrolment>> {
  const path = `/enrolments/${encodeURIComponent(enrolment)}/lessons/${position}`;
  return write(completed ? "PUT" : "DELETE", path);
}

export function getFeatures(): Promise<Answer<FeatureSet>> {
  return read("/features");
}

export function listRecommendations(): Promise<Answer<Recommendations>> {
  return read("/recommendations");
}
