"use client";

import { listEnrolments } from "@/lib/api";
import type { Enrolment } from "@/lib/api-types";
import { addressOf, counted, duration } from "@/lib/catalogue";
import { usePages } from "@/lib/use-pages";
import { useSession } from "@/lib/use-session";
import { PageLink } from "./page-link";
import { ProblemNotice } from "./problem-notice";
import { ProgressBar } from "./progress-bar";
import { Recommendations } from "./recommendations";
import { Waiting } from "./waiting";

interface Props {
  readonly slugs: readonly string[];
}

/** The modules that the signed-in learner has joined. */
export function EnrolmentList({ slugs }: Props) {
  const session = useSession();
  const pages = usePages(session ? `enrolments/${session.name}` : null, listEnrolments);
  const built = new Set(slugs);

  if (session === undefined) return <Waiting what="your modules" slow={false} />;
  if (session === null) return <SignedOut />;
  if (pages.items === null) {
    if (pages.problem) return <ProblemNotice problem={pages.problem} doing="load your modules" onRetry={pages.reload} />;
    return <Waiting what="your modules" slow={pages.phase === "slow"} />;
  }

  return (
    <>
      {pages.items.length === 0 ? <NoEnrolments /> : (
        <ul className="enrolments">
          {pages.items.map((enrolment) => (
            <EnrolmentRow key={enrolment.id} enrolment={enrolment} address={addressOf(enrolment.module.slug, built)} />
          ))}
        </ul>
      )}
      {pages.problem && <ProblemNotice problem={pages.problem} doing="load more of your modules" onRetry={pages.reload} />}
      {pages.hasMore && (
        <p className="more">
          <button type="button" className="button button-quiet" onClick={() => void pages.showMore()}>Show more</button>
        </p>
      )}
      <Recommendations slugs={slugs} />
    </>
  );
}

function EnrolmentRow({ enrolment, address }: { readonly enrolment: Enrolment; readonly address: string }) {
  const { module } = enrolment;
  return (
    <li className="enrolment">
      <div>
        <h2 className="card-title"><PageLink href={address}>{module.title}</PageLink></h2>
        <p className="card-facts">
          <span className={`level level-${module.level}`}>{module.level}</span>
          <span>{duration(module.minutes)}</span>
          <span>{enrolment.completed_lessons.length} of {counted(module.lesson_count, "lesson")}</span>
        </p>
      </div>
      <ProgressBar label={`Progress in ${module.title}`} percent={enrolment.progress} />
    </li>
  );
}

function SignedOut() {
  return (
    <div className="empty">
      <p className="empty-title">You are signed out</p>
      <p>Sign in to see the modules you joined and how far you are.</p>
      <PageLink className="button" href="/sign-in?return=%2Fenrolments">Sign in</PageLink>
    </div>
  );
}

function NoEnrolments() {
  return (
    <div className="empty">
      <p className="empty-title">Nothing on the bench yet</p>
      <p>Pick a module, enrol, and it appears here with your progress.</p>
      <PageLink className="button" href="/">Browse the catalogue</PageLink>
    </div>
  );
}
