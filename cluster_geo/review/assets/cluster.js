/* Clusters: locked, renamed, merged, split, and where they meet. */
"use strict";

review.locked = (code) => review.state.locked.map(review.text).includes(code);

/* In a cluster's facts. */
review.clusterActions = ({code}) => {
  if (!review.state) { return ""; }
  const plain = review.text(code), {html} = clusterMap;
  const venue = Object.entries(review.state.venues).find(([one]) => review.text(one) === plain);
  const meets = venue ? html`<p>Meets at ${venue[1]}</p>` : "";
  const lock = review.locked(plain) ? html`<p class="tag">Locked</p>` : "";
  if (review.following()) { return html`${lock}${meets}`; }
  const button = (what, words) => html`<button type="button" data-do="${what}" data-code="${code}">${words}</button> `;
  return html`${lock}${meets}<p class="buttons">${button("lock", review.locked(plain) ? "Unlock" : "Lock")}${
    button("rename", "Rename")}${button("meet", "Meeting place")}${button("merge", "Merge into …")}${
    button("split", "Split off ticked schools")}</p>`;
};

review.lock = (code) => review.preview([{verb: review.locked(code) ? "unlock" : "lock", code}]);

/* Ask for one text, then preview what it leads to. */
review.askText = (title, label, value, request, more = {}) => {
  const {h} = review, box = h("input", {id: "one-text", maxlength: "200", autocomplete: "off", ...more});
  box.value = value;
  review.card(title, h("form", {act: (event) => { event.preventDefault(); review.preview([request(box.value)]); }},
    h("div", {class: "field"}, h("label", {for: "one-text"}, label), box),
    h("p", {class: "buttons"}, h("button", {type: "submit", class: "main"}, "Preview"), review.button("Cancel", review.close))));
  box.focus();
  box.select();
};

review.clusterDoes = {
  lock: (code) => review.lock(code),
  rename: (code, name) => review.askText(`Rename ${name}`, "New name", name, (text) => ({verb: "rename", code, name: text}), {required: true}),
  meet: (code, name) => {
    const venue = Object.entries(review.state.venues).find(([one]) => review.text(one) === code);
    review.askText(`Where ${name} meets`, "Place; blank for its central school", venue ? review.text(venue[1]) : "",
      (text) => ({verb: "meet", code, venue: text}));
  },
  merge: (code, name) => {
    const {h} = review, {list, field} = review.pick("merge-into", "Into which its schools go; its code and name stay", code);
    review.card(`Merge ${name} into …`, h("form",
      {act: (event) => { event.preventDefault(); review.preview([{verb: "merge", code, into: list.value}]); }},
      field, h("p", {class: "buttons"}, h("button", {type: "submit", class: "main"}, "Preview"), review.button("Cancel", review.close))));
    list.focus();
  },
  split: (code, name) => {
    const urns = review.ticks.all().filter((urn) => review.codeOf(urn) === code);
    if (urns.length) { review.preview([{verb: "split", urns}]); return; }
    review.card(`Split ${name}`, review.h("p", {}, "Tick the schools that are to leave it first: open a school and choose Tick, or hold Shift and click on it."),
      review.button("Close", review.close));
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (!button) { return; }
  /* What an attribute holds has been read back as text by the browser already. */
  const {code} = button.dataset;
  const cluster = review.clusterList().find((one) => review.text(one.code) === code);
  review.clusterDoes[button.dataset.do](code, cluster ? review.text(cluster.name) : code);
});
