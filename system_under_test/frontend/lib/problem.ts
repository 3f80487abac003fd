/** Why a request gave nothing, in the terms in which the person is told. */

import type { ProblemDocument } from "./api-types";

/**
 * - `signed-out`: nobody is signed in, or the token is no longer accepted (401)
 * - `forbidden`: this person may not do it (403)
 * - `missing`: there is no such thing (404)
 * - `busy`: too many requests; worth trying again later (429)
 * - `invalid`: the request itself was refused (other 4xx)
 * - `away`: the service cannot be reached, failed, or took too long (network, 5xx, timeout)
 */
export type ProblemKind = "signed-out" | "forbidden" | "missing" | "busy" | "invalid" | "away";

export interface Problem {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryAfterSeconds: number | null;
  readonly traceId: string;
}

const KINDS: Readonly<Record<number, ProblemKind>> = {
  401: "signed-out",
  403: "forbidden",
  404: "missing",
  429: "busy",
};

function kindOf(status: number): ProblemKind {
  return KINDS[status] ?? (status >= 500 ? "away" : "invalid");
}

/** What of the document is read; nothing of it is relied on, because a gateway may answer in its place. */
type Members = { readonly [Name in keyof Pick<ProblemDocument, "title" | "detail">]?: unknown };

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value >= 0 ? value : null;
}

async function membersOf(response: Response): Promise<Members> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    // A gateway in front of the service may answer with HTML: the status says enough.
    return {};
  }
}

/** Reads a refusal, with or without the problem document of RFC 9457. */
export async function problemOf(response: Response, traceId: string): Promise<Problem> {
  const members = await membersOf(response);
  return {
    kind: kindOf(response.status),
    status: response.status,
    title: text(members.title, "The service refused the request"),
    detail: text(members.detail, ""),
    retryAfterSeconds: seconds(response.headers.get("Retry-After")),
    traceId,
  };
}

/** The problem of a request that got no usable answer at all. */
export function unreachable(detail: string, traceId: string): Problem {
  return { kind: "away", status: 0, title: "The service cannot be reached", detail, retryAfterSeconds: null, traceId };
}
