// Elements. What comes from the document enters as text only: nothing here takes markup.

/** make("p", "class names", child, ...): children are nodes or strings; what is null is left out. */
function make(tag, classes, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets attributes; null and false leave one out. */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(element, attributes);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const iconPaths = {
  passed: "M3 8.5 6.5 12 13 4.5",
  failed: "M4 4l8 8M12 4l-8 8",
  not_checkable: "M5.2 6.2a2.8 2.8 0 1 1 4 2.5c-.9.4-1.2.9-1.2 1.8M8 13v.1",
  lock: "M4.5 7.5h7v6h-7zM6 7.5V5a2 2 0 0 1 4 0v2.5",
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  close: "M4 4l8 8M12 4l-8 8",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4M10.2 10.2 13.5 13.5",
  theme: "M13.2 9.6A5.6 5.6 0 1 1 6.4 2.8a4.5 4.5 0 0 0 6.8 6.8z",
  play: "M5 3.5v9l7-4.5z",
  print: "M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9.5h7v4h-7z",
};

/** A drawing without words of its own; what it means stands beside it. */
function icon(name, classes = "") {
  return svg("svg", { class: `icon icon-${name} ${classes}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: iconPaths[name] }));
}

/** A button with an icon, words, or both. */
function button(classes, key, iconName, onClick) {
  const element = set(make("button", `button ${classes}`), { type: "button" });
  if (iconName) element.append(icon(iconName));
  if (key) element.append(tell(make("span", "label"), key));
  element.addEventListener("click", onClick);
  return element;
}

/** Buttons of which one is pressed: choices are {value, key}. Gives {element, choose}. */
function segmented(labelKey, choices, chosen, onChoose) {
  const element = tellAttribute(set(make("div", "segmented"), { role: "group" }), "aria-label", labelKey);
  const buttons = choices.map(({ value, key, text }) => {
    const choice = button("", null, null, () => {
      choose(value);
      onChoose(value);
    });
    if (text) choice.append(text);
    else tell(choice, key);
    element.append(choice);
    return { value, choice };
  });
  function choose(value) {
    for (const each of buttons) set(each.choice, { "aria-pressed": each.value === value ? "true" : "false" });
  }
  choose(chosen);
  return { element, choose };
}

/** Rows of a description list: [key of its name, node or string]; empty ones are left out. */
function facts(classes, rows) {
  const list = make("dl", `facts ${classes}`);
  for (const [key, value] of rows) {
    if (value === null || value === undefined || value === "") continue;
    list.append(make("div", "", tell(make("dt"), key), make("dd", "", value)));
  }
  return list;
}

function mono(text, classes = "") {
  return make("code", classes, text);
}
