/* Questions to the server, and what it tells every window. */
"use strict";

review.token = () => document.querySelector("meta[name=review-token]").content;
review.following = () => document.querySelector("meta[name=review]").content === "follow" ||
  new URLSearchParams(location.search).has("follow");

/* Ask; what cannot be done is thrown as {faults, status}. */
review.ask = async (what, content = {}) => {
  let answer;
  try {
    answer = await fetch(`/${what}`, {
      method: "POST", credentials: "same-origin", redirect: "error",
      headers: {"Content-Type": "application/json", "X-XSRFToken": review.token()},
      body: JSON.stringify(content),
    });
  } catch {
    review.lost(true);
    throw {faults: ["The review cannot be reached. Whatever was accepted is kept."], status: 0};
  }
  const found = await answer.json();
  if (!answer.ok) { throw {faults: found.faults || [], status: answer.status}; }
  return found;
};

/* Ask for a change; every window, this one too, then shows where the plan stands. */
review.change = async (what, content = {}) => {
  const done = await review.ask(what, content);
  await review.show(done.state);
  return done;
};

/* The same for a button that has no place for faults of its own. */
review.doit = async (what, content) => {
  try {
    return await review.change(what, content);
  } catch (error) {
    if (!error.faults) { throw error; }
    review.say(error.faults.join(" "));
    return null;
  }
};

/* Show a state, unless a later one is shown already. */
review.show = async (state) => {
  /* A window hears of its own change twice: in the answer, and with all others. */
  if (review.state && state.version <= review.state.version) { return; }
  const {replace, shown} = review.opened;
  let parts = state.parts || [];
  const code = (part) => part.area.properties.code;
  const held = new Map(parts.map((part) => [code(part), part.mark]));
  const wanted = Object.entries(state.marks)
    .filter(([one, mark]) => shown.get(one) !== mark && held.get(one) !== mark).map(([one]) => one);
  if (wanted.length) {
    const more = await review.ask("parts", {codes: wanted.map(review.text)});
    parts = [...parts, ...more.parts];
  }
  parts = parts.filter((part) => state.marks[code(part)] === part.mark && shown.get(code(part)) !== part.mark);
  const gone = [...shown.keys()].filter((one) => !(one in state.marks));
  review.state = state;
  if (parts.length || gone.length) {
    gone.forEach((one) => shown.delete(one));
    parts.forEach((part) => shown.set(code(part), part.mark));
    replace({parts, gone, lost: state.missing.map(({urn}) => urn)});
  } else {
    review.opened.again();
  }
  review.figures(state);
  review.ticks.draw();
  if (state.said) { review.say(state.said); }
};

review.lost = (lost) => {
  clusterMap.byId("review-lost").textContent = lost
    ? "This window hears nothing of the review any more; it tries again. Whatever was accepted is kept." : "";
};

/* Listen to the server; begin again when it falls silent. */
review.listen = () => {
  const query = new URLSearchParams({_xsrf: review.token()});
  const socket = new WebSocket(`ws://${location.host}/follow?${query}`);
  socket.addEventListener("open", async () => {
    const answer = await fetch("/state", {credentials: "same-origin"});
    review.lost(!answer.ok);
    if (!answer.ok) { return; }
    const found = await answer.json();
    await review.show(found);
    /* A server that was begun again counts its searches anew. */
    review.search = null;
    review.searched(found.search);
  });
  socket.addEventListener("message", ({data}) => {
    const told = JSON.parse(data);
    if (told.search) { review.searched(told.search); } else { review.show(told); }
  });
  socket.addEventListener("close", () => {
    review.lost(true);
    setTimeout(review.listen, 2000);
  });
};
