import { counted, duration, type ModuleCardContent, topicName } from "@/lib/catalogue";
import { PageLink } from "./page-link";
import { TopicMark } from "./topic-mark";

interface Props {
  readonly module: ModuleCardContent;
  readonly address: string;
}

/** One module in a list. The whole card is the link's target, the title is its name. */
export function ModuleCard({ module, address }: Props) {
  return (
    <article className="card">
      <TopicMark topic={module.topic} />
      <div className="card-body">
        <p className="card-facts">
          <span className={`level level-${module.level}`}>{module.level}</span>
          <span>{topicName(module.topic)}</span>
        </p>
        <h3 className="card-title">
          <PageLink href={address}>{module.title}</PageLink>
        </h3>
        <p className="card-summary">{module.summary}</p>
        <p className="card-facts card-foot">
          <span>{duration(module.minutes)}</span>
          <span>{counted(module.lesson_count, "lesson")}</span>
          {module.enrolment_count !== undefined && module.enrolment_count > 0 && (
            <span>{counted(module.enrolment_count, "learner")}</span>
          )}
        </p>
      </div>
    </article>
  );
}
