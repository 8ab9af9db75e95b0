// What the reader can do.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { phone } from "./browser.mjs";

const lit = (page, message) => page.locator(`#message-${message} .hexes .run.lit`).evaluateAll((runs) => runs.map((run) => run.textContent).join(" "));
const field = (page, message, name) => page.locator(`#message-${message} .row:has(> .name:text-is("${name}"))`).first();

async function openMessage(page, id) {
  await page.locator(`#message-${id} > summary`).click();
  await page.locator(`#message-${id} .tree`).waitFor();
}

async function press(page, key, times = 1) {
  for (let i = 0; i < times; ++i) await page.keyboard.press(key);
}

export const interactionTests = {
  "pointing at a field lights up its bytes": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    await field(page, 1, "cipher_suite").hover();
    equal(await lit(page, 1), "c0 30");
    await field(page, 1, "server_version").hover();
    equal(await lit(page, 1), "03 03");
    await page.mouse.move(0, 0);
    equal(await lit(page, 1), "");
  },

  "pointing at bytes lights up their field": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    await page.locator("#message-1 .hexes .run", { hasText: /^c0 30$/ }).hover();
    equal(await page.locator("#message-1 .item.lit > .row > .name").innerText(), "cipher_suite");
  },

  "the keyboard walks through fields and lights up their bytes": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    await page.locator("#message-1 [role=treeitem]").first().focus();
    equal(await lit(page, 1), "02");
    await press(page, "ArrowDown", 2);
    equal(await lit(page, 1), "03 03");
    await press(page, "End");
    ok((await lit(page, 1)).length > 0);
    await press(page, "Home");
    equal(await lit(page, 1), "02");
  },

  "the keyboard closes and opens parts of the tree": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    const extensions = field(page, 1, "extensions");
    await extensions.focus();
    await press(page, "ArrowLeft");
    equal(await extensions.getAttribute("aria-expanded"), "false");
    equal(await extensions.locator("+ [role=group]").isVisible(), false);
    await press(page, "ArrowRight", 2);
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-level")), "2");
  },

  "the keyboard walks through bytes and lights up their fields": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    await page.locator("#message-1 [role=option]").first().focus();
    await press(page, "ArrowRight", 2);
    equal(await page.locator("#message-1 .item.lit > .row > .name").innerText(), "server_version");
    equal(await lit(page, 1), "03 03");
  },

  "each field says what it is, its value and its rule": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    const said = await field(page, 1, "cipher_suite").innerText();
    match(said, /TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384/);
    match(said, /0xc030/);
  },

  "a record is shown as sent, and opened": async (at) => {
    const page = await at("good");
    const finished = page.locator("#conversation .message:has(.as-opened > .title:text-is('Finished'))").first();
    await finished.locator("> summary").click();
    await finished.getByRole("button", { name: /as sent/ }).click();
    const panel = finished.locator(".record-panel");
    for (const part of ["nonce_explicit", "ciphertext", "tag"]) equal(await panel.locator(`.name:text-is("${part}")`).count(), 1, part);
    match(await panel.locator(".record-facts").innerText(), /Sequence number\s*0/);
    equal((await panel.locator(".nonce").innerText()).replaceAll(/\s/g, "").length, 24);
    match(await panel.locator("h4").innerText(), /16 bytes/);
    await finished.getByRole("button", { name: /decrypted/ }).click();
    equal(await finished.locator(".name:text-is('verify_data')").count(), 1);
  },

  "everybody's eyes see no more than was sent": async (at) => {
    const page = await at("good");
    await page.getByRole("button", { name: /as everybody sees it/ }).click();
    equal(await page.locator("#conversation .as-opened:text-is('Finished')").filter({ visible: true }).count(), 0);
    const sealed = page.locator("#conversation .message.encrypted").first();
    match(await sealed.locator("> summary").innerText(), /Encrypted record \(handshake\)/);
    await sealed.locator("> summary").click();
    await sealed.locator(".name:text-is('ciphertext')").waitFor();
  },

  "the step mode works by keyboard alone": async (at) => {
    const page = await at("good");
    for (let i = 0; i < 12; ++i) {
      await press(page, "Tab");
      if (await page.evaluate(() => document.activeElement.id === "step-button")) break;
    }
    await press(page, "Enter");
    match(await page.locator(".stepbar").innerText(), /Step 1 of \d+\s+The client sends ClientHello/);
    equal(await page.locator(".message.current").getAttribute("id"), "message-0");
    await press(page, "ArrowRight");
    match(await page.locator(".step-title").innerText(), /The server sends ServerHello/);
    await press(page, "PageDown", 4);
    match(await page.locator(".step-title").innerText(), /ClientKeyExchange/);
    match(await page.locator(".step-news").innerText(), /master_secret/);
    equal(await page.locator("#message-5").evaluate((details) => details.open), true);
    equal(await page.locator("#message-4").evaluate((details) => details.open), false);
    ok((await page.locator(".message.future").count()) > 0);
    await press(page, "ArrowLeft");
    match(await page.locator(".step-title").innerText(), /ServerHelloDone/);
    ok((await page.locator(".secret-card.future").count()) > 0);
    await press(page, "End");
    equal(await page.locator(".secret-card.future").count(), 0);
    await press(page, "Escape");
    equal(await page.locator(".stepbar").count(), 0);
    equal(await page.locator(".future").count(), 0);
    equal(await page.evaluate(() => document.activeElement.id), "step-button");
  },

  "the step mode shows the machines as they stand": async (at) => {
    const page = await at("good");
    await page.locator("#step-button").click();
    equal(await page.locator(".machine.client .state.now text").textContent(), "WaitServerHello");
    await press(page, "ArrowRight");
    equal(await page.locator(".machine.client .state.now text").textContent(), "WaitCertificate");
  },

  "search finds a field by name, and goes there": async (at) => {
    const page = await at("good");
    await page.keyboard.press("/");
    await page.keyboard.type("supported_groups");
    await page.locator("#search-results [role=option]").first().waitFor();
    await press(page, "Enter");
    match(await page.evaluate(() => document.activeElement.textContent), /supported_groups/);
    ok((await page.locator("#conversation .run.lit").count()) > 0);
  },

  "search finds bytes, in any writing": async (at) => {
    const page = await at("good");
    await openMessage(page, 1);
    const random = (await field(page, 1, "random").locator(".value").innerText()).trim();
    for (const query of [random.slice(0, 23), random.slice(0, 23).replaceAll(" ", ""), random.slice(0, 23).replaceAll(" ", ":")]) {
      await page.locator("#search-input").fill(query);
      match(await page.locator("#search-results").innerText(), /ServerHello\.random/);
    }
    await page.locator("#search-input").fill("no such thing");
    match(await page.locator("#search-results").innerText(), /Nothing found/);
  },

  "links lead from a check to the bytes that it judges": async (at) => {
    const page = await at("good");
    await page.locator(".check:has(h3:has-text('signature')) .inputs a").first().click();
    match(await page.evaluate(() => document.activeElement.closest(".message")?.id ?? ""), /^message-3$/);
    ok(page.url().includes("#c1-field-"));
  },

  "an address opens what it names": async (at) => {
    const page = await at("good");
    await page.evaluate(() => (location.hash = "#c1-secret-4"));
    await page.waitForFunction(() => document.activeElement.id === "secret-4");
  },

  "a certificate is a tree down to the bytes of its DER": async (at) => {
    const page = await at("good");
    await page.locator("#certificate-0 > summary").click();
    const certificate = page.locator("#certificate-0");
    await certificate.locator("[role=treeitem]").nth(8).waitFor(); // it is built when it is opened
    await certificate.getByRole("button", { name: /DER/ }).click();
    await certificate.locator("[role=treeitem]").nth(20).waitFor();
    await certificate.locator(".row").nth(4).hover();
    await certificate.locator(".hexes .run.lit").first().waitFor();
  },

  "the language can be switched, and what is open stays open": async (at) => {
    const page = await at("good");
    await openMessage(page, 0);
    await page.getByRole("button", { name: "中文" }).click();
    equal(await page.evaluate(() => document.documentElement.lang), "zh");
    deepEqual(await page.locator("h2").allInnerTexts(), ["对话", "密钥", "状态机", "检查", "证书", "时间"]);
    equal(await page.locator("#message-0").evaluate((details) => details.open), true);
    equal(await page.locator("#search-input").getAttribute("placeholder"), "搜索字段、数值、字节");
    await page.getByRole("button", { name: "English" }).click();
    equal(await page.evaluate(() => document.documentElement.lang), "en");
    match(await page.locator("h2").first().innerText(), /Conversation/);
  },

  "the theme can be switched": async (at) => {
    for (const [colorScheme, first, second] of [["light", 251, 20], ["dark", 20, 251]]) {
      const page = await at("good", { colorScheme });
      const red = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)[0]));
      equal(await red(), first);
      await page.locator("#theme-button").click();
      equal(await red(), second);
      await page.locator("#theme-button").click();
      equal(await red(), first);
    }
  },

  "on a phone a message opens with eight bytes in a line": async (at) => {
    const page = await at("good", { viewport: phone });
    await openMessage(page, 1);
    equal((await page.locator("#message-1 .line .hexes").first().innerText()).trim().split(/\s+/).length, 8);
    await field(page, 1, "cipher_suite").click();
    equal(await lit(page, 1), "c0 30");
  },
};
