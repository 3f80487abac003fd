"use client";

import { counted } from "@/lib/catalogue";
import type { EnrolmentState } from "@/lib/use-enrolment";
import { useSession } from "@/lib/use-session";
import { PageLink } from "./page-link";
import { ProblemNotice } from "./problem-notice";
import { ProgressBar } from "./progress-bar";
import { Waiting } from "./waiting";

interface Props {
  readonly enrolment: EnrolmentState;
  readonly lessonCount: number;
  readonly address: string;
}

/** On a phone the lesson that was ticked off may be screens below. */
function bringIntoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: "nearest" });
}

/** Where a learner joins the module, sees how far they are, and leaves it. */
export function EnrolmentPanel({ enrolment, lessonCount, address }: Props) {
  return (
    <aside className="panel" aria-labelledby="panel-title">
      <h2 id="panel-title">Your progress</h2>
      <PanelContent enrolment={enrolment} lessonCount={lessonCount} address={address} />
      {enrolment.refusal && (
        <div key={enrolment.refusal.traceId} ref={bringIntoView}>
          <ProblemNotice problem={enrolment.refusal} doing="save that" />
        </div>
      )}
      <p className="visually-hidden" role="status">{enrolment.done}</p>
    </aside>
  );
}

function PanelContent({ enrolment, lessonCount, address }: Props) {
  const session = useSession();
  const { remote } = enrolment;
  if (!session) {
    return (
      <>
        <p>Sign in to enrol, tick off lessons and pick up where you left.</p>
        <PageLink className="button" href={`/sign-in?return=${encodeURIComponent(address)}`}>
          Sign in to enrol
        </PageLink>
      </>
    );
  }
  if (remote.problem) return <ProblemNotice problem={remote.problem} doing="load your progress" onRetry={remote.reload} />;
  if (remote.phase !== "ready") return <Waiting what="your progress" slow={remote.phase === "slow"} rows={1} />;
  if (remote.data === null) {
    return (
      <>
        <p>{counted(lessonCount, "lesson")}, at your own pace. You can leave at any time.</p>
        <button type="button" className="button" disabled={enrolment.busy} onClick={() => void enrolment.enrol()}>
          {enrolment.busy ? "Enrolling…" : "Enrol"}
        </button>
      </>
    );
  }
  const { completed_lessons: completed, progress } = remote.data;
  return (
    <>
      <ProgressBar label="Lessons completed" percent={progress} />
      <p>{completed.length === lessonCount ? "All done. Well made!" : `${completed.length} of ${counted(lessonCount, "lesson")} completed.`}</p>
      <button type="button" className="button button-quiet" disabled={enrolment.busy} onClick={() => void enrolment.leave()}>
        Leave this module
      </button>
    </>
  );
}
