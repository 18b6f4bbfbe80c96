/* A request before it is decided: what it would do, who asks, and what else could fit around it. */
"use strict";

/* The clusters that a request touches, before and after. */
review.beforeAfter = (rows) => {
  const {h} = review;
  if (!rows.length) { return null; }
  const cell = (before, after, what) => {
    const [from, to] = [before, after].map((one) => (one ? one[what] : "none"));
    return h("td", {}, from === to ? from : [h("s", {}, from), " ", h("strong", {}, to)]);
  };
  const differs = (what) => rows.some(({before, after}) => (before || {})[what] !== (after || {})[what]);
  const columns = [["Schools", "schools"], ["Longest journey", "longest"], ["Central school", "central"], ["Score", "score"]]
    .filter(([, what]) => ["schools", "score"].includes(what) || differs(what));
  return h("div", {class: "wide", tabindex: "0", role: "region", "aria-label": "Clusters before and after"}, h("table", {},
    h("caption", {}, "Clusters before and after"),
    h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Cluster"), columns.map(([title]) => h("th", {scope: "col"}, title)))),
    h("tbody", {}, rows.map(({name, before, after}) => h("tr", {}, h("th", {scope: "row"}, name),
      columns.map(([, what]) => cell(before, after, what)))))));
};

review.verdict = ({change, score, broken, mended}) => {
  const {h} = review;
  return [
    h("p", {class: "price"}, h("strong", {}, change === "0.0" ? "The score stays" : `Score ${review.text(change)}`), ` (${review.text(score)})`),
    broken.length
      ? h("div", {class: "bad"}, h("p", {}, h("strong", {}, "Breaks a requirement")), review.list(broken.map(review.brokenWords)))
      : h("p", {class: "good"}, "Breaks no requirement."),
    mended.length ? h("div", {class: "good"}, h("p", {}, "Mends"), review.list(mended.map(review.brokenWords))) : null,
  ];
};

review.field = (name, label, hint, tag = "input", more = {}) => {
  const {h} = review, id = `say-${name}`;
  const box = h(tag, {id, name, maxlength: tag === "input" ? "200" : "2000", autocomplete: "off",
    "aria-describedby": hint ? `${id}-hint` : null, ...more});
  box.value = review.said[name] || "";
  box.addEventListener("input", () => { review.said[name] = box.value; });
  return h("div", {class: "field"}, h("label", {for: id}, label), hint ? h("small", {id: `${id}-hint`}, hint) : null, box);
};

/* Show what requests would do. */
review.preview = async (requests, {again = "", seen = "", decided = null} = {}) => {
  const {h} = review;
  let found;
  try {
    found = await review.ask("preview", {requests, seen});
  } catch (error) {
    if (!error.faults) { throw error; }
    review.sketch.clear();
    review.card("This cannot be done", review.faultsBox(error.faults), review.button("Close", review.close));
    return;
  }
  const place = h("div", {id: "answers"}), faults = h("div");
  const decide = async (what) => {
    try {
      await review.change(what, {requests, seen: found.seen, ...review.said});
      review.said = {...review.said, asked: "", reason: ""};
      review.close();
      if (decided) { await decided(); }
    } catch (error) {
      if (!error.faults) { throw error; }
      if (error.status === 409) { await review.preview(requests, {again: error.faults.join(" "), seen, decided}); return; }
      faults.replaceChildren(review.faultsBox(error.faults));
    }
  };
  review.card(found.words,
    again ? review.faultsBox([again]) : null,
    review.verdict(found), found.notes.map((note) => h("p", {}, note)),
    found.certainty ? h("p", {class: "certainty"}, `Afterwards: ${review.text(found.certainty)}`) : null, review.beforeAfter(found.rows),
    h("form", {act: (event) => { event.preventDefault(); decide("accept"); }},
      review.field("by", "Who asks", "A role, such as head teacher: the record is published"),
      review.field("asked", "What was asked", "", "textarea", {rows: "2"}),
      review.field("reason", "Reason for the decision", "", "textarea", {rows: "2"}),
      faults,
      h("p", {class: "buttons"}, h("button", {type: "submit", class: "main"}, "Accept"),
        review.button("Refuse", () => decide("refuse")), review.button("Cancel", review.close))),
    found.fits ? review.button("Fit the neighbours around this", () => review.whatIf(requests[0], place)) : null,
    place);
  review.sketch.draw(found.outlines, found.moved.map(({urn}) => urn));
  review.say(`Preview: score ${review.text(found.change)}; ${found.broken.length
    ? `breaks ${clusterMap.counted(found.broken.length, "requirement")}` : "breaks no requirement"}.`);
};

/* How long "what if" may take, in seconds. */
review.seconds = 10;

/* Look for plans around a request, in another process of the server. */
review.whatIf = async (request, place) => {
  const {h} = review, {seconds} = review, begun = Date.now();
  const bar = h("progress", {max: String(seconds), value: "0", "aria-label": "Time used"});
  const timer = setInterval(() => { bar.value = (Date.now() - begun) / 1000; }, 250);
  const cancel = review.button("Cancel the search", () => review.ask("cancel"));
  place.replaceChildren(h("p", {}, `Looking for answers, for at most ${seconds} seconds.`), bar, cancel);
  review.say("Looking for answers.");
  cancel.focus();
  try {
    const found = await review.ask("whatif", {request, seconds});
    if (place.isConnected) { place.replaceChildren(review.answers(found)); }
    review.say(found.answers.length ? `${clusterMap.counted(found.answers.length, "answer")} found.` : found.words);
  } catch (error) {
    if (!error.faults) { throw error; }
    place.replaceChildren(review.faultsBox(error.faults));
  } finally {
    clearInterval(timer);
  }
};

review.answers = ({answers, words}) => {
  const {h} = review;
  if (!answers.length) { return h("p", {}, words); }
  return h("div", {}, h("h3", {}, "Answers"), h("ol", {class: "choices-of"}, answers.map(({requests, others, proposal, best}) => {
    const named = others.slice(0, 6).map(({name}) => review.text(name));
    const more = others.length > 6 ? [clusterMap.counted(others.length - 6, "more school")] : [];
    const moving = others.length
      ? `${clusterMap.counted(others.length, "other school")} ${others.length === 1 ? "moves" : "move"}: ${clusterMap.listed([...named, ...more])}`
      : "No other school moves";
    const act = () => review.preview(review.plainly(requests));
    return h("li", {}, h("button", {type: "button", class: "choice", act},
      h("strong", {}, `Score ${review.text(proposal.change)}`), h("span", {}, `${moving}.`),
      best ? h("small", {}, "Proven to be the best of its kind nearby") : null));
  })));
};
