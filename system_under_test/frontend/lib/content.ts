/** The catalogue's content at build time, from the file that the database is seeded from as well. */

import seed from "@/content/catalogue.json";
import { type ModuleContent, moduleOf } from "./catalogue";

/** Newest first, as the API lists them for who asked for no order: its answer moves nothing that somebody reads already. */
export const builtModules: readonly ModuleContent[] = seed.modules.map(moduleOf).toReversed();

export const builtSlugs: ReadonlySet<string> = new Set(builtModules.map((module) => module.slug));

export const topics: readonly string[] = [...new Set(builtModules.map((module) => module.topic))].toSorted();

export function builtModule(slug: string): ModuleContent | undefined {
  return builtModules.find((module) => module.slug === slug);
}
