/**
 * W3C trace context of the browser: one trace for each navigation or action of the person, one span for each request.
 * See https://www.w3.org/TR/trace-context/ for the form of the header.
 */

export interface Trace {
  readonly id: string;
}

let ofNavigation: Trace | undefined;

function randomHex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}

/** A new trace, for an action such as enrolling. */
export function newTrace(): Trace {
  return { id: randomHex(16) };
}

/** Starts the trace that all reading requests of a page belong to. */
export function beginNavigation(): Trace {
  ofNavigation = newTrace();
  return ofNavigation;
}

/** The trace of the page that is open. */
export function navigationTrace(): Trace {
  return ofNavigation ?? beginNavigation();
}

/** The value of the `traceparent` header for one request: sampled, with a span of its own. */
export function traceparent(trace: Trace): string {
  return `00-${trace.id}-${randomHex(8)}-01`;
}
