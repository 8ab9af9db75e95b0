// The page in a real browser: node run.mjs FOLDER. The folder holds what make_pages wrote; screenshots
// are left in it. Exit code 77: skipped, for want of what is named.
import { ok } from "node:assert/strict";
import { missing, launch, open } from "./browser.mjs";
import { accessibilityTests } from "./accessibility.mjs";
import { contentTests } from "./content.mjs";
import { interactionTests } from "./interaction.mjs";

const folder = process.argv[2];
ok(folder, "usage: node run.mjs FOLDER");
const lacking = await missing();
if (lacking) {
  console.log(`skipped: ${lacking} is not installed`);
  process.exit(77);
}

const tests = { ...contentTests, ...interactionTests, ...accessibilityTests };
const only = process.argv[3];
const browser = await launch();
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (only && !name.includes(only)) continue;
  const complaints = [];
  const opened = [];
  const at = async (page, options = {}) => {
    opened.push(await open(browser, `${folder}/${page}.html`, { ...options, complaints }));
    return opened.at(-1);
  };
  try {
    await test(at, folder, complaints);
    ok(complaints.length === 0, complaints.join("\n"));
    console.log(`ok      ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${name}\n${error.stack}\n${complaints.join("\n")}`);
  }
  for (const page of opened) await page.context().close();
}
await browser.close();
console.log(failed === 0 ? "all passed" : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
