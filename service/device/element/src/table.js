// Table: the one fixed file that is asked for, the same for every reader; asked for once, and never again on failure.

const LIMIT = 2000; // milliseconds, with the body: a reader behind Tor waits long
const FORM = 1;
const ADDRESS = /\/([\w-]+)\/table\/([\w-]+)\.json$/;

const asked = new Map();

// Only a table has such an address: an answer that depends on who asks can never be fetched by mistake.
export const addressOf = (element) => {
  const url = new URL(element.getAttribute("src"), document.baseURI);
  const foreign = url.origin !== location.origin && !element.hasAttribute("other-origin");
  if (foreign || url.search || url.hash || !ADDRESS.test(url.pathname)) throw Error("src");
  return url;
};

export const tableAt = (url) => {
  if (!asked.has(url.href)) asked.set(url.href, fetched(url));
  return asked.get(url.href);
};

const fetched = async (url) => {
  const giveUp = new AbortController();
  const clock = setTimeout(() => giveUp.abort(), LIMIT);
  try {
    const answer = await fetch(url.href, {
      cache: "no-store", // a device may be searched, and a cache on the way may have changed the header that says so
      credentials: "omit",
      headers: { Accept: "application/json", "Accept-Language": "*" }, // the reader's languages are the reader's
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: giveUp.signal,
    });
    if (!answer.ok) throw Error("status");
    const table = await answer.json();
    const [, publisher, language] = ADDRESS.exec(url.pathname);
    const fits = table.form === FORM && table.publisher === publisher && table.language === language;
    const lasts = table.until === null || Date.parse(table.until) > Date.now();
    if (!fits || !lasts) throw Error("table");
    return table;
  } finally {
    clearTimeout(clock);
  }
};
