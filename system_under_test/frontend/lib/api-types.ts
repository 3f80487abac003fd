/** The backend's records, in the words of its OpenAPI document. */

export type Level = "beginner" | "intermediate" | "advanced";
export type Order = "title" | "newest" | "popular";

export interface ModuleSummary {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly level: Level;
  readonly topic: string;
  readonly minutes: number;
  readonly lesson_count: number;
  readonly enrolment_count: number;
  readonly state: "draft" | "published";
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Lesson {
  readonly position: number;
  readonly title: string;
  readonly body: string;
  readonly minutes: number;
}

export interface Module extends ModuleSummary {
  readonly lessons: readonly Lesson[];
}

export interface Enrolment {
  readonly id: string;
  readonly module: Pick<ModuleSummary, "slug" | "title" | "level" | "minutes" | "lesson_count">;
  readonly learner: string;
  readonly enrolled_at: string;
  readonly completed_at: string | null;
  readonly completed_lessons: readonly number[];
  readonly progress: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export interface Features {
  readonly recommendations: boolean;
  readonly catalogue_order: "newest" | "popular";
}

/** What the catalogue is asked for. */
export interface CatalogueQuery {
  readonly level?: Level;
  readonly topic?: string;
  readonly q?: string;
  readonly order?: Order;
  readonly cursor?: string;
}
