// axe-core finds nothing to object to, in either theme and language, closed and opened.
import { deepEqual } from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { desktop, phone } from "./browser.mjs";

/** Run in a world of its own, which the page's policy does not bind. */
async function violations(page) {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(" | ")}`);
}

async function openEverything(page) {
  for (const details of await page.locator("main details").all()) await details.evaluate((each) => (each.open = true));
  await page.waitForTimeout(50);
}

const cases = {};
for (const colorScheme of ["light", "dark"]) {
  for (const [language, button] of [["English", "English"], ["Chinese", "中文"]]) {
    cases[`axe finds no violation: ${colorScheme}, ${language}`] = async (at) => {
      // Colours and words decide in each theme and language; the other pages differ in what they hold.
      const others = [["forged", desktop], ["sealed", desktop], ["many", desktop], ["nothing", desktop]];
      const first = colorScheme === "light" && language === "English";
      for (const [name, viewport] of [["good", desktop], ["good", phone], ...(first ? others : [])]) {
        const page = await at(name, { colorScheme, viewport });
        await page.getByRole("button", { name: button }).click();
        deepEqual(await violations(page), [], `${name}, closed`);
        if (name === "many") continue;
        await openEverything(page);
        deepEqual(await violations(page), [], `${name}, opened`);
      }
    };
  }
}

export const accessibilityTests = {
  ...cases,

  "axe finds no violation while stepping and searching": async (at) => {
    const page = await at("good");
    await page.locator("#search-input").fill("random");
    deepEqual(await violations(page), [], "searching");
    await page.keyboard.press("Escape");
    await page.locator("#step-button").click();
    await page.keyboard.press("End");
    deepEqual(await violations(page), [], "stepping");
  },
};
