import nextJest from "next/jest.js";

const withNext = nextJest({ dir: "./" });

/** Pages and their modules, in a simulated browser. */
const pages = await withNext({
  displayName: "pages",
  testEnvironment: "jsdom",
  setupFilesAfterEnv: ["<rootDir>/tests/setup.ts"],
  testMatch: ["<rootDir>/tests/**/*.test.{ts,tsx}"],
  moduleNameMapper: { "^@/(.*)$": "<rootDir>/$1" },
  restoreMocks: true,
})();

/** The server, as the plain modules that Node runs. */
const server = {
  displayName: "server",
  testEnvironment: "node",
  testMatch: ["<rootDir>/tests/server/**/*.test.mjs"],
  transform: {},
};

/** @type {import("jest").Config} */
const config = {
  projects: [pages, server],
  collectCoverage: true,
  collectCoverageFrom: ["app/**/*.tsx", "components/**/*.tsx", "lib/**/*.ts", "server/**/*.mjs", "!server/health.mjs", "!lib/api-types.ts", "!lib/*.d.ts"],
  coverageDirectory: "coverage",
  coverageReporters: ["text-summary", "lcov", "cobertura"],
  coverageThreshold: { global: { lines: 85 } },
  reporters: ["default", ["jest-junit", { outputDirectory: "reports", outputName: "junit.xml", classNameTemplate: "{filepath}", titleTemplate: "{title}" }]],
};

export default config;
