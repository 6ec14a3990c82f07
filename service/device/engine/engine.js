/**
 * Engine: what a rule set says to a reader of a page, decided wherever this runs, with nothing sent anywhere.
 *
 * A reading of RULES.md section 2, whose lines the comments name. It takes the program that `service.device.program`
 * writes and passes every line of the cases.jsonl beside that; docs/porting/README.md describes both. It reads no
 * clock, address or language by itself: what it is to know it is told, and what it is not told is not known.
 *
 *   import { load, examine } from "./engine.js";
 *   const rules = load(JSON.parse(text));
 *   examine(rules, { publisher: "rferl", instant: "2026-11-23T12:00:00Z", reader: { located_in: ["RU-MOW"] } });
 *   // [{ id: "ru/undesirable-organization", verdict: "may_apply", shown: "full", doubts: ["citizen_of", …] }, …]
 */

const NO = 0, MAYBE = 1, YES = 2;
const NONE = 0, FOLDED = 1, FULL = 2;
const VERDICTS = ["does_not_apply", "may_apply", "applies"];
const SHOWN = ["none", "folded", "full"];
const DOUBTS = ["place", "citizen_of", "stateless", "resident_of", "age", "occupation", "content", "page_language",
  "publisher", "law"];
const LOUDNESS = { "in force": YES, "in doubt": MAYBE, "suspended": NO, "ended": NO, "not yet": NO };
const RISKS = { "none": 0, "not stated": 1, "see": 2, "unclear": 2, "administrative": 3, "criminal": 4 };
const FACTS = ["located_in", "citizen_of", "not_citizen_of", "stateless", "resident_of", "age", "occupation"];

/** How many worlds are looked at; where a rule tells more apart, the answer is cautious instead. */
const MOST_WORLDS = 65536;

/** How many notices a reader of whose place nothing is known sees in full where the publisher does not say which. */
const UNIVERSAL_IN_FULL = 3;

const HOUR = 3_600_000;

// What may be so and cannot be asked of a reader: whose a designation is, and how the law is read.
const PUBLISHER = { open: "publisher" };
const LAW = { open: "law" };

class TooManyWorlds extends Error {}

/** A program made ready to be asked. Throws where its format is one that this engine does not know. */
export function load(program) {
  if (program.format !== 2) throw new TypeError("a program of another format");
  const above = new Map();
  for (const [code, parts] of Object.entries(program.places)) {
    if (code === country(code)) above.set(code, "");
    for (const part of parts.split(" ").filter(Boolean)) above.set(`${country(code)}-${part}`, code);
  }
  return { ...program, above };
}

/**
 * What every notice that concerns a publisher says to a reader, in the order of the page.
 *
 * A visit needs `publisher`, and `instant` (a Date, or a text with its zone) or `on` (a date alone). `reader` has the
 * facts that are known of them. `content` lists the page's tags; left out, the page does not declare them. Facts that
 * contradict each other are both kept. Throws for an unknown publisher, a fact that has no name here, or no time.
 */
export function examine(rules, visit) {
  if (!Object.hasOwn(rules.publishers, visit.publisher)) throw new RangeError("an unknown publisher");
  const publisher = { id: visit.publisher, ...rules.publishers[visit.publisher] };
  const findings = [];
  for (const [id, notice] of Object.entries(rules.notices)) {
    const days = dates(visit, notice.zone);
    const found = loudest(rules, notice, publisher, days)
      .map((day) => find({ id, ...notice }, publisher, knowledge(rules, publisher, visit, day)))
      .filter(Boolean);
    if (found.length) findings.push({ ...found.reduce(louder), risk: risk(notice.acts, visit.act, days) });
  }
  holdBack(rules, findings, publisher, knowledge(rules, publisher, visit, dates(visit)[0]).places);
  return ordered(findings, publisher.universal ?? []);
}

// ---- One notice on one day (lines 4, 7 and 8) ---------------------------------------------------------------------

