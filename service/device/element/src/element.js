// Element: <reader-notice src="/_r/rferl/table/en.json" place="DE" length="full" theme="isolated">baked text</reader-notice>
//
// The notice for the reader's place, decided on the reader's own device. Whatever goes wrong, the baked text stays.
//
// src      the table of a publisher in a language, of the page's own origin (another one needs the attribute other-origin)
// place    the ISO 3166 code that the publisher's own edge wrote; without it the place is not known
// length   full, short or label
// theme    isolated: in a shadow tree, out of reach of the page's styles; host: among the page's own elements
// hide-when-none   show nothing where nothing is to be said; otherwise the baked text stays there too

import { mark, markAll } from "./acts.js";
import { decided } from "./decision.js";
import HOST from "./host.css";
import { put } from "./room.js";
import STYLE from "./style.css";
import { addressOf, tableAt } from "./table.js";
import { built } from "./tree.js";

const LENGTHS = ["full", "short", "label"];

// A sheet made by a script is no style in the page that a policy could refuse. Without it the notice is only plain.
const dress = (root, text) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {}
};

const zone = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  } catch {
    return "";
  }
};

const isolated = (element, nodes) => {
  const root = element.attachShadow({ mode: "open" });
  const box = document.createElement("div");
  box.className = "b";
  box.append(...nodes);
  dress(root, STYLE);
  root.append(box);
};

const hosted = (element, nodes) => {
  while (element.firstChild) element.firstChild.remove();
  element.append(...nodes);
};

const parsed = () =>
  document.readyState !== "loading" || new Promise((done) => document.addEventListener("DOMContentLoaded", done));

const decide = async (element) => {
  const table = await tableAt(addressOf(element));
  await parsed();
  const length = element.getAttribute("length");
  const answer = decided(table, element.getAttribute("place") || "", zone());
  const nodes = answer[LENGTHS.includes(length) ? length : LENGTHS[0]].map((node) => built(node, table.nodes));
  mark(answer.acts);
  if (!nodes.length && !element.hasAttribute("hide-when-none")) return;
  const place = element.getAttribute("theme") === "host" ? hosted : isolated;
  put(element, () => place(element, nodes));
};

const begun = new WeakSet();

class ReaderNotice extends HTMLElement {
  connectedCallback() {
    if (begun.has(this)) return;
    begun.add(this);
    markAll();
    decide(this).catch(() => {});
  }
}

if (self.customElements && !customElements.get("reader-notice")) {
  dress(document, HOST);
  customElements.define("reader-notice", ReaderNotice);
}
