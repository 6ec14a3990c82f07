// Firefox: visits pages in Debian's Firefox ESR and tells what was seen; one start for all visits, and a second for
// those without script, because Firefox switches script off for a whole profile only.
//
// In: a JSON list on standard input, a visit each:
//   {name, url, script?: false, zone?: "Europe/Moscow", width?, wait?: milliseconds, until?: expression,
//    steps?: [{click: selector} | {press: key} | {look: expression, as: name}], see?: {name: expression}}
// Out: a JSON list on standard output, for each: {name, saw: {name: value}, asked: [addresses], errors: [words], kept}
// Expressions are evaluated in the page. FIREFOX is the program; FIREFOX_OUTSIDE the port of a proxy that counts what
// is meant to leave the machine.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const puppeteer = createRequire(import.meta.url)("puppeteer-core");

const never = "data:,nothing";
const preferences = {
  // Whatever is not for this machine goes to a proxy that counts it, and leads nowhere.
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": Number(process.env.FIREFOX_OUTSIDE),
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": Number(process.env.FIREFOX_OUTSIDE),
  "network.proxy.no_proxies_on": "127.0.0.1",
  // Firefox itself asks for nothing.
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "app.update.enabled": false,
  "browser.aboutHomeSnippets.updateUrl": never,
  "browser.discovery.enabled": false,
  "browser.newtabpage.activity-stream.asrouter.providers.cfr": "null",
  "browser.newtabpage.activity-stream.feeds.system.topstories": false,
  "browser.newtabpage.enabled": false,
  "browser.ping-centre.telemetry": false,
  "browser.region.network.url": "",
  "browser.safebrowsing.downloads.remote.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.safebrowsing.provider.google4.updateURL": "",
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "browser.search.update": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.topsites.contile.enabled": false,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.connection.enabled": false,
  "extensions.blocklist.enabled": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "extensions.update.enabled": false,
  "geo.enabled": false,
  "media.gmp-manager.updateEnabled": false,
  "media.gmp-manager.url": never,
  "messaging-system.rsexperimentloader.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.http.speculative-parallel-limit": 0,
  "network.prefetch-next": false,
  "security.remote_settings.crlite_filters.enabled": false,
  "security.remote_settings.intermediates.enabled": false,
  "services.settings.server": never, // heeded with MOZ_REMOTE_SETTINGS_DEVTOOLS=1 only
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": never,
  "toolkit.telemetry.unified": false,
};

// A sandboxed page may not even look at what is kept, and so keeps nothing.
const KEPT = `(() => {
  const of = (look) => { try { return look(); } catch { return 0; } };
  return {
    cookies: of(() => document.cookie.length),
    local: of(() => localStorage.length),
    session: of(() => sessionStorage.length),
  };
})()`;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Puppeteer's own click waits for promises of the page, which without script are never kept.
async function pressOn(page, selector) {
  const [x, y] = await page.evaluate(`(() => {
    const found = document.querySelector(${JSON.stringify(selector)});
    found.scrollIntoView({block: "center"});
    const box = found.getBoundingClientRect();
    return [box.x + Math.min(box.width / 2, 12), box.y + box.height / 2];
  })()`);
  await page.mouse.click(x, y);
}

async function visit(browser, { url, zone, width = 1000, wait = 0, until, steps = [], see = {} }) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const asked = [];
    const errors = [];
    page.on("request", (request) => request.url().startsWith("data:") || asked.push(request.url()));
    // Firefox asks for an icon by itself, and tells when the page's policy forbids it.
    const wrong = (words) => words.includes("/favicon.ico") || errors.push(words);
    page.on("console", (message) => message.type() === "error" && wrong(message.text()));
    page.on("pageerror", (error) => wrong(String(error.message ?? error)));
    await page.setViewport({ width, height: 900 });
    if (zone) await page.emulateTimezone(zone);
    await page.goto(url, { waitUntil: "load", timeout: 15_000 });
    if (until) await page.waitForFunction(until, { timeout: 5_000, polling: 50 });
    if (wait) await pause(wait);
    const saw = {};
    for (const { click, press, as, look } of steps) {
      if (click) await pressOn(page, click);
      if (press) await page.keyboard.press(press);
      if (look) saw[as] = await page.evaluate(look);
    }
    for (const [name, expression] of Object.entries(see)) saw[name] = await page.evaluate(expression);
    const kept = await page.evaluate(KEPT);
    kept.jar = (await context.cookies()).length;
    return { saw, asked, errors, kept };
  } finally {
    await context.close();
  }
}

async function seen(visits, preferences) {
  if (visits.length === 0) return [];
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    headless: true,
    protocolTimeout: 10_000,
    extraPrefsFirefox: preferences,
  });
  const found = [];
  try {
    for (const { name, ...planned } of visits) {
      try {
        found.push({ name, ...(await visit(browser, planned)) });
      } catch (error) {
        found.push({ name, failed: String(error.stack ?? error) });
      }
    }
  } finally {
    await browser.close();
  }
  return found;
}

const visits = JSON.parse(readFileSync(0, "utf-8"));
const scripted = visits.filter((planned) => planned.script !== false);
const unscripted = visits.filter((planned) => planned.script === false);
const found = await Promise.all([
  seen(scripted, preferences),
  seen(unscripted, { ...preferences, "javascript.enabled": false }),
]);
process.stdout.write(JSON.stringify(found.flat()));
