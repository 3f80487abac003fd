import type { Problem, ProblemKind } from "@/lib/problem";
import { PageLink } from "./page-link";

interface Props {
  readonly problem: Problem;
  /** What the person wanted, as in "load your modules". */
  readonly doing: string;
  readonly onRetry?: () => void;
}

const HEADLINES: Readonly<Record<ProblemKind, string>> = {
  "signed-out": "Please sign in",
  forbidden: "Your account may not do this",
  missing: "This is not here",
  busy: "Too many requests",
  invalid: "That was not accepted",
  away: "The service is away",
};

function explanation(problem: Problem, doing: string): string {
  switch (problem.kind) {
    case "signed-out":
      return `Sign in to ${doing}. If you were signed in, your session has ended.`;
    case "forbidden":
      return `Your role does not allow you to ${doing}. Ask the person who looks after your account.`;
    case "missing":
      return `We could not ${doing}, because it does not exist or is not yours.`;
    case "busy":
      return problem.retryAfterSeconds
        ? `We could not ${doing} just now. Try again in ${problem.retryAfterSeconds} seconds.`
        : `We could not ${doing} just now. Try again in a moment.`;
    case "invalid":
      return `We could not ${doing}. ${problem.detail || problem.title}`;
    case "away":
      return `We could not ${doing}. Nothing is lost; try again in a moment.`;
  }
}

/** Whether it is the person's own connection that is missing, as far as the browser knows. */
function isOffline(problem: Problem): boolean {
  return problem.kind === "away" && problem.status === 0 && !navigator.onLine;
}

/** Says what did not happen, why, and what to do next. The trace id lets support find the request. */
export function ProblemNotice({ problem, doing, onRetry }: Props) {
  const offline = isOffline(problem);
  const canRetry = onRetry !== undefined && (problem.kind === "away" || problem.kind === "busy");
  return (
    <div className={`notice notice-${problem.kind === "away" || problem.kind === "busy" ? "away" : "refused"}`} role="alert">
      <p className="notice-title">{offline ? "You are offline" : HEADLINES[problem.kind]}</p>
      <p>{offline ? `We could not ${doing}. Try again when you are connected.` : explanation(problem, doing)}</p>
      <div className="notice-actions">
        {canRetry && (
          <button type="button" className="button button-quiet" onClick={onRetry}>
            Try again
          </button>
        )}
        {problem.kind === "signed-out" && (
          <PageLink className="button button-quiet" href="/sign-in">
            Sign in
          </PageLink>
        )}
        <span className="notice-reference">
          Reference <code>{problem.traceId.slice(0, 16)}</code>
        </span>
      </div>
    </div>
  );
}
