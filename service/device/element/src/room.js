// Room: putting the notice where the baked text was, without moving what the reader is looking at.
//
// Where nobody can see it (nothing is painted yet, or it is out of view) it takes the height that it needs. In view it
// keeps the height that the baked text had: shorter, it leaves the rest empty; longer, it can be scrolled in its place.
// It takes its own height as soon as it is out of view, or when the reader clicks it or moves the focus into it. Where
// the baked text was too low to read anything in its place, the baked text stays until then, or until the reader
// clicks or presses a key anywhere. A reader whose focus or selection is in the baked text is not disturbed.

const READABLE = 64; // pixels: a heading and a line

// Only a script that ran before there was a body can tell that nothing has been painted: browsers report the first
// paint some frames late.
let painted = !!document.body;
requestAnimationFrame(() => (painted = true));

// Above the view it counts as out of it only where browsers keep what is in view in its place.
const unseen = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return !painted || document.hidden || top >= innerHeight || (bottom <= 0 && CSS.supports("overflow-anchor", "auto"));
};

const busy = (element) => {
  const selection = getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection && !selection.isCollapsed && selection.containsNode(element, true))
  );
};

const whenUnseen = (element, events, target, then) => {
  const done = () => {
    observer.disconnect();
    for (const event of events) target.removeEventListener(event, done);
    then();
  };
  const observer = new IntersectionObserver(() => unseen(element) && done());
  observer.observe(element);
  for (const event of events) target.addEventListener(event, done);
};

// The next thing on the page, by which it is seen whether anything moved.
const below = (element) => {
  for (let around = element; around; around = around.parentElement)
    for (let next = around.nextElementSibling; next; next = next.nextElementSibling)
      if (next.getClientRects().length) return next;
};

const topOf = (element) => (element ? element.getBoundingClientRect().top : 0);

const hold = (element, height, next, top) => {
  const { style } = element;
  const cut = element.getBoundingClientRect().height > height;
  style.boxSizing = "border-box";
  style.overflow = "auto";
  style.blockSize = `${height}px`;
  style.blockSize = `${Math.max(0, height + top - topOf(next))}px`; // margins that no longer fall together
  element.toggleAttribute("held", cut);
  if (cut) element.tabIndex = 0;
  whenUnseen(element, ["click", "focusin"], element, () => {
    style.boxSizing = style.overflow = style.blockSize = "";
    element.removeAttribute("held");
    // Not before the focus has gone on by itself: what may not have it any more loses it.
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
    if (document.activeElement !== element) element.removeAttribute("tabindex");
  });
};

export const put = (element, swap) => {
  if (busy(element)) return void setTimeout(put, 500, element, swap);
  const { height } = element.getBoundingClientRect();
  if (unseen(element)) return swap();
  if (height < READABLE) return whenUnseen(element, ["click", "keydown"], document, swap);
  const next = below(element);
  const top = topOf(next);
  swap();
  hold(element, height, next, top);
};
