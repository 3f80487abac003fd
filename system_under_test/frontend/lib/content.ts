/** The catalogue's content at build time, from the file that the database is seeded from as well. */

import seed from "@/content/catalogue.json";
import { type ModuleContent, moduleOf } from "./catalogue";

export const builtModules: readonly ModuleContent[] = seed.modules.map(moduleOf);

export const builtSlugs: ReadonlySet<string> = new Set(builtModules.map((module) => module.slug));

export const topics: readonly string[] = [...new Set(builtModules.map((module) => module.topic))].toSorted();

export function builtModule(slug: string): ModuleContent | undefined {
  return builtModules.find((module) => module.slug === slug);
}
