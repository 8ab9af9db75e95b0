// Words: everything that the page says, in the language that is chosen. An element remembers what it
// says, so that it can say it again in another language.

const catalogue = JSON.parse(document.getElementById("words").textContent);
const languages = Object.keys(catalogue);
let language = languages.includes(document.documentElement.lang) ? document.documentElement.lang : languages[0];

/** How an end names the sides. */
const sideWords = { client: "page.word.client", server: "page.word.server" };

const told = new WeakMap(); // element -> {text, attributes: {name: text}}

function has(key) {
  return Object.hasOwn(catalogue.en, key);
}

/** A text is a key, or {key, arguments, text} of the document. Gives what it says, and in which language. */
function sentence(text) {
  const { key, arguments: values = [], text: english } = typeof text === "string" ? { key: text } : text;
  if (key === "verbatim") return { says: values[0] ?? "", spoken: "en" };
  const spoken = Object.hasOwn(catalogue[language], key) ? language : "en";
  const pattern = Object.hasOwn(catalogue[spoken], key) ? catalogue[spoken][key] : null;
  if (pattern === null) return { says: english ?? key, spoken: "en" };
  const value = (number) => (key.startsWith("outcome.") && sideWords[values[number]] ? say(sideWords[values[number]]) : values[number]);
  const says = pattern.replace(/\{(\d)\}/g, (all, number) => value(number) ?? all);
  return { says: spoken === "zh" ? says.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "") : says, spoken };
}

function say(text) {
  return text ? sentence(text).says : "";
}

/** A key with arguments. */
function words(key, ...values) {
  return { key, arguments: values.map(String) };
}

function memory(element) {
  if (!told.has(element)) told.set(element, { text: null, attributes: {} });
  element.toggleAttribute("data-told", true);
  return told.get(element);
}

function repeat(element) {
  const { text, attributes } = told.get(element);
  if (text) {
    const { says, spoken } = sentence(text);
    element.textContent = says;
    if (spoken !== language) element.setAttribute("lang", spoken);
    else element.removeAttribute("lang");
  }
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, say(value));
}

/** The element says this text, in whatever language is chosen. */
function tell(element, text) {
  if (!text) return element;
  memory(element).text = text;
  repeat(element);
  return element;
}

function tellAttribute(element, name, text) {
  memory(element).attributes[name] = text;
  repeat(element);
  return element;
}

/** Everything that was told is said again. */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-told]")) if (told.has(element)) repeat(element);
}

for (const element of document.querySelectorAll("[data-say]")) tell(element, element.dataset.say);
