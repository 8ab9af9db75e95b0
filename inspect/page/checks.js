// The checks: what was proved, what was not, and why.

class Checks {
  constructor(model) {
    this.model = model;
    this.element = make("div", "checks");
    if (model.checks.length === 0) this.element.append(tell(make("p", "empty"), "page.checks.empty"));
    else this.element.append(verdictCount(model), make("ol", "check-list", model.checks.map((check, id) => this.check(check, id))));
  }

  check(check, id) {
    const { model } = this;
    const home = model.home(check.subject);
    const place = home?.table === "message" ? model.messages[home.id].name : home?.table ?? null;
    const text = has(`check.${check.name}.why`) ? tell(make("p", "means"), `check.${check.name}.why`) : null;
    return set(make("li", `check ${check.verdict}`,
      make("span", "mark", icon(check.verdict), tell(make("span", "sr-only"), verdictKeys[check.verdict])),
      make("div", "check-body",
        make("h3", "", tell(make("span"), checkTitle(check)), " ", rfcLink(check.section)),
        text,
        check.reason ? tell(make("p", "reason"), check.reason) : null,
        this.compared(check),
        this.inputs(check, place),
        check.details.length > 0 ? this.details(check) : null)), { id: `check-${id}`, tabindex: "-1" });
  }

  inputs(check, place) {
    if (!place && check.inputs.length === 0) return null;
    const line = make("p", "inputs");
    if (place) line.append(tell(make("span"), "page.check.at"), " ", refLink(check.subject, place), " ");
    if (check.inputs.length > 0) line.append(tell(make("span"), "page.check.from"), " ",
      ...check.inputs.flatMap((input, i) => [i > 0 ? ", " : "", input.ref ? refLink(input.ref, input.name) : input.name]));
    return line;
  }

  details(check) {
    return make("details", "check-details", make("summary", "", tell(make("span"), words("page.check.details", check.details.length))),
      make("ol", "", check.details.map((detail) => tell(make("li"), detail))));
  }

  /** Both values, their differences marked. */
  compared({ expected, actual }) {
    if (!expected && !actual) return null;
    if (!expected || !actual || expected === actual) return facts("compared", [["page.check.value", mono(spaced(actual ?? expected))]]);
    return facts("compared", [["page.check.expected", differing(expected, actual)], ["page.check.actual", differing(actual, expected)]]);
  }

  reveal(ref) {
    const element = this.element.querySelector(`#check-${ref.id}`);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
    return Boolean(element);
  }
}

function differing(hex, against) {
  const code = make("code");
  for (let i = 0; i < hex.length; i += 2) {
    const pair = hex.slice(i, i + 2);
    code.append(pair === against.slice(i, i + 2) ? pair : make("mark", "", pair), " ");
  }
  return code;
}

const verdictKeys = { passed: "page.verdict.passed", failed: "page.verdict.failed", not_checkable: "page.verdict.not_checkable" };

/** Its title in the catalogue, or its name in words. */
function checkTitle(check) {
  const key = `check.${check.name}`;
  return has(key) ? key : { key: "verbatim", arguments: [check.name.replaceAll("_", " ")] };
}

function verdictBadge(check) {
  const badge = make("span", `badge ${check.verdict}`, icon(check.verdict), tell(make("span", "sr-only"), verdictKeys[check.verdict]));
  return tellAttribute(badge, "title", checkTitle(check));
}

function verdictCount(model) {
  const count = make("ul", "verdicts");
  for (const verdict of ["passed", "failed", "not_checkable"]) {
    const number = model.checks.filter((check) => check.verdict === verdict).length;
    if (number > 0) count.append(make("li", verdict, icon(verdict), make("b", "", String(number)), " ", tell(make("span"), verdictKeys[verdict])));
  }
  return count;
}
