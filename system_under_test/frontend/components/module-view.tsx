"use client";

import { getModule } from "@/lib/api";
import { counted, duration, type ModuleContent, topicName } from "@/lib/catalogue";
import { useEnrolment } from "@/lib/use-enrolment";
import { useRemote } from "@/lib/use-remote";
import { EnrolmentPanel } from "./enrolment-panel";
import { LessonItem } from "./lesson-item";
import { ProblemNotice } from "./problem-notice";
import { TopicMark } from "./topic-mark";

interface Props {
  readonly module: ModuleContent;
}

/** A module with its lessons: as built at once, then as the API tells it, with the reader's own progress. */
export function ModuleView({ module: built }: Props) {
  const remote = useRemote(`module/${built.slug}`, () => getModule(built.slug));
  const enrolment = useEnrolment(built.slug);
  const module = remote.data ?? built;
  const completed = enrolment.remote.data?.completed_lessons;

  return (
    <article>
      <header className="module-head">
        <TopicMark topic={module.topic} />
        <p className="card-facts">
          <span className={`level level-${module.level}`}>{module.level}</span>
          <span>{topicName(module.topic)}</span>
        </p>
        <h1>{module.title}</h1>
        <p className="lead">{module.summary}</p>
        <p className="card-facts">
          <span>{duration(module.minutes)}</span>
          <span>{counted(module.lesson_count, "lesson")}</span>
          {remote.data && remote.data.enrolment_count > 0 && <span>{counted(remote.data.enrolment_count, "learner")}</span>}
        </p>
      </header>
      {remote.phase === "slow" && <p role="status" className="quiet">Still asking for the latest. You see this module as published with this page.</p>}
      {remote.problem && <ProblemNotice problem={remote.problem} doing="refresh this module" onRetry={remote.reload} />}
      <div className="module-columns">
        <section aria-labelledby="lessons-title">
          <h2 id="lessons-title">Lessons</h2>
          <ol className="lessons">
            {module.lessons.map((lesson) => (
              <LessonItem
                key={lesson.position}
                lesson={lesson}
                completed={completed?.includes(lesson.position)}
                onMark={completed && ((done) => void enrolment.mark(lesson.position, done))}
              />
            ))}
          </ol>
        </section>
        <EnrolmentPanel enrolment={enrolment} lessonCount={module.lesson_count} address={`/modules/${module.slug}`} />
      </div>
    </article>
  );
}
