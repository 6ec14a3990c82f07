// Port: runs engines over trials. `node port.mjs PROGRAM CASES ENGINE…` prints, for each engine, the first line of the
// cases that it gets wrong, or the number of lines that it got right. With `-` in the place of PROGRAM and CASES it
// answers trials from standard input, one line each; a line `{"program": …}` says by which rules the next are asked.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [program, cases, ...engines] = process.argv.slice(2);

function lines(path) {
  return readFileSync(path === "-" ? 0 : path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

function answer({ examine }, rules, { at, ...visit }) {
  return examine(rules, { instant: at, ...visit }).map(({ id, verdict, shown, doubts }) => [id, verdict, shown, doubts]);
}

function attempt(engine, rules, trials) {
  for (const [index, { expect, ...visit }] of trials.entries()) {
    let said;
    try {
      said = answer(engine, rules, visit);
    } catch (error) {
      return { wrong: index + 1, said: String(error) };
    }
    if (JSON.stringify(said) !== JSON.stringify(expect)) return { wrong: index + 1, said, expect, visit };
  }
  return { right: trials.length };
}

const trials = lines(cases);
for (const path of engines) {
  const engine = await import(pathToFileURL(path).href);
  if (program === "-") {
    let rules;
    for (const line of trials) {
      if (line.program) rules = engine.load(line.program);
      else console.log(JSON.stringify(answer(engine, rules, line)));
    }
  } else {
    console.log(JSON.stringify(attempt(engine, engine.load(JSON.parse(readFileSync(program, "utf8"))), trials)));
  }
}
