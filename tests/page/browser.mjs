// What the tests of the page share: a browser, and pages of it that note every error and request.
import { existsSync } from "node:fs";

const chromiumPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What is missing, or null. */
export async function missing() {
  for (const name of ["playwright-core", "axe-core"]) {
    try {
      import.meta.resolve(name);
    } catch {
      return `the npm package ${name} (run scripts/setup test)`;
    }
  }
  return chromiumPaths.some((path) => existsSync(path)) ? null : "chromium";
}

export async function launch() {
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath: chromiumPaths.find((path) => existsSync(path)), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** Opens a file; afterwards `complaints` must be empty. */
export async function open(browser, file, { viewport = desktop, colorScheme = "light", complaints }) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== `file://${file}`) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return page;
}
