/* The bar above the map: how the plan stands beside the one that the meeting began with. */
"use strict";

review.figure = (name, words) => {
  const place = clusterMap.byId(`bar-${name}`).querySelector("dd");
  (place.querySelector("button") || place).textContent = review.text(words);
};

review.figures = (state) => {
  const {summary} = state, byId = clusterMap.byId;
  review.figure("broken", summary.broken.length.toLocaleString("en-GB"));
  byId("bar-broken").classList.toggle("bad", summary.broken.length > 0);
  review.figure("moved", summary.moved.length.toLocaleString("en-GB"));
  review.figure("pupils", summary.pupils === null ? "not shown" : summary.pupils);
  review.figure("trusts", summary.trusts);
  review.figure("longest", summary.longest);
  review.figure("change", summary.change);
  byId("bar-longest").title = `The journey of ${review.text(summary.furthest)}`;
  byId("bar-certainty").textContent = review.text(summary.certainty);
  byId("undo").disabled = !state.undo;
  byId("redo").disabled = !state.redo;
  byId("variant").textContent = review.text(state.variant);
  review.drawSearch();
  Object.values(review.windows).forEach(({id, write}) => { if (byId(id).open) { write(); } });
};

/* Windows over the page, each written when it is opened and when the plan changes. */
review.windows = {};
review.window = (id, write) => { review.windows[id] = {id, write}; };

review.open = (id) => {
  const box = clusterMap.byId(id);
  review.windows[id].write();
  if (!box.open) { box.showModal(); }
};

review.goTo = (urn) => {
  document.querySelectorAll("dialog[open]").forEach((box) => box.close());
  if (review.opened.schools[urn]) { review.opened.open(urn); }
};

review.window("broken", () => {
  const {broken} = review.state.summary, {missing} = review.state;
  review.put("broken-words", broken.length
    ? review.list(broken.map(review.brokenWords)) : review.h("p", {}, "Every requirement is met."),
  missing.length && !review.following() ? [review.h("h3", {}, "In no cluster"),
    review.list(missing.map(({urn, name}) => review.button(`${name}: choose a cluster`, () => {
      clusterMap.byId("broken").close();
      review.move(urn);
    }, {class: "link"})))] : null);
});

review.window("moved", () => {
  const {moved} = review.state.summary;
  review.put("moved-words", moved.length
    ? review.list(moved.map(({urn, name, words}) => [review.button(name, () => review.goTo(urn), {class: "link"}), ` ${words}`]))
    : review.h("p", {}, "No school has moved."));
});
