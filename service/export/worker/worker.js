// Finds an answer among the exported files. `find` is pure; what follows it runs on a CDN that has both the files
// and lookup.json (here: Cloudflare's ASSETS). It writes nothing down and knows the reader's country alone.

const TAG = /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?$/i;
const NOTICE = /^\/v1\/([^/]+)(?:\/([^/]+)\/([^/]+))?\/(notice(?:\.short|\.label)?\.(html|json|txt)|acts\.(json))$/;

const spelt = (table, tag) => {
  const [, language, script, region] = TAG.exec(tag) ?? [];
  if (!language || !table.bare.split(" ").includes(language.toLowerCase())) return "";
  const title = script && script[0].toUpperCase() + script.slice(1).toLowerCase();
  return [language.toLowerCase(), title, region?.toUpperCase()].filter(Boolean).join("-");
};

const shorter = (tag) => tag.split("-").map((_, at, parts) => parts.slice(0, parts.length - at).join("-"));

const tongueOf = (table, tag) => (tag ? shorter(tag).find((part) => table.tongues.includes(part)) ?? "other" : "none");

const ranges = (table, header) =>
  header.slice(0, 512).split(",")
    .map((part) => part.split(/;(.*)/s))
    .map(([tag, rest = ""]) => [spelt(table, tag.trim()), /^\s*q\s*=/.test(rest) ? Number(rest.split(/=(.*)/s)[1]) : 1])
    .filter(([tag, weight]) => tag && weight > 0 && weight <= 1)
    .sort(([, one], [, other]) => other - one)
    .map(([tag]) => tag);

const lookup = (wanted, { languages, fallback }) => {
  for (const asked of wanted) {
    const tag = shorter(asked).find((part) => languages.includes(part)) ?? shorter(asked).map((part) => fallback[part]?.[0]).find(Boolean);
    if (tag) return tag;
  }
  return "";
};

const spotOf = (table, place) =>
  place === "any" || place === "unknown" ? "unknown"
    : table.held[place] ?? table.places[place.toUpperCase()] ?? table.places[place.toUpperCase().split("-")[0]] ?? "unknown";

/** The file and the headers for a path, at some seconds since 1970; undefined for what is no notice. `where` is the
 * code of the reader's place or "", `accept` the header Accept-Language; they are asked only where the path is silent. */
export const find = (table, { path, query = "", where = "", accept = "" }, now) => {
  const [, id, place, language, leaf, ...endings] = NOTICE.exec(path) ?? [];
  if (!leaf || (leaf === "acts.json" && !place)) return undefined;
  const ending = endings.find(Boolean);
  const publisher = Object.hasOwn(table.publishers, id) ? table.publishers[id] : undefined;
  let at = table.periods.findIndex(([start, end]) => (start === null || start <= now) && (end === null || now < end));
  const holds = at >= 0;
  if (!holds) at = now < table.periods[0][0] ? 0 : table.periods.length - 1;

  const refused = new RegExp(table.status, "i").test(query);
  const given = spelt(table, language ?? new URLSearchParams(query).get("lang") ?? "");
  const wanted = given || place ? [] : ranges(table, accept);
  const one = !/(^|&)lang(=|&|$)/.test(query) && new Set(wanted.map((tag) => tag.split("-")[0])).size === 1;
  const told = given || (one ? wanted[0] : "");
  const tongue = tongueOf(table, given || (publisher && !refused ? lookup(wanted, publisher) : wanted[0] ?? ""));
  const ear = table.ears[tongueOf(table, told)];
  const home = !publisher ? `${at}/-/refused/${table.anybody[tongue]}`
    : refused ? `${at}/${id}/refused/${publisher.refused[tongue]}`
      : `${at}/${id}/${publisher.groups[at][spotOf(table, place ?? where)]}/${publisher.voices[`${tongue} ${ear}`]}`;
  const facts = table.facts[table.homes[home]];
  const answers = publisher && !refused;
  const usual = answers && holds && place && !query && given === language &&
    (!given.includes("-") || table.tongues.includes(given)) && isUsual(table, place);
  return {
    file: `${home}/${answers ? leaf : `notice.${ending === "txt" ? "txt" : "html"}`}`,
    status: ending !== "json" ? 200 : refused ? 400 : !publisher ? 404 : holds ? 200 : 500,
    headers: {
      ...table.always, ...(usual ? lasting(table, publisher, id, facts, table.periods[at][1], now) : table.fleeting),
      "Access-Control-Allow-Origin": "*", "Content-Type": table.types[ending],
      "Content-Language": leaf === "acts.json" && answers ? facts.acts_language : facts.language,
      "Notice-State": !publisher ? "unknown-publisher" : refused ? "refused" : holds ? facts.state : "fallback",
      "Notice-Ruleset": table.rules,
    },
  };
};

const isUsual = (table, place) => ["any", "unknown"].includes(place) || Object.hasOwn(table.held, place) ||
  (Object.hasOwn(table.places, place) && !table.twins.includes(place));

const lasting = (table, { browsers }, id, { louder }, end, now) => {
  const fresh = Math.min(table.most, end === null ? table.most : Math.max(0, Math.floor(end - now)));
  const stale = louder === null ? table.week : Math.min(table.week, Math.max(0, Math.floor(louder - now) - fresh));
  return {
    "Cache-Control": browsers && fresh ? `private, max-age=${Math.min(browsers, fresh)}` : "no-store",
    "CDN-Cache-Control": `public, max-age=${fresh}, stale-if-error=${stale}`,
    "Surrogate-Control": `max-age=${fresh}, stale-if-error=${stale}`,
    "Surrogate-Key": `publisher-${id} rules-${table.rules}`,
    "Cache-Tag": `publisher-${id},rules-${table.rules}`,
  };
};

let table;
export default {
  async fetch(request, { ASSETS }) {
    const url = new URL(request.url), file = (name) => ASSETS.fetch(new URL(`/${name}`, url));
    table ??= await (await file("lookup.json")).json();
    const { country = "", regionCode = "" } = request.cf ?? {};
    const where = regionCode ? `${country}-${regionCode}` : country;
    const accept = request.headers.get("Accept-Language") ?? "";
    const found = find(table, { path: decodeURIComponent(url.pathname), query: url.search.slice(1), where, accept }, Date.now() / 1000);
    if (!found || found.status !== 200) return new Response(null, { status: found?.status ?? 404, headers: table.fleeting });
    return new Response((await file(`files/${found.file}`)).body, { headers: found.headers });
  },
};
