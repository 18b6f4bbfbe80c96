/* What was decided, step by step, what was agreed, and the variants. */
"use strict";

review.window("record", () => {
  const {h} = review, {record, step, together, apart, locked} = review.state, lead = !review.following();
  const back = (to, words) => (lead && to !== step
    ? review.button(words, () => review.doit("goto", {step: to}), {class: "small-button"}) : "");
  const row = (one) => h("tr", {class: one.step === step ? "now" : one.decision === "accepted" && !one.holds ? "off" : ""},
    h("td", {}, one.step === null ? "" : String(one.step)),
    h("th", {scope: "row"}, one.words, one.found.length ? h("small", {}, one.found.join("; ")) : null),
    h("td", {}, one.decision === "refused" ? "refused" : one.holds ? "accepted" : "taken back"),
    h("td", {}, one.by), h("td", {}, one.asked), h("td", {}, one.reason), h("td", {}, one.at),
    h("td", {}, one.step === null ? "" : one.step === step ? "now" : back(one.step, "Return to this")));
  const titles = ["Step", "Request", "Decision", "Who asked", "What was asked", "Reason", "When", ""];
  const groups = [...together.map((group) => ["Together", group]), ...apart.map((group) => ["Apart", group])];
  const release = (group) => review.button("Release", () => {
    clusterMap.byId("record").close();
    review.preview([{verb: "release", urns: group.map(({urn}) => urn)}]);
  }, {class: "small-button"});
  review.put("record-words",
    h("p", {}, step === 0 ? "The plan is as it was begun from." : `The plan is that of step ${step}.`, " ",
      record.length ? back(0, "Return to the beginning") : ""),
    record.length
      ? h("table", {}, h("thead", {}, h("tr", {}, titles.map((title) => (title ? h("th", {scope: "col"}, title) : h("td"))))),
        h("tbody", {}, record.map(row)))
      : h("p", {}, "Nothing has been decided yet."),
    groups.length || locked.length ? h("h3", {}, "Agreed from now on") : null,
    groups.length ? review.list(groups.map(([how, group]) => [
      `${how}: ${clusterMap.listed(group.map(({name}) => review.text(name)))} `, lead ? release(group) : ""])) : null,
    locked.length ? h("p", {}, `Locked: ${review.text(locked.join(", "))}`) : null);
});

review.window("variants", () => {
  const {h} = review, {variants, variant} = review.state;
  const names = variants.map(({name}) => name);
  const free = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((letter) => !names.includes(letter)) || "";
  const box = h("input", {id: "variant-name", maxlength: "40", required: true, autocomplete: "off"});
  box.value = free;
  const side = (id, label, value) => {
    const list = h("select", {id}, names.map((name) => h("option", {value: review.text(name), selected: name === value}, name)));
    return {list, field: h("div", {class: "field"}, h("label", {for: id}, label), list)};
  };
  const first = side("compare-first", "Compare", names[0]), second = side("compare-second", "with", names.at(-1));
  const compare = () => {
    const query = new URLSearchParams({first: first.list.value, second: second.list.value});
    window.open(`/compare?${query}`, "_blank", "noopener");
  };
  review.put("variants-words",
    review.list(variants.map(({name, step}) => [`${review.text(name)}: ${step === 0 ? "the beginning" : `step ${step}`} `,
      name === variant ? h("strong", {}, "shown now")
        : review.button("Switch to it", () => review.doit("switch", {variant: review.text(name)}), {class: "small-button"})])),
    h("form", {act: (event) => { event.preventDefault(); review.doit("branch", {variant: box.value}); }},
      h("div", {class: "row"}, h("div", {class: "field"}, h("label", {for: "variant-name"}, "Begin a variant here, called"), box),
        h("button", {type: "submit"}, "Begin"))),
    names.length > 1 ? h("div", {class: "row"}, first.field, second.field, review.button("Compare on two maps", compare)) : null);
});
