/* Schools: ticked, moved, swapped, kept together or apart. */
"use strict";

review.codeOf = (urn) => {
  const symbol = review.opened.schools[urn];
  return symbol && symbol.feature.properties.cluster ? review.text(symbol.feature.properties.cluster) : "";
};
review.nameOf = (urn) => {
  const symbol = review.opened.schools[urn];
  const lost = review.state.missing.find((one) => one.urn === urn);
  return symbol ? symbol.feature.properties.name : lost ? lost.name : String(urn);
};
review.clusterList = () => Object.values(review.opened.areas).map(({feature}) => feature.properties)
  .sort((a, b) => review.text(a.name).localeCompare(review.text(b.name), "en-GB"));

/* A list of clusters to choose from. */
review.pick = (id, label, without = "") => {
  const {h} = review;
  const list = h("select", {id}, review.clusterList().filter(({code}) => review.text(code) !== without)
    .map(({name, code}) => h("option", {value: review.text(code)}, `${name} (${code})`)));
  return {list, field: h("div", {class: "field"}, h("label", {for: id}, label), list)};
};

/* The clusters that a school could join, by what it would mean; then those that it may not. */
review.move = async (urn) => {
  const {h} = review;
  let found;
  try {
    found = await review.ask("ranking", {urn});
  } catch (error) {
    if (!error.faults) { throw error; }
    review.card(`Move ${review.text(review.nameOf(urn))}`, review.faultsBox(error.faults), review.button("Close", review.close));
    return;
  }
  const choice = ({code, name, change, sizes, broken}) => h("button", {type: "button", class: "choice",
    act: () => review.preview([{verb: "move", to: {[urn]: review.text(code)}}])},
  h("strong", {}, name), h("span", {class: "change"}, change), h("small", {}, sizes),
  broken.map((one) => h("small", {class: "bad"}, review.brokenWords(one))));
  const may = found.choices.filter(({broken}) => !broken.length), not = found.choices.filter(({broken}) => broken.length);
  review.card(`Move ${review.text(found.name)} to …`,
    h("p", {class: "note"}, found.home ? `It is in ${review.text(found.home)} now. The figure is the change of the score.` : "It is in no cluster now."),
    may.length ? h("ol", {class: "choices-of"}, may.map((one) => h("li", {}, choice(one))))
      : h("p", {}, "There is none that it could join alone without breaking a requirement."),
    not.length ? h("details", {open: !may.length}, h("summary", {}, `Would break a requirement (${not.length})`),
      h("ol", {class: "choices-of"}, not.map((one) => h("li", {}, choice(one))))) : null,
    found.locked.length ? [h("h3", {}, "Locked"), review.list(found.locked.map(({name}) => name))] : null,
    review.button("Cancel", review.close));
  review.sketch.draw([], [urn]);
  const best = may[0];
  review.say(best ? `Best: ${review.text(best.name)}, score ${review.text(best.change)}.` : "None without breaking a requirement.");
};

/* Schools that are ticked, with what can be done with them. */
review.ticks = (() => {
  const urns = new Set();
  const toggle = (urn) => {
    if (!urns.delete(urn)) { urns.add(urn); }
    draw();
    const symbol = review.opened.schools[urn];
    if (symbol && symbol.isPopupOpen()) {
      symbol.getPopup().update();
      const again = symbol.getPopup().getElement().querySelector("[data-tick]");
      if (again) { again.focus(); }
    }
    review.say(`${review.text(review.nameOf(urn))} ${urns.has(urn) ? "ticked" : "not ticked any more"}. ${clusterMap.counted(urns.size, "school")} ticked.`);
  };
  const clear = () => { [...urns].forEach((urn) => urns.delete(urn)); draw(); };
  const paint = () => Object.entries(review.opened.schools).forEach(([urn, symbol]) => {
    const on = urns.has(Number(urn));
    if (Boolean(symbol.options.ticked) !== on) {
      symbol.options.ticked = on;
      symbol.redraw();
    }
  });
  const draw = () => {
    const {h} = review, place = clusterMap.byId("ticked"), all = [...urns];
    place.hidden = !all.length;
    paint();
    if (!all.length) { place.replaceChildren(); return; }
    const homes = new Set(all.map(review.codeOf));
    const request = (verb, more = {}) => () => review.preview([{verb, urns: all, ...more}]);
    const {list, field} = review.pick("ticked-to", "Move them to");
    const swap = () => review.preview([{verb: "move", to: {[all[0]]: review.codeOf(all[1]), [all[1]]: review.codeOf(all[0])}}]);
    const several = all.length > 1;
    review.put("ticked", h("h2", {}, `${clusterMap.counted(all.length, "school")} ticked`),
      review.list(all.map((urn) => [review.button(review.nameOf(urn), () => review.opened.open(urn), {class: "link"}), " ",
        review.button("Untick", () => toggle(urn), {class: "small-button", "aria-label": `Untick ${review.text(review.nameOf(urn))}`})])),
      h("div", {class: "row"}, field, review.button("Preview", () => review.preview(
        [{verb: "move", to: Object.fromEntries(all.map((urn) => [urn, list.value]))}]))),
      h("p", {class: "buttons"},
        all.length === 2 && homes.size === 2 ? review.button("Swap them", swap) : null,
        several ? review.button("Keep together", request("together")) : null,
        several ? review.button("Keep apart", request("apart")) : null,
        review.button("Make a cluster", request("split")), review.button("Untick all", clear)));
  };
  return {toggle, clear, draw, has: (urn) => urns.has(urn), all: () => [...urns]};
})();

/* In a school's popup. */
review.schoolActions = (school) => {
  if (review.following() || !school.cluster) { return ""; }
  const on = review.ticks.has(school.urn);
  return clusterMap.html`<p class="buttons"><button type="button" data-move="${school.urn}">Move to …</button>
    <button type="button" data-tick="${school.urn}" aria-pressed="${on ? "true" : "false"}">${on ? "Ticked" : "Tick"}</button></p>`;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) { return; }
  if (button.dataset.move) { review.move(Number(button.dataset.move)); }
  if (button.dataset.tick) { review.ticks.toggle(Number(button.dataset.tick)); }
});
