// Prints the text of a PDF. Called from a directory that holds unpdf: node text.js FILE
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const found = createRequire(path.join(process.cwd(), "index.js")).resolve("unpdf");
import(found).then(async ({ extractText, getDocumentProxy }) => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(fs.readFileSync(process.argv[2]))), { mergePages: true });
  process.stdout.write(text);
});