/** What a notice says, or null where it does not concern the publisher. */
function find(notice, publisher, known) {
  const ask = (question) => answer(question, known);
  const open = () => MAYBE;
  const about = concern(notice, publisher, known);
  if (truth(about, known.day, ask, open) === NO) return null;
  const law = { all_of: [about, notice.applies_when], standing: notice.standing };
  const short = truth(law, known.day, ask, open);
  const [verdict, doubts] = short === MAYBE ? exactly(law, known) : [short, []];
  const nearby = any(ownPlaces(notice.applies_when).map((name) => agreed(known.places.map(known.located_in(name)))));
  const unsure = notice.warn_when_unsure ? truth(notice.warn_when_unsure, known.day, ask, open) : YES;
  const duty = notice.kind === "publisher-duty";
  let shown = FULL;
  if (verdict === NO || (duty && !publisher.carries?.includes(notice.id))) shown = NONE;
  else if (!duty && verdict === MAYBE && nearby === NO && unsure === NO) shown = publisher.hides ? NONE : FOLDED;
  return { id: notice.id, verdict, shown, doubts, nearby, duty };
}

/**
 * The truth of a tree. `ask` answers its questions; `open` says how far holds what nobody can be asked, a `possibly` or
 * a standing that is in doubt. With three-valued answers this is a short cut, exact where it says NO or YES; with the
 * answers of one world it is the law in that world.
 */
function truth(node, day, ask, open) {
  const part = (below) => truth(below, day, ask, open);
  let value;
  if (node.all_of) value = Math.min(YES, ...node.all_of.map(part));
  else if (node.any_of) value = any(node.any_of.map(part));
  else if (node.not) value = YES - part(node.not);
  else if (node.unless_determined) value = YES - part(node.unless_determined);
  else if (node.possibly) value = Math.min(part(node.possibly), open(node));
  else if (node.open) value = open(node);
  else value = node.everyone ? YES : ask(node);
  const stands = standing(node.standing, day);
  return Math.min(value, stands === MAYBE ? open(node.standing) : stands);
}

/** Every node of a tree, and how many `not` stand above it, itself included. */
function* nodes(node, nots = 0) {
  if (node.not) nots += 1;
  yield [node, nots];
  for (const part of node.all_of ?? node.any_of ?? [node.not ?? node.possibly ?? node.unless_determined ?? []].flat()) yield* nodes(part, nots);
}

/** The places that a law names outside `not`, or under two of them: who may be there is always warned in full. */
function ownPlaces(tree) {
  return [...nodes(tree)].flatMap(([node, nots]) => (nots % 2 === 0 && node.located_in) || []);
}

/**
 * Whether a notice is about the publisher's page, as a tree. A designation that is in doubt, or that may be another's
 * of the same house, makes it hang on that; a designation that hangs on more than another one does adds nothing.
 */
function concern({ concerns: { register, measure, content, site } }, publisher, { rules, day }) {
  if (content) return { content };
  if (site) return publisher.site?.includes(site) ? { everyone: true } : { any_of: [] };
  if (!register) return { everyone: true };
  const ways = [];
  for (const entry of rules.registers[register] ?? []) {
    const named = designates(rules, entry, publisher), stands = standing(entry.standing, day);
    if (named === NO || stands === NO || (measure && !entry.measures?.includes(measure))) continue;
    ways.push([...(named === MAYBE ? [PUBLISHER] : []), ...(stands === MAYBE ? [LAW] : [])]);
  }
  const lesser = (one, way) => one.length < way.length && one.every((doubt) => way.includes(doubt));
  return { any_of: ways.filter((way) => !ways.some((one) => lesser(one, way))).map((way) => ({ all_of: way })) };
}

/** Whether a designation is the publisher's: its own, its parent's (sure where it covers all parts), or a part's. */
function designates(rules, entry, publisher) {
  if (entry.person) return publisher.run_by?.includes(entry.person) ? YES : NO;
  if (entry.publisher === publisher.id) return YES;
  if (lineage(rules, publisher.id).includes(entry.publisher)) return entry.covers_parts ? YES : MAYBE;
  return lineage(rules, entry.publisher).includes(publisher.id) ? MAYBE : NO;
}

/** The publishers of which one is a part; a circle ends where it closes. */
function lineage(rules, id) {
  const above = [];
  while ((id = rules.publishers[id]?.part_of) && !above.includes(id)) above.push(id);
  return above;
}

// ---- What is known (lines 1 and 2) --------------------------------------------------------------------------------

