/* What if: a better plan in the whole county, looked for meanwhile; or another setting of a rule. */
"use strict";

/* What was typed, kept while the window is written anew. */
review.wanted = {movers: "10", seconds: "60", key: "", values: {}};
review.settings = [];

review.numberField = (id, label, name, most) => {
  const {h} = review;
  const box = h("input", {id, type: "number", required: true, min: "1", max: String(most), step: "1", inputmode: "numeric"});
  box.value = review.wanted[name];
  box.addEventListener("input", () => { review.wanted[name] = box.value; });
  return h("div", {class: "field"}, h("label", {for: id}, label), box);
};

review.countyForm = () => {
  const {h, wanted} = review, faults = h("div");
  const look = async (event) => {
    event.preventDefault();
    try {
      await review.ask("county", {movers: Number(wanted.movers), seconds: Number(wanted.seconds)});
      clusterMap.byId("whatif").close();
    } catch (error) {
      if (!error.faults) { throw error; }
      faults.replaceChildren(review.faultsBox(error.faults));
    }
  };
  return h("form", {act: look, id: "county-form"}, h("h3", {}, "The whole county"),
    h("p", {}, "The page can be used meanwhile. Locked clusters and the number of clusters stay, and nothing changes before you accept it."),
    h("div", {class: "row"}, review.numberField("county-movers", "Schools that may move, at most", "movers", 100000),
      review.numberField("county-seconds", "Seconds, at most 600", "seconds", 600)),
    faults, h("p", {class: "buttons"},
      h("button", {type: "submit", class: "main"}, "Look for a better plan in the whole county")));
};

review.settingForm = () => {
  const {h, wanted, settings} = review;
  if (!settings.length) { return null; }
  const key = ({key: own}) => review.text(own);
  const chosen = settings.find((one) => key(one) === wanted.key) || settings[0];
  const list = h("select", {id: "setting-key"}, settings.map((one) =>
    h("option", {value: key(one), selected: one === chosen}, `${review.text(one.title)} (${key(one)})`)));
  const value = chosen.choices.length
    ? h("select", {id: "setting-value"}, chosen.choices.map((one) => h("option", {value: review.text(one)}, one)))
    : h("input", {id: "setting-value", required: true, maxlength: "200", autocomplete: "off"});
  const typed = wanted.values[key(chosen)];
  value.value = typed === undefined ? review.text(chosen.value) : typed;
  value.addEventListener("input", () => { wanted.values[key(chosen)] = value.value; });
  list.addEventListener("change", () => {
    wanted.key = list.value;
    review.writeSettings();
    clusterMap.byId("setting-key").focus();
  });
  const preview = (event) => {
    event.preventDefault();
    clusterMap.byId("whatif").close();
    review.preview([{verb: "adjust", settings: {[key(chosen)]: value.value}}]);
  };
  return h("form", {act: preview}, h("h3", {}, "Another setting"),
    h("div", {class: "field"}, h("label", {for: "setting-key"}, "Setting"), list),
    h("p", {}, "Its value now: ", h("strong", {id: "setting-now"}, chosen.value)),
    h("div", {class: "field"}, h("label", {for: "setting-value"}, "New value"), value),
    h("p", {class: "buttons"}, h("button", {type: "submit", class: "main"}, "Preview")));
};

review.writeSettings = () => clusterMap.byId("setting-form").replaceChildren(...[review.settingForm()].filter(Boolean));

review.window("whatif", async () => {
  const faults = review.h("div");
  review.put("whatif-words", review.countyForm(), review.h("div", {id: "setting-form"}), faults);
  review.writeSettings();
  try {
    review.settings = (await review.ask("settings")).settings;
    review.writeSettings();
  } catch (error) {
    if (!error.faults) { throw error; }
    faults.replaceChildren(review.faultsBox(error.faults));
  }
});

/* How the search in the whole county stands, as the server told it last. */
review.search = null;

review.searched = (search) => {
  if (review.search && search.turn <= review.search.turn) { return; }
  const said = review.search !== null || search.stage !== "none";
  review.search = search;
  review.searchBegun = Date.now() - 1000 * search.used;
  review.drawSearch();
  if (said && search.stage !== "none") { review.say(search.stage === "running" ? "Looking in the whole county." : review.searchWords()); }
};

review.searchFits = () => Boolean(review.state) && review.text(review.search.seen) === review.text(review.state.digest);

review.searchWords = () => {
  const {stage, seconds, movers, words, change, moved} = review.search;
  if (stage === "running") {
    return `Looking in the whole county, for at most ${seconds} seconds; at most ${clusterMap.counted(movers, "school")} may move.`;
  }
  if (stage === "ended") { return `Whole county: ${review.text(words)}`; }
  if (!review.searchFits()) {
    return "The plan has changed since the search in the whole county began, and what it found does not fit it any more. Look again.";
  }
  const named = moved.slice(0, 6).map(({name}) => review.text(name));
  const more = moved.length > 6 ? [clusterMap.counted(moved.length - 6, "more school")] : [];
  return `Found in the whole county: score ${review.text(change)}; ${clusterMap.counted(moved.length, "school")} ${
    moved.length === 1 ? "moves" : "move"}: ${clusterMap.listed([...named, ...more])}.`;
};

review.drawSearch = () => {
  const {h, search} = review, place = clusterMap.byId("bar-search");
  const none = !search || search.stage === "none";
  const key = none ? "none" : `${search.turn} ${search.stage === "found" && review.searchFits()}`;
  /* What has the focus stays where nothing is new. */
  if (place.dataset.shows === key) { return; }
  place.dataset.shows = key;
  clearInterval(review.searchTimer);
  const held = place.contains(document.activeElement);
  place.hidden = none;
  place.replaceChildren();
  if (none) {
    if (held) { review.opened.map.getContainer().focus({preventScroll: true}); }
    return;
  }
  const button = (words, act) => review.button(words, act, {class: "lead"});
  const again = button("Look again", () => review.open("whatif"));
  const drop = button("Drop", () => review.tell("drop"));
  const parts = [h("p", {}, review.searchWords())];
  if (search.stage === "running") {
    const bar = h("progress", {max: String(search.seconds), "aria-label": "Time used by the search in the whole county"});
    const tick = () => { bar.value = Math.min(search.seconds, (Date.now() - review.searchBegun) / 1000); };
    tick();
    review.searchTimer = setInterval(tick, 250);
    parts.push(bar, button("Cancel the search", () => review.tell("cancel")));
  } else if (search.stage === "ended") {
    parts.push(again, drop);
  } else if (review.searchFits()) {
    const {seen} = search;
    const preview = () => review.preview(review.plainly(search.requests), {seen: review.text(seen), decided: () => review.tell("drop")});
    if (search.proof) { parts.push(h("small", {}, search.proof)); }
    parts.push(button("Preview", preview), drop);
  } else {
    parts.push(again, drop);
  }
  place.append(...parts);
  if (held) { place.querySelector("button").focus(); }
};

/* Ask for what changes no plan; what is said of it is said. */
review.tell = async (what) => {
  try {
    review.say((await review.ask(what)).said);
  } catch (error) {
    if (!error.faults) { throw error; }
    review.say(error.faults.join(" "));
  }
};
