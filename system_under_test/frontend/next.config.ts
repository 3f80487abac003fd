import type { NextConfig } from "next";

/** Every page is written out as a file at build time; server.mjs serves the files. */
const config: NextConfig = {
  output: "export",
  reactStrictMode: true,
  poweredByHeader: false,
  typescript: { tsconfigPath: "tsconfig.json" },
};

export default config;