/** What a visit tells of a reader and a page on a day. What has the name of a question answers it for one name. */
function knowledge(rules, publisher, { reader, content = null, page_language = null }, day) {
  reader ??= {};
  if (!Object.keys(reader).every((fact) => FACTS.includes(fact))) throw new TypeError("a fact that has no name here");
  const list = (value) => [value ?? []].flat();
  const places = list(reader.located_in), trades = list(reader.occupation);
  const citizenships = list(reader.citizen_of), excluded = list(reader.not_citizen_of);
  const stateless = reader.stateless ?? (citizenships.length ? false : null);
  const denied = (nation) => stateless === true || excluded.includes("other") || excluded.includes(nation);
  return {
    rules, day, stateless, page_language,
    age: reader.age ?? null,
    places: places.length ? places : ["unknown"],
    stated: (nation) => (citizenships.includes(nation) ? YES : NO),
    located_in: (name) => (place) => lies(rules, place, name, day),
    resident_of: (name) => lies(rules, reader.resident_of || "unknown", name, day),
    citizen_of: (nation) => (citizenships.includes(nation) ? YES : denied(nation) ? NO : MAYBE),
    occupation: (trade) => (trades.includes(trade) ? YES : MAYBE),
    content: (tag) => (content ? yes(content.includes(tag)) : publisher.may_carry?.includes(tag) ? MAYBE : NO),
    speaks: (language) => (page_language === null ? MAYBE : yes(covers(language, page_language))),
  };
}

/** What is known of a question before any world is looked at. */
function answer(question, known) {
  const { located_in, resident_of, citizen_of, occupation, content, page_language, age } = question;
  const there = (place) => any(located_in.map((name) => known.located_in(name)(place)));
  if (located_in) return agreed(known.places.map(there));
  if (resident_of) return any(resident_of.map(known.resident_of));
  if (citizen_of) return any(citizen_of.map(known.citizen_of));
  if (occupation) return any(occupation.map(known.occupation));
  if (content) return any(content.map(known.content));
  if (page_language) return any(page_language.map(known.speaks));
  if (age) return known.age === null ? MAYBE : yes(within(age, known.age));
  return known.stateless === null ? MAYBE : yes(known.stateless === question.stateless);
}

/** Whether a place lies on a day in what a rule calls `name`, a territory or a code. What is none may be anywhere. */
function lies(rules, place, name, day) {
  const here = assigned(rules, place);
  if (!here) return MAYBE;
  const { wholly = [], partly = [] } = rules.territories[name] ?? { wholly: [{ place: name }] };
  const inside = upwards(rules, here);
  let found = NO;
  for (const [holdings, most] of [[wholly, YES], [partly, MAYBE]]) {
    for (const held of holdings) {
      const stands = Math.min(most, standing(held.standing, day));
      if (inside.includes(held.place)) found = Math.max(found, stands);
      else if (upwards(rules, held.place).includes(here)) found = Math.max(found, Math.min(stands, MAYBE));
    }
  }
  return found;
}

/** The code itself, its country if only that is assigned, or undefined: what is no code may be anywhere. */
function assigned(rules, place) {
  return [place, country(place)].find((code) => rules.above.has(code));
}

/** A code and all in which it lies; a subdivision that is not assigned lies in its country. */
function upwards(rules, code) {
  const line = [];
  for (let at = code; at; at = rules.above.get(at) ?? (at === country(at) ? "" : country(at))) line.push(at);
  return line;
}

function country(code) {
  return code.split("-")[0];
}

/** Whether a language covers a page's: "ru" covers "ru-RU", in whatever case. */
function covers(language, page) {
  return `${page}-`.toLowerCase().startsWith(`${language}-`.toLowerCase());
}

function within({ from = -Infinity, to = Infinity }, age) {
  return from <= age && age <= to;
}

function yes(so) {
  return so ? YES : NO;
}

function any(truths) {
  return Math.max(NO, ...truths);
}

/** What all agree on, else MAYBE. */
function agreed(truths) {
  return truths.every((one) => one === truths[0]) ? truths[0] : MAYBE;
}

// ---- Worlds (lines 3 to 5) ----------------------------------------------------------------------------------------

/**
 * A tree over all worlds: NO if false in each, YES if true in each, else MAYBE and what that hangs on. What is owed to
 * a reader only while their age is not determined keeps that as a doubt, even where it is certain (line 6).
 */
