import { defineConfig, globalIgnores } from "eslint/config";
import coreWebVitals from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

export default defineConfig([
  ...coreWebVitals,
  ...typescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // A name that begins with an underscore says that the value is left out on purpose.
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      // One place talks to the backend, another to the identity provider: STYLE of this project.
      "no-restricted-globals": ["error", { name: "fetch", message: "Ask through lib/api.ts." }, { name: "localStorage", message: "Nothing of a person outlives the tab." }],
      "no-restricted-imports": ["error", { name: "next/link", message: "Link by components/page-link.tsx, which fetches no page ahead that nobody reaches for." }],
      "no-console": "error",
      // The rule fears for CommonJS, which has no place here; a module is what this catalogue lists.
      "@next/next/no-assign-module-variable": "off",
    },
  },
  { files: ["lib/api.ts", "lib/sign-in.ts"], rules: { "no-restricted-globals": ["error", { name: "localStorage", message: "Nothing of a person outlives the tab." }] } },
  { files: ["components/page-link.tsx"], rules: { "no-restricted-imports": "off" } },
  { files: ["server/**", "scripts/**", "service-worker/**", "tests/**"], rules: { "no-restricted-globals": "off", "no-console": "off" } },
  globalIgnores(["out/**", ".next/**", "coverage/**", "reports/**", "next-env.d.ts"]),
]);
