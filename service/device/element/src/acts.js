// Acts: marks on the page's outermost element, by which a page says at its buttons what pressing them can lead to.

const ACTS = ["share", "comment", "like", "subscribe", "donate"];
const LEVELS = [undefined, "inform", "confirm"];

const ours = new Set();
const loudest = {};

// As long as nothing is decided the place is not known, and that means "inform".
export const markAll = () => {
  for (const act of ACTS) {
    const name = `data-rdr-${act}`;
    if (document.documentElement.hasAttribute(name)) continue;
    ours.add(act);
    document.documentElement.setAttribute(name, LEVELS[1]);
  }
};

// What the page itself says is never lowered.
export const mark = (acts) => {
  for (const act of ACTS) {
    const name = `data-rdr-${act}`;
    const root = document.documentElement;
    const said = ours.has(act) ? 0 : LEVELS.indexOf(root.getAttribute(name));
    const level = (loudest[act] = Math.max(loudest[act] || 0, said, LEVELS.indexOf(acts[act])));
    if (level > 0) root.setAttribute(name, LEVELS[level]);
    else root.removeAttribute(name);
  }
};
