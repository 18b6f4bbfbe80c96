/* The end of a meeting: the outputs of the plan as it stands, in a new folder. */
"use strict";

review.window("finish", () => {
  const {h} = review, {summary, digest: seen} = review.state, place = clusterMap.byId("finish-words");
  if (place.querySelector("[aria-busy]")) { return; }
  const name = h("input", {id: "finish-name", required: true, maxlength: "120", autocomplete: "off"});
  const reason = h("textarea", {id: "finish-reason", rows: "3", maxlength: "2000", required: true});
  const faults = h("div"), broken = summary.broken.length > 0;
  const write = async (event) => {
    event.preventDefault();
    const button = place.querySelector("button[type=submit]");
    button.disabled = true;
    faults.replaceChildren(h("p", {"aria-busy": "true"}, "Writing. The page can be used meanwhile."));
    try {
      const done = await review.ask("finish", {seen, folder: name.value, reason: broken ? reason.value : ""});
      faults.replaceChildren();
      review.put("finish-words", h("h3", {tabindex: "-1"}, "Written"), review.list(done.paths));
      place.querySelector("h3").focus();
      await review.show(done.state);
    } catch (error) {
      if (!error.faults) { throw error; }
      button.disabled = false;
      faults.replaceChildren(review.faultsBox(error.faults));
    }
  };
  review.put("finish-words",
    broken ? h("div", {class: "bad"}, h("p", {}, h("strong", {}, "The plan breaks a requirement.")), review.list(summary.broken.map(review.brokenWords)))
      : h("p", {class: "good"}, "Every requirement is met."),
    h("form", {act: write},
      h("div", {class: "field"}, h("label", {for: "finish-name"}, "Name of the new folder"),
        h("small", {}, "It is made beside the one that the review began from, which stays as it is."), name),
      broken ? h("div", {class: "field"}, h("label", {for: "finish-reason"}, "The chair's reason to finish all the same"), reason) : null,
      faults, h("p", {class: "buttons"}, h("button", {type: "submit", class: "main"}, "Write the outputs"))));
});