function exactly(law, known) {
  try {
    const [axes, values] = table(determined(law, known, true), known);
    const verdict = agreed(values), doubts = verdict === MAYBE ? hangsOn(axes, values) : [];
    const waits = verdict !== NO && [...nodes(law)].some(([node]) => node.unless_determined);
    const otherwise = waits ? table(determined(law, known, false), known)[1] : values;
    const kept = values.some((value, world) => value !== otherwise[world]) ? ["age"] : [];
    return [verdict, [...new Set([...doubts, ...kept])]];
  } catch (error) {
    if (error instanceof TooManyWorlds) return [MAYBE, DOUBTS]; // nothing is ruled out; whatever is asked may matter
    throw error;
  }
}

/** The facts that a law names and are open, and its value in every world of them. */
function table(law, known) {
  const axes = unknowns(law, known);
  return [axes, worlds(axes, (holds) => truth(law, known.day, holds, holds))];
}

/** A tree in which `unless_determined` is what it comes to: true, unless known to be false, or `owed` where it is open. */
function determined(node, known, owed) {
  const part = (below) => determined(below, known, owed);
  if (node.all_of) return { ...node, all_of: node.all_of.map(part) };
  if (node.any_of) return { ...node, any_of: node.any_of.map(part) };
  if (node.not) return { ...node, not: part(node.not) };
  if (node.possibly) return { ...node, possibly: part(node.possibly) };
  if (!node.unless_determined) return node;
  const is = answer(node.unless_determined, known), so = is === NO || (is === MAYBE && owed);
  return { standing: node.standing, ...(so ? { everyone: true } : { any_of: [] }) };
}

/**
 * The facts that a law names, each with the values it may have that some question tells apart: an axis has a doubt and
 * options, an option the set of all that it makes hold. What is known has one option.
 */
function unknowns(law, known) {
  const asked = [...nodes(law)].map(([node]) => node);
  const axes = [];
  for (const [doubt, kind, answers] of [
    ["place", "located_in", known.places.map((place) => (name) => known.located_in(name)(place))],
    ["resident_of", "resident_of", [known.resident_of]],
    ["occupation", "occupation", [known.occupation]],
    ["content", "content", [known.content]],
  ]) {
    const questions = asked.filter((node) => node[kind]);
    const reached = answers.flatMap((of) => [...combinations(questions, kind, of)]);
    if (questions.length) axes.push({ doubt, options: chosen(questions, new Set(reached)) });
  }

  const citizen = asked.filter((node) => node.citizen_of), stateless = asked.filter((node) => "stateless" in node);
  if (citizen.length || stateless.length) {
    const choice = (of, without) => chosen(citizen, combinations(citizen, "citizen_of", of)).map((option) => ({
      ...option,
      without,
      holds: new Set([...option.holds, ...stateless.filter((node) => node.stateless === without)]),
    }));
    // One choice: nobody is stateless and a citizen, unless that is what is stated.
    const options = [
      ...(known.stateless === false ? [] : choice(known.stated, true)),
      ...(known.stateless === true ? [] : choice(known.citizen_of, false)),
    ];
    axes.push({ doubt: "nationality", options });
  }

  const ages = asked.filter((node) => node.age);
  if (ages.length) {
    const edges = ages.flatMap(({ age: { from, to } }) => [from ?? 0, to === undefined ? 0 : to + 1]);
    const values = known.age === null ? [0, ...edges] : [known.age];
    axes.push({ doubt: "age", options: chosen(ages, told(ages, values, (node, age) => within(node.age, age))) });
  }

  const spoken = asked.filter((node) => node.page_language);
  if (spoken.length) { // a page has one language: one that is named, or another
    const named = spoken.flatMap((node) => node.page_language);
    const values = known.page_language === null ? [...named, ""] : [known.page_language];
    const speaks = (node, page) => node.page_language.some((language) => covers(language, page));
    axes.push({ doubt: "page_language", options: chosen(spoken, told(spoken, values, speaks)) });
  }

  const bits = new Map();
  for (const node of asked) {
    if (node.open) bits.set(node, node.open);
    if (node.possibly) bits.set(node, "law");
    if (standing(node.standing, known.day) === MAYBE) bits.set(node.standing, "law");
  }
  for (const [bit, doubt] of bits) axes.push({ doubt, options: [{ holds: new Set() }, { holds: new Set([bit]) }] });
  return axes;
}

