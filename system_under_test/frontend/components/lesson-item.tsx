import type { Lesson } from "@/lib/api-types";
import { duration } from "@/lib/catalogue";

interface Props {
  readonly lesson: Lesson;
  /** Unknown while nobody is enrolled: then there is nothing to tick. */
  readonly completed?: boolean | undefined;
  readonly onMark?: ((completed: boolean) => void) | undefined;
}

export function LessonItem({ lesson, completed, onMark }: Props) {
  const paragraphs = lesson.body.split(/\n{2,}/);
  return (
    <li className={completed ? "lesson lesson-done" : "lesson"}>
      <div className="lesson-head">
        <h3>{lesson.title}</h3>
        <span className="quiet">{duration(lesson.minutes)}</span>
      </div>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {onMark && (
        <label className="tick">
          <input type="checkbox" checked={completed ?? false} onChange={(event) => onMark(event.target.checked)} />
          <span>
            Completed<span className="visually-hidden">: {lesson.title}</span>
          </span>
        </label>
      )}
    </li>
  );
}
