import type { NextConfig } from "next";
import { sourceDigest } from "./scripts/source-digest.mjs";

/** Every page is written out as a file at build time; server.mjs serves the files. */
const config: NextConfig = {
  output: "export",
  reactStrictMode: true,
  poweredByHeader: false,
  generateBuildId: sourceDigest,
};

export default config;
