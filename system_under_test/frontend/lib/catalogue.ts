/** The catalogue that is built into the pages, and the same questions that the API answers, answered from it. */

import type { CatalogueQuery, Lesson, Level, ModuleSummary } from "./api-types";

/** A module as the pages know it before any request: no identity, no counts. */
export interface ModuleContent {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly level: Level;
  readonly topic: string;
  readonly minutes: number;
  readonly lesson_count: number;
  readonly lessons: readonly Lesson[];
}

/** What a card shows; the number of learners is known only from the API. */
export type ModuleCardContent = Omit<ModuleContent, "lessons"> & Partial<Pick<ModuleSummary, "enrolment_count">>;

interface SeedLesson {
  readonly title: string;
  readonly body: string;
  readonly minutes: number;
}

interface SeedModule {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly level: string;
  readonly topic: string;
  readonly lessons: readonly SeedLesson[];
}

export const LEVELS: readonly Level[] = ["beginner", "intermediate", "advanced"];

export function isLevel(value: unknown): value is Level {
  return LEVELS.some((level) => level === value);
}

/** Reads one module of the seed file. A level that the API would refuse stops the build. */
export function moduleOf(seed: SeedModule): ModuleContent {
  if (!isLevel(seed.level)) throw new Error(`module "${seed.slug}" has the level "${seed.level}", expected one of ${LEVELS.join(", ")}`);
  return {
    slug: seed.slug,
    title: seed.title,
    summary: seed.summary,
    level: seed.level,
    topic: seed.topic,
    minutes: seed.lessons.reduce((total, lesson) => total + lesson.minutes, 0),
    lesson_count: seed.lessons.length,
    lessons: seed.lessons.map((lesson, index) => ({ position: index + 1, ...lesson })),
  };
}

/** The modules that match, in the order given unless ordered by title: what the page shows while the API is silent. */
export function matching<T extends ModuleCardContent>(modules: readonly T[], query: CatalogueQuery): readonly T[] {
  const words = (query.q ?? "").trim().toLowerCase();
  const found = modules.filter(
    (module) =>
      (query.level === undefined || module.level === query.level) &&
      (query.topic === undefined || module.topic === query.topic) &&
      (words === "" || module.title.toLowerCase().includes(words)),
  );
  return query.order === "title" ? found.toSorted((a, b) => a.title.localeCompare(b.title)) : found;
}

/** The query in an address such as `?level=beginner&q=queue`; what it does not know it leaves out. */
export function queryOf(search: string): CatalogueQuery {
  const values = new URLSearchParams(search);
  const [level, topic, q, order] = ["level", "topic", "q", "order"].map((name) => values.get(name));
  return {
    ...(isLevel(level) ? { level } : {}),
    ...(topic ? { topic } : {}),
    ...(q ? { q } : {}),
    ...(order === "title" || order === "newest" || order === "popular" ? { order } : {}),
  };
}

/** The address of a module's page; modules that are newer than this build have no page of their own. */
export function addressOf(slug: string, built: ReadonlySet<string>): string {
  return built.has(slug) ? `/modules/${slug}` : `/modules/live?slug=${encodeURIComponent(slug)}`;
}

/** "Version control" for the topic `version-control`. */
export function topicName(topic: string): string {
  const words = topic.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 h 15 min", "40 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

/** "1 lesson", "4 lessons". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