/**
 * The ways in which questions that name several things can be answered together, as bits a question: each named thing
 * is so, is not, or is free. Things that stand in the same questions are one, so thirty countries cost as much as one.
 */
function combinations(questions, kind, of) {
  const naming = (name) => told(questions, [name], (node) => node[kind].includes(name)).values().next().value;
  let sure = 0n;
  const free = new Set();
  for (const name of questions.flatMap((node) => node[kind])) {
    if (of(name) === YES) sure |= naming(name);
    if (of(name) === MAYBE) free.add(naming(name));
  }
  const reached = new Set([sure]);
  for (const bits of free) {
    for (const found of [...reached]) reached.add(found | bits);
    if (reached.size > MOST_WORLDS) throw new TooManyWorlds();
  }
  return reached;
}

/** The different ways in which values answer questions, as bits a question. */
function told(questions, values, holds) {
  const bit = (node, index, value) => (holds(node, value) ? 1n << BigInt(index) : 0n);
  return new Set(values.map((value) => questions.reduce((sum, node, index) => sum | bit(node, index, value), 0n)));
}

/** The options that bits a question stand for. */
function chosen(questions, ways) {
  return [...ways].map((way) => ({ way, holds: new Set(questions.filter((_, index) => way & (1n << BigInt(index)))) }));
}

/** The value of a law in every world: in the order of counting, the first axis fastest. */
function worlds(axes, law) {
  const size = axes.reduce((product, { options }) => product * options.length, 1);
  if (size > MOST_WORLDS) throw new TooManyWorlds();
  const where = new Map();
  axes.forEach(({ options }, axis) => options.forEach(({ holds }) => holds.forEach((key) => where.set(key, axis))));
  return Array.from({ length: size }, (_, world) => {
    const held = axes.map(({ options }) => {
      const { holds } = options[world % options.length];
      world = Math.floor(world / options.length);
      return holds;
    });
    return law((key) => yes(held[where.get(key)]?.has(key)));
  });
}

/**
 * The facts in which two worlds differ alone and in value. First those whose answer would most often settle it (the
 * share of an axis's options in which nothing else matters), then in the order of the list; the law comes last.
 */
function hangsOn(axes, values) {
  const weights = new Map();
  let stride = 1;
  for (const { doubt, options } of axes) {
    const parts = options.map(() => "");
    values.forEach((value, world) => { parts[Math.floor(world / stride) % options.length] += value; });
    stride *= options.length;
    const settled = parts.filter((part) => !part.includes(NO) || !part.includes(YES)).length / parts.length;
    const differ = (i, j) => parts[i] !== parts[j];
    const apart = (test) => options.some((one, i) => options.some((other, j) => differ(i, j) && test(one, other)));
    if (!apart(() => true)) continue;
    let found = [doubt];
    if (doubt === "nationality") {
      found = [
        ...(apart((one, other) => one.without === other.without) ? ["citizen_of"] : []),
        ...(apart((one, other) => one.way === other.way) ? ["stateless"] : []),
      ];
      if (!found.length) found = ["citizen_of", "stateless"];
    }
    for (const one of found) weights.set(one, Math.max(weights.get(one) ?? 0, settled));
  }
  const rank = (doubt) => [yes(doubt === "law"), -weights.get(doubt), DOUBTS.indexOf(doubt)];
  return [...weights.keys()].sort((one, other) => compared(rank(one), rank(other)));
}

// ---- Time (line 9) ------------------------------------------------------------------------------------------------

/** The dates that it is somewhere at an instant, UTC-12 to UTC+14, oldest first, or in a zone; or the one asked for. */
function dates({ on, instant }, zone) {
  if (on) return [on];
  const zoned = instant instanceof Date || /(Z|[+-]\d\d:\d\d)$/.test(instant);
  if (!zoned) throw new TypeError("an instant needs a time zone");
  const at = new Date(instant).getTime();
  const ahead = zone ? [since(zone, new Date(at).toISOString().slice(0, 19)) / 60] : [-12, 0, 14];
  return [...new Set(ahead.map((hours) => new Date(at + hours * HOUR).toISOString().slice(0, 10)))];
}

