// Lets tools that read Cucumber's JSON count the scenarios of one, and prints what they counted.
// Called from a directory that holds their node_modules: node count.js CUCUMBER_JSON SCRATCH
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [, , input, scratch] = process.argv;
const requireHere = createRequire(path.join(process.cwd(), "index.js"));
const NAMES = ["passed", "failed", "undefined", "pending", "ambiguous", "skipped"];
const counted = (found) => Object.fromEntries(NAMES.map((name) => [name, found(name)]).filter(([, count]) => count));

const one = path.join(scratch, "one.html");
console.log = () => {};
requireHere("cucumber-html-reporter").generate({
  theme: "bootstrap", jsonFile: input, output: one, reportSuiteAsScenarios: true, launchReport: false,
});
const chart = fs.readFileSync(one, "utf8").split("drawChart({").find((part) => /"title":\s*"Scenarios"/i.test(part.split("})")[0]));
const ours = (name) => (name === "undefined" ? "notdefined" : name);
const drawn = (name) => Number((new RegExp(`"${ours(name)}":\\s*(\\d+)`).exec(chart.split("})")[0]) || [0, 0])[1]);

const many = path.join(scratch, "many");
const alone = path.join(scratch, "input");
fs.mkdirSync(alone);
fs.copyFileSync(input, path.join(alone, "cucumber.json"));
requireHere("multiple-cucumber-html-reporter").generate({
  jsonDir: alone, reportPath: many, saveCollectedJSON: true, disableLog: true,
});
const suite = JSON.parse(fs.readFileSync(path.join(many, "enriched-output.json"), "utf8"));

process.stdout.write(JSON.stringify({
  "cucumber-html-reporter": counted(drawn),
  "multiple-cucumber-html-reporter": counted((name) => suite.scenarios[name === "undefined" ? "notDefined" : name]),
}));
