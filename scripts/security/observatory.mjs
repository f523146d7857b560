// Mark a server by the rules of Mozilla's HTTP Observatory: node observatory.mjs PACKAGE HTTP-PORT HTTPS-PORT PATH
import { pathToFileURL } from "node:url";

const [folder, httpPort, httpsPort, path] = process.argv.slice(2);
const part = (file) => import(pathToFileURL(`${folder}/src/${file}`).href);
const { retrieve } = await part("retriever/retriever.js");
const { ALL_TESTS } = await part("constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");
const { getGradeForScore, getScoreModifier } = await part("grader/grader.js");

const retrieved = await retrieve("localhost", { httpPort, httpsPort, path });
const results = ALL_TESTS.map((test) => test(retrieved)).filter((one) => one.result);
const modifiers = results.map((one) => getScoreModifier(one.result));
const sum = (numbers) => numbers.reduce((a, b) => a + b, 100);
// As its own scan(): extra credit counts for a site that has an A without it.
const strict = sum(modifiers.filter((one) => one < 0));
const { grade, score } = getGradeForScore(strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : strict);
for (const [index, one] of results.entries()) {
  console.log(`  ${String(modifiers[index]).padStart(4)}  ${one.pass ? "ok    " : "FAILED"}  ${one.result}`);
}
console.log(`${path}: ${grade}, ${score}`);
process.exit(score >= 120 ? 0 : 1);
