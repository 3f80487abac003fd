// Validates a document by an XML schema and prints what does not fit.
// Called from a directory that holds xmllint-wasm: node validate.js DOCUMENT SCHEMA
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [, , file, schema] = process.argv;
const { validateXML } = createRequire(path.join(process.cwd(), "index.js"))("xmllint-wasm");
validateXML({
  xml: [{ fileName: "junit.xml", contents: fs.readFileSync(file, "utf8") }],
  schema: [fs.readFileSync(schema, "utf8")],
}).then((found) => process.stdout.write(JSON.stringify(found.errors.map((error) => error.rawMessage || error.message))));
