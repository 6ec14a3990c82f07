/* What a reader was told on a day and in a place, read off the data in the page. Asks nobody anything. */
"use strict";

const DAY = 86400000;
const UNIVERSAL_IN_FULL = 3;

/* The answer of a line on a day, a number of days since the first: null is silence. */
function onDay(data, line, day) {
  const steps = data.lines[line];
  let found = -1;
  for (let at = 0; at < steps.length && steps[at] <= day; at += 2) found = steps[at + 1];
  return found < 0 ? null : data.answers[found];
}

/* The line of a cell for a place. */
function lineOf(cell, place) {
  for (const [line, places] of Object.entries(cell[4])) if (places.split(" ").includes(place)) return Number(line);
  return cell[3];
}

/* Of a notice that asks what a page carries, only the cell of that content; of others, the only one. */
function carries(data, cell, content, asking) {
  if (!asking.has(cell[0]) || content === cell[2]) return content === cell[2] || cell[2] === "";
  return cell[2] === "*" && content !== "" && !asking.get(cell[0]).has(content);
}

/* The notices that ask what a page carries, and the contents that they tell apart. */
function askingOf(data) {
  const asking = new Map();
  for (const cell of data.cells) {
    if (cell[2] !== "") asking.set(cell[0], (asking.get(cell[0]) || new Set()).add(cell[2]));
  }
  return asking;
}

/* Everything that was shown, in the order of the page: [id, verdict, shown, doubts, notice, text]. */
function told(data, publisher, place, day, content) {
  const number = data.publishers.findIndex((one) => one[0] === publisher);
  const since = Date.parse(data.since + "T00:00:00Z");
  const days = Math.round((Date.parse(day + "T00:00:00Z") - since) / DAY);
  const asking = askingOf(data);
  const found = [];
  for (const cell of data.cells) {
    if (!cell[1].includes(number) || !carries(data, cell, content, asking)) continue;
    const answer = onDay(data, lineOf(cell, place), days);
    if (answer === null) continue;
    const [verdict, shown, doubts, nearby, text] = answer;
    const notice = data.notices[cell[0]];
    found.push({ id: notice[0], verdict, shown, doubts: doubts ? doubts.split(" ") : [], nearby, notice: cell[0],
      risk: notice[3] === 1, text: data.texts[text] });
  }
  const universal = data.publishers[number][2];
  if (place === "unknown") {
    const open = found.filter((one) => one.risk && one.verdict === "may_apply");
    const chosen = universal || open.map((one) => one.id).sort().slice(0, UNIVERSAL_IN_FULL);
    for (const one of open) one.shown = chosen.includes(one.id) ? "full" : "folded";
  }
  const rank = (one) => {
    const stands = (universal || []).indexOf(one.id);
    return [one.shown === "full" ? 0 : 1, one.risk ? 0 : 1, one.verdict === "applies" ? 0 : 1, -one.nearby,
      stands < 0 ? (universal || []).length : stands];
  };
  return found.sort((one, two) => {
    const mine = rank(one), theirs = rank(two);
    for (let at = 0; at < mine.length; at += 1) if (mine[at] !== theirs[at]) return mine[at] - theirs[at];
    return one.id < two.id ? -1 : 1;
  });
}

/* The days, as numbers since the first, on which an answer for a publisher, place and content begins. */
function changes(data, publisher, place, content) {
  const number = data.publishers.findIndex((one) => one[0] === publisher);
  const asking = askingOf(data);
  const days = new Set();
  for (const cell of data.cells) {
    if (!cell[1].includes(number) || !carries(data, cell, content, asking)) continue;
    const steps = data.lines[lineOf(cell, place)];
    for (let at = 0; at < steps.length; at += 2) if (steps[at] > 0 || steps[at + 1] >= 0) days.add(steps[at]);
  }
  return [...days].sort((one, two) => one - two);
}

function element(name, words, ...inside) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  made.append(...inside);
  return made;
}

function start() {
  const data = JSON.parse(document.getElementById("ledger").textContent);
  const [form, publisher, place, content, day, range, summary, answers] = [
    "slider", "publisher", "place", "content", "day", "range", "summary", "answers",
  ].map((id) => document.getElementById(id));
  const first = Date.parse(data.since + "T00:00:00Z");
  const iso = (number) => new Date(first + number * DAY).toISOString().slice(0, 10);
  const words = (date) => new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(date + "T00:00:00Z"));
  const verdicts = { applies: "It applies.", may_apply: "It may apply." };

  function card(one) {
    const notice = data.notices[one.notice];
    const link = element("a", notice[1]);
    link.href = notice[4];
    const why = element("ul");
    why.append(element("li", `${verdicts[one.verdict]} ${notice[5]}`));
    if (notice[6]) why.append(element("li", `The law: ${notice[6]}.`));
    const number = data.publishers.findIndex((each) => each[0] === publisher.value);
    for (const [who, register, dates, title, url] of data.entries[one.notice][number] || []) {
      const item = element("li", `${who} on the list “${register}”: ${dates}. `);
      if (url) {
        const source = element("a", title);
        source.href = url;
        source.rel = "noreferrer noopener";
        item.append("Source: ", source);
      }
      why.append(item);
    }
    if (one.doubts.length) {
      why.append(element("li", "It hangs on what is not known: " + one.doubts.map((doubt) => data.subjects[doubt])
        .join(", ") + "."));
    }
    const made = element("article", "", element("h3", `${notice[2]}: `, link), why);
    if (one.shown === "full") {
      const name = data.publishers[number][1];
      const paragraphs = one.text.split("\n\n").filter(Boolean)
        .map((part) => element("p", part.replaceAll("{publisher}", name)));
      if (paragraphs.length) made.append(element("blockquote", "", ...paragraphs));
    } else {
      made.append(element("p", "Told in one line, together with other countries’ laws."));
    }
    return made;
  }

  function show() {
    const found = told(data, publisher.value, place.value, day.value, content.value);
    const full = found.filter((one) => one.shown === "full").length;
    const name = publisher.selectedOptions[0].text;
    summary.textContent = found.length
      ? `${words(day.value)}: ${name} told this reader of ${found.length} ${found.length === 1 ? "law" : "laws"}, ` +
        `${full} in full.`
      : `${words(day.value)}: ${name} told this reader nothing.`;
    range.setAttribute("aria-valuetext", words(day.value));
    answers.replaceChildren(...found.map(card));
  }

  function leap(sign) {
    const days = changes(data, publisher.value, place.value, content.value)
      .filter((one) => one <= data.days && sign * (one - range.value) > 0);
    if (!days.length) return;
    range.value = sign > 0 ? days[0] : days[days.length - 1];
    day.value = iso(Number(range.value));
    show();
  }

  range.addEventListener("input", () => { day.value = iso(Number(range.value)); show(); });
  day.addEventListener("change", () => {
    if (!day.checkValidity()) return;
    range.value = Math.round((Date.parse(day.value + "T00:00:00Z") - first) / DAY);
    show();
  });
  for (const one of [publisher, place, content]) one.addEventListener("change", show);
  document.getElementById("earlier").addEventListener("click", () => leap(-1));
  document.getElementById("later").addEventListener("click", () => leap(1));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (publisher.querySelector('[value="rferl"]')) publisher.value = "rferl";
  if (place.querySelector('[value="RU"]')) place.value = "RU";
  form.hidden = false;
  show();
}

if (document.getElementById("ledger")) start();