/** What a timeline says on a day: a list of first days and values, the first of them since ever. */
function since(timeline, day) {
  return timeline.filter(([first]) => first <= day).pop()[1];
}

/** How loud a standing is on a day; without one, something is in force for ever. */
function standing(timeline, day) {
  return timeline ? LOUDNESS[since(timeline, day)] : YES;
}

/**
 * The dates on which the law of a notice is loudest: those that no other outdoes by being as loud in everything dated
 * and louder in something. Below a `not` the louder may silence, so there neither outdoes the other.
 */
function loudest(rules, notice, publisher, days) {
  const dated = [[notice.standing, false]];
  for (const tree of [notice.applies_when, notice.warn_when_unsure ?? { everyone: true }]) {
    for (const [node, nots] of nodes(tree)) {
      const territories = (node.located_in ?? node.resident_of ?? []).map((name) => rules.territories[name] ?? {});
      const holdings = territories.flatMap(({ wholly = [], partly = [] }) => [...wholly, ...partly]);
      for (const one of [node, ...holdings]) dated.push([one.standing, nots > 0]);
    }
  }
  for (const entry of rules.registers[notice.concerns.register] ?? []) {
    if (designates(rules, entry, publisher) !== NO) dated.push([entry.standing, false]);
  }
  const stages = new Map();
  for (const day of days) {
    const stage = dated.flatMap(([timeline, silencing]) => {
      const loudness = standing(timeline, day);
      return silencing ? [loudness, -loudness] : [loudness];
    });
    if (!stages.has(stage.join())) stages.set(stage.join(), { day, stage });
  }
  const all = [...stages.values()];
  const outdoes = (one, other) => one !== other && one.stage.every((loudness, index) => loudness >= other.stage[index]);
  return all.filter((one) => !all.some((other) => outdoes(other, one))).map(({ day }) => day);
}

/** Two days of one notice: the louder verdict with its doubts, the doubts of both where the verdicts are the same. */
function louder(one, other) {
  const [loud, quiet] = one.verdict >= other.verdict ? [one, other] : [other, one];
  return {
    ...loud,
    shown: Math.max(one.shown, other.shown),
    nearby: Math.max(one.nearby, other.nearby),
    doubts: [...new Set([...loud.doubts, ...(one.verdict === other.verdict ? quiet.doubts : [])])],
  };
}

/** How loud an act's risk is; an act that a notice leaves out is not stated, which is more than none. */
function risk(acts, act, days) {
  if (!acts || !Object.hasOwn(acts, act)) return RISKS["not stated"];
  return Math.max(...days.map((day) => RISKS[since(acts[act], day)]));
}

// ---- The page (line 8) --------------------------------------------------------------------------------------------

/**
 * For a reader of whose place nothing is known: of what may apply, the publisher's universal notices in full and the
 * rest folded. Every law may be theirs; a page with all of them would be read by nobody.
 */
function holdBack(rules, findings, publisher, places) {
  if (places.some((place) => assigned(rules, place))) return;
  const open = findings.filter(({ duty, verdict }) => !duty && verdict === MAYBE);
  const universal = publisher.universal ?? open.map(({ id }) => id).sort().slice(0, UNIVERSAL_IN_FULL);
  for (const found of open) found.shown = universal.includes(found.id) ? FULL : FOLDED;
}

/** What is most shown first; then risks before duties, what applies, the reader's own place, the act asked about. */
function ordered(findings, universal) {
  const rank = ({ id, verdict, shown, nearby, duty, risk }) => [
    -shown, yes(duty), -verdict, shown === NONE ? 0 : -nearby, -risk, [...universal, id].indexOf(id), id,
  ];
  return findings
    .sort((one, other) => compared(rank(one), rank(other)))
    .map(({ id, verdict, shown, doubts }) => ({ id, verdict: VERDICTS[verdict], shown: SHOWN[shown], doubts }));
}

/** Two lists in the order of the first thing in which they differ. */
function compared(one, other) {
  const index = one.findIndex((mine, at) => mine !== other[at]);
  return index < 0 ? 0 : one[index] < other[index] ? -1 : 1;
}
