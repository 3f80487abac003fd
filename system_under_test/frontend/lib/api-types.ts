/** The backend's records, as its OpenAPI document describes them: `npm run types` writes the file they come from. */

import type { components } from "./api-schema";

type Schemas = components["schemas"];

export type Enrolment = Schemas["Enrolment"];
export type EnrolmentPage = Schemas["EnrolmentPage"];
export type FeatureSet = Schemas["FeatureSet"];
export type Lesson = Schemas["Lesson"];
export type Module = Schemas["Module"];
export type ModulePage = Schemas["ModulePage"];
export type ModuleSummary = Schemas["ModuleSummary"];
export type NewEnrolment = Schemas["NewEnrolment"];
export type ProblemDocument = Schemas["ProblemDocument"];
export type Recommendations = Schemas["Recommendations"];

export type Level = ModuleSummary["level"];

type Asked = Schemas["ModuleQuery"];

/** What the catalogue is asked for; without an order, a feature flag of the backend decides on one. */
export type CatalogueQuery = { readonly [Name in "level" | "topic" | "q" | "order" | "cursor"]?: NonNullable<Asked[Name]> };
