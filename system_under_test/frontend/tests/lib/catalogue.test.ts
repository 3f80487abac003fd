import { existsSync, readFileSync } from "node:fs";
import { addressOf, counted, duration, matching, moduleOf, queryOf, topicName } from "@/lib/catalogue";
import { builtModule, builtModules, builtSlugs, topics } from "@/lib/content";
import { summary } from "../backend";

const SEED_OF_THE_DATABASE = "../backend/workshop/catalogue.json";

describe("built catalogue", () => {
  // In an image the backend's files are not there; in the repository they always are.
  (existsSync(SEED_OF_THE_DATABASE) ? it : it.skip)("is the one that the database is seeded from", () => {
    expect(JSON.parse(readFileSync("content/catalogue.json", "utf8"))).toEqual(JSON.parse(readFileSync(SEED_OF_THE_DATABASE, "utf8")));
  });

  it("lists the newest first, which is the last of the file", () => {
    const { modules } = JSON.parse(readFileSync("content/catalogue.json", "utf8")) as { modules: { slug: string }[] };

    expect(builtModules.map(({ slug }) => slug)).toEqual(modules.map(({ slug }) => slug).toReversed());
  });

  it("numbers the lessons of a module and adds up their minutes", () => {
    const lessons = [{ title: "A", body: "a", minutes: 5 }, { title: "B", body: "b", minutes: 7 }];

    const module = moduleOf({ slug: "s", title: "T", summary: "S", level: "beginner", topic: "t", lessons });

    expect(module.lessons.map((lesson) => lesson.position)).toEqual([1, 2]);
    expect(module).toMatchObject({ minutes: 12, lesson_count: 2 });
  });

  it("refuses a level that the API would refuse", () => {
    const seed = { slug: "s", title: "T", summary: "S", level: "guru", topic: "t", lessons: [] };

    expect(() => moduleOf(seed)).toThrow('module "s" has the level "guru", expected one of beginner, intermediate, advanced');
  });

  it("has every module under its slug and every topic once", () => {
    expect(builtSlugs.size).toBe(builtModules.length);
    expect(builtModule(builtModules[0]?.slug ?? "")).toBe(builtModules[0]);
    expect(builtModule("nothing")).toBeUndefined();
    expect(new Set(topics).size).toBe(topics.length);
  });
});

describe("asking the built catalogue", () => {
  const modules = [summary("b", { level: "advanced" }), summary("a", { topic: "security", title: "Keys and LOCKS" })];

  it.each([
    [{}, ["b", "a"]],
    [{ level: "advanced" as const }, ["b"]],
    [{ topic: "security" }, ["a"]],
    [{ q: " locks " }, ["a"]],
    [{ q: "(.*" }, []],
    [{ order: "title" as const }, ["a", "b"]],
  ])("answers %j with %j", (query, slugs) => {
    expect(matching(modules, query).map((module) => module.slug)).toEqual(slugs);
  });

  it("understands an address and leaves out what it does not know", () => {
    expect(queryOf("?level=beginner&topic=testing&q=x&order=popular")).toEqual({ level: "beginner", topic: "testing", q: "x", order: "popular" });
    expect(queryOf("?level=guru&order=upwards&colour=red&q=")).toEqual({});
  });
});

describe("words", () => {
  it.each([[0, "0 min"], [40, "40 min"], [60, "1 h"], [75, "1 h 15 min"]])("writes %d minutes as %s", (minutes, text) => {
    expect(duration(minutes)).toBe(text);
  });

  it("counts, names topics and finds addresses", () => {
    expect([counted(1, "lesson"), counted(2, "lesson")]).toEqual(["1 lesson", "2 lessons"]);
    expect(topicName("version-control")).toBe("Version control");
    expect(addressOf("a", new Set(["a"]))).toBe("/modules/a");
    expect(addressOf("b&c", new Set(["a"]))).toBe("/modules/live?slug=b%26c");
  });
});
