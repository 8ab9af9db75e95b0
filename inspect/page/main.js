// The page: its sections, its controls, and the way to any row by its address (#c1-field-12).

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const given = JSON.parse(document.getElementById("documents").textContent);
const models = given.documents.map((each) => new Model(each));
const views = {};
let current = -1;
let stepper = null;
let search = null;

function hrefOf({ table, id }) {
  return `#c${current + 1}-${table}-${id}`;
}

/** A link to a row; its words are a text of the catalogue or, plain, a name. */
function refLink(ref, text) {
  const link = set(make("a", "ref"), { href: hrefOf(ref) });
  if (typeof text === "object" || has(text)) tell(link, text);
  else link.textContent = text;
  return link;
}

const sectionsOfPage = [
  ["conversation", (model) => (views.conversation = new Conversation(model)).element],
  ["schedule", (model) => (views.schedule = new Schedule(model)).element],
  ["machines", (model) => (views.machines = new Machines(model)).element],
  ["checks", (model) => (views.checks = new Checks(model)).element],
  ["certificates", (model) => (views.certificates = new Certificates(model)).element],
  ["timing", (model) => timing(model)],
];

function show(index) {
  current = index;
  const model = models[index];
  const content = document.getElementById("content");
  content.replaceChildren();
  document.title = `${model.name()} · GlassTLS`;
  const table = connectionTable(models, given.total, index);
  if (table) content.append(table);
  content.append(overview(model));
  for (const [name, build] of sectionsOfPage) {
    const heading = tell(make("h2"), `page.section.${name}`);
    const lead = tell(make("p", "lead"), `page.lead.${name}`);
    content.append(set(make("section", `part part-${name}`, heading, lead, build(model)), { id: name, "aria-labelledby": `${name}-title` }));
    heading.id = `${name}-title`;
  }
  stepper = new Stepper(model, views);
  search.use(model);
}

/** Goes to an address; what it names opens. */
function visit(href) {
  const [, connection, table, id] = /^#c(\d+)(?:-([a-z]+)-(\d+))?$/.exec(href) ?? [];
  if (!connection || !models[connection - 1]) return;
  if (connection - 1 !== current) show(connection - 1);
  if (!table) return document.getElementById("content").scrollIntoView();
  const ref = { table, id: Number(id) };
  const view = { message: views.conversation, field: views.conversation, record: views.conversation, secret: views.schedule,
    check: views.checks, certificate: views.certificates }[table];
  if (view) view.reveal(ref);
  else document.getElementById(`${table}-${id}`)?.scrollIntoView();
  history.replaceState(null, "", href);
}

function controls() {
  const tongues = segmented("page.language", languages.map((code) => ({ value: code, text: set(make("span", "", { en: "English", zh: "中文" }[code] ?? code), { lang: code }) })),
    language, (code) => {
      speak(code);
      search.index = null;
    });
  const theme = button("round", null, "theme", () => setTheme(isDark() ? "light" : "dark"));
  tellAttribute(theme, "aria-label", "page.theme");
  tellAttribute(theme, "title", "page.theme");
  theme.id = "theme-button";
  const step = tellAttribute(button("primary", "page.step.begin", "play", () => stepper.go(stepper.isOn() ? null : 0)), "aria-label", "page.step.begin");
  step.id = "step-button";
  document.getElementById("controls").append(...(models.length > 0 ? [step] : []), tongues.element, theme);
}

const darkness = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (darkness.matches ? "dark" : "light")) === "dark";

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function navigation() {
  const nav = tellAttribute(document.getElementById("sections"), "aria-label", "page.sections");
  nav.append(make("ul", "", sectionsOfPage.map(([name]) => make("li", "", set(tell(make("a"), `page.section.${name}`), { href: `#${name}` })))));
}

/** On paper everything is open, and closed again behind. */
function print(on) {
  for (const details of document.querySelectorAll("main details")) {
    if (on && !details.open) details.dataset.reopened = "";
    if (on) details.open = true;
    else if ("reopened" in details.dataset) details.open = false;
    if (!on) delete details.dataset.reopened;
    if (on) details.build?.();
  }
  if (on) for (const row of views.conversation?.rows.values() ?? []) row.build();
}

addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
matchMedia("print").addEventListener("change", ({ matches }) => print(matches));
addEventListener("hashchange", () => visit(location.hash));
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#c"]');
  if (!link || event.ctrlKey || event.metaKey || !/^#c\d/.test(link.getAttribute("href"))) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  visit(link.getAttribute("href"));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input")) {
    event.preventDefault();
    search.input.focus();
  } else stepper?.key(event);
});

search = new Search();
controls();
if (models.length > 0) {
  navigation();
  show(0);
} else {
  document.getElementById("content").append(make("section", "overview", tell(make("h1"), "page.nothing")));
}
if (location.hash) visit(location.hash);
