// What the pages show.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { desktop, phone } from "./browser.mjs";

const everyPage = ["good", "mutual", "damaged", "forged", "malformed", "hostile", "resumed", "sealed", "redacted", "many", "nothing"];
const texts = (locator) => locator.evaluateAll((all) => all.map((each) => each.textContent.trim()));
const verdicts = (page, verdict) => texts(page.locator(`.check.${verdict} h3 > span`));

export const contentTests = {
  "every page opens without an error or a request": async (at) => {
    for (const name of everyPage) {
      const page = await at(name);
      await page.getByRole("main").waitFor();
      ok((await page.locator("main").innerText()).length > 10, name);
    }
  },

  "a page everything of which is opened has no error either": async (at) => {
    for (const name of everyPage) {
      const page = await at(name);
      for (const details of await page.locator("main details > summary").all()) await details.evaluate((each) => (each.parentElement.open = true));
      await page.waitForTimeout(50);
      for (const tab of await page.locator('main .segmented button[aria-pressed="false"]').all()) await tab.click();
    }
  },

  "no text is a key without words, in either language": async (at) => {
    for (const name of everyPage) {
      const page = await at(name);
      for (const language of ["English", "中文"]) {
        await page.getByRole("button", { name: language }).click();
        const keys = await page.evaluate(() => [...document.querySelectorAll("[data-told]")]
          .flatMap((each) => [each.childElementCount === 0 ? each.textContent : "", each.getAttribute("aria-label") ?? "", each.title ?? ""])
          .filter((text) => /^page\.[a-z_.]+$/.test(text)));
        deepEqual([...new Set(keys)], [], `${name}, ${language}`);
      }
    }
  },

  "a good connection shows ticks only, and its messages in order": async (at) => {
    const page = await at("good");
    deepEqual(await verdicts(page, "failed"), []);
    deepEqual(await verdicts(page, "not_checkable"), []);
    ok((await verdicts(page, "passed")).length >= 12);
    equal(await page.locator("#conversation .badge.failed").count(), 0);
    deepEqual(await texts(page.locator("#conversation .as-opened > .title")), [
      "ClientHello", "ServerHello", "Certificate", "ServerKeyExchange", "ServerHelloDone", "ClientKeyExchange",
      "ChangeCipherSpec", "Finished", "NewSessionTicket", "ChangeCipherSpec", "Finished", "ApplicationData", "ApplicationData", "Alert", "Alert"]);
  },

  "a forged signature has its cross at ServerKeyExchange": async (at) => {
    const page = await at("forged");
    const crossed = page.locator("#conversation .message:has(summary .badge.failed)").first();
    match(await crossed.locator(".as-opened .title").innerText(), /ServerKeyExchange/);
    ok((await texts(page.locator(".check.failed h3 > span"))).some((title) => /server.s? ?.*signature/i.test(title)));
  },

  "a damaged record has its cross there and nowhere else": async (at) => {
    const page = await at("damaged");
    const crossed = page.locator("#conversation .message:has(summary .badge.failed)");
    equal(await crossed.count(), 1);
    equal(await page.locator(".check.failed").count(), 1);
    match(await crossed.locator("summary").innerText(), /application_data/);
  },

  "a malformed message shows where reading ended": async (at) => {
    const page = await at("malformed");
    await page.locator("#message-0 > summary").click();
    match(await page.locator("#message-0 .notice.failed").innerText(), /byte 6.*random/s);
  },

  "hostile names are text": async (at) => {
    const page = await at("hostile");
    for (const details of await page.locator("main details").all()) await details.evaluate((each) => (each.open = true));
    await page.locator("#search-input").fill("script");
    await page.waitForTimeout(100);
    equal(await page.evaluate(() => window.harmed), undefined);
    equal(await page.locator("img").count(), 0);
    equal(await page.locator("script").count(), 3);
    match(await page.locator("h1").innerText(), /<\/script><script>window\.harmed=1<\/script>/);
    ok((await page.locator(".tree").first().innerText()).includes("<img src=x onerror=window.harmed=1>"));
  },

  "scripts that are not its own do not run": async (at, folder, complaints) => {
    const page = await at("nothing");
    const blocked = page.waitForEvent("console", { predicate: (message) => /Content Security Policy/.test(message.text()) });
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.harmed = 1";
      document.body.append(script);
    });
    await blocked;
    equal(await page.evaluate(() => window.harmed), undefined);
    equal(complaints.splice(0).length, 1);
  },

  "secrets are announced, or left out": async (at) => {
    match(await (await at("good")).locator(".notice.secrets").innerText(), /contains the secrets/);
    const redacted = await at("redacted");
    match(await redacted.locator(".notice.redacted").innerText(), /left out/);
    equal(await redacted.locator(".secret-card.known").count(), 0);
  },

  "what stayed sealed is said to be so": async (at) => {
    const page = await at("sealed");
    ok((await page.locator("#conversation .message[id^=record]").count()) > 0);
    ok((await page.locator(".check.not_checkable").count()) > 0);
    await page.locator("#conversation .message[id^=record] > summary").first().click();
    match(await page.locator(".protection.sealed").first().innerText(), /not opened/);
  },

  "the key schedule has live values and formulas": async (at) => {
    const page = await at("good");
    const drawn = await page.locator("#schedule .graph").innerHTML();
    for (const name of ["premaster_secret", "session_hash", "master_secret", "key_block", "client_write_key", "server_write_IV", "verify_data", "nonce"])
      ok(drawn.includes(`>${name}<`), name);
    match(await page.locator("#schedule .graph").textContent(), /"extended master secret"/);
    const master = (await page.locator(".secret-card:has(h3 code:text-is('master_secret')) .output").innerText()).replaceAll(/\s/g, "");
    match(master, /^[0-9a-f]{96}$/);
  },

  "both machines show the way that was taken": async (at) => {
    const page = await at("good");
    for (const side of ["client", "server"]) {
      equal(await page.locator(`.machine.${side} .state.now text`).textContent(), "Established");
      ok((await page.locator(`.machine.${side} .edge.taken`).count()) >= 6);
      ok((await page.locator(`.machine.${side} .state:not(.taken)`).count()) > 0);
    }
  },

  "a table leads to each of many connections, and says what is left out": async (at) => {
    const page = await at("many");
    equal(await page.locator(".connections tbody tr").count(), 20);
    match(await page.locator(".all-connections").innerText(), /first 20 of 31/);
    match(await page.locator(".banners").innerText(), /12 records with 190000 bytes/);
    await page.locator(".connections tbody tr").nth(1).getByRole("link").click();
    match(await page.locator(".connection-facts").innerText(), /resumed by ticket/);
    equal(await page.locator(".connections tr.current .number").innerText(), "2");
  },

  "on paper everything is open": async (at) => {
    const page = await at("good");
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(() => [...document.querySelectorAll("main details")].every((details) => details.open));
    equal(await page.locator("#conversation .message > .body:empty").count(), 0);
    equal(await page.locator(".top").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    await page.waitForFunction(() => [...document.querySelectorAll("main details")].every((details) => !details.open));
  },

  "a phone has no sideways scrolling": async (at) => {
    for (const name of everyPage) {
      for (const language of ["English", "中文"]) {
        const page = await at(name, { viewport: phone });
        await page.getByRole("button", { name: language }).click();
        for (const details of await page.locator("main details").all()) await details.evaluate((each) => (each.open = true));
        await page.waitForTimeout(50);
        const { wide, screen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, screen: innerWidth }));
        ok(wide <= screen && screen === phone.width, `${name}: ${wide} > ${screen}`);
      }
    }
  },

  "screenshots are taken": async (at, folder) => {
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await at("good", { viewport, colorScheme });
        await page.screenshot({ path: `${folder}/${size}-${colorScheme}.png`, fullPage: true });
        await page.getByRole("button", { name: "中文" }).click();
        await page.locator("#message-1 > summary").click();
        await page.screenshot({ path: `${folder}/${size}-${colorScheme}-zh-open.png` });
      }
    }
  },
};
