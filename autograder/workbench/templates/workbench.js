// Sends the form while one types (code: when asked) and shows what came of it in place; without this script the page
// does the same by its button.
"use strict";

const form = document.querySelector("form[data-sent]");
const state = document.getElementById("state");
const PAUSE = 350; // milliseconds without a key before an answer is sent

let waiting = 0;
let busy = false;
let changed = false;

function show(name, page) {
  const fresh = page.getElementById(name);
  const old = document.getElementById(name);
  if (fresh && old) old.replaceChildren(...fresh.childNodes);
}

async function send() {
  if (busy) { // one at a time: what was typed meanwhile is sent afterwards
    changed = true;
    state.textContent = "judging … the newest answer is next";
    return;
  }
  busy = true;
  changed = false;
  state.textContent = "judging …";
  document.getElementById("result").classList.add("stale");
  try {
    const reply = await fetch(location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) throw new Error(String(reply.status));
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    show("result", page);
    show("misconceptions", page);
    state.textContent = "";
    document.getElementById("result").classList.remove("stale");
  } catch {
    state.textContent = "No answer: is the program still running?";
  }
  busy = false;
  if (changed) send();
}

if (form) {
  if (form.dataset.sent === "while typing") {
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(send, PAUSE);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    send();
  });
}
