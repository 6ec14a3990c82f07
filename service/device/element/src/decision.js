// Decision: which answer of a table is for a place and a clock. Nothing of it leaves the device.

const NOT_KNOWN = 0;
const ELSEWHERE = 1;

// A code that is not assigned counts as its country, and what is no country as not known: a wrong code must never
// silence a warning.
export const classOf = (table, place) => {
  const code = place.trim().toUpperCase();
  const country = code.split("-")[0];
  if (!table.countries.split(" ").includes(country)) return NOT_KNOWN;
  return table.classes[code] ?? table.classes[country] ?? ELSEWHERE;
};

// The zones that name a place, in groups; the first group is of all others, which say nothing.
export const clockOf = (table, zone) => Math.max(0, table.zones.findIndex((names) => names.split(" ").includes(zone)));

export const decided = (table, place, zone) =>
  table.answers[table.cases[classOf(table, place)][clockOf(table, zone)]];
