// The page of a review: keys and buttons, what they ask of the server, and what is chosen. The server decides and keeps.
import { make, partsOf, selectedPoints, showArticle, showItems, showStanding } from "./show.js";

const $ = (id) => document.getElementById(id);
const names = document.body.dataset;
const root = $("article");
let article = null;
/** What is chosen: an index into the items, one of the item's parts, one of its ends, and a selection of text. */
const view = { index: 0, part: 0, edge: "end", selection: null, byKeys: false, item: null };

// --- The server. Requests go one after the other, so that keys that are hit fast do what they say.

let queue = Promise.resolve();

function ask(path, body, after) {
  if (body !== undefined) status("saving …");
  queue = queue.then(async () => {
    try {
      const answer = await fetch(path, body === undefined ? {} : {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body()),
      });
      if (!answer.ok) throw new Error(await answer.text());
      const found = await answer.json();
      if (body !== undefined) status("saved");
      problem("");
      after(found);
    } catch (error) {
      status(body === undefined ? "" : "not saved");
      problem(error instanceof TypeError ? "The program does not answer: nothing that you do now is saved. Start it again, and load its page." : error.message);
    }
  });
  return queue;
}

function status(text) { $("saved").textContent = text; }
function problem(text) { $("problem").textContent = text; }

function open(place) {
  if (place === null || place < 0 || place >= Number(names.length)) return;
  ask(`article?place=${place}`, undefined, (found) => show(found));
}

/** Does an action on the chosen item, or on the article. */
function act(action, onArticle = false) {
  const item = view.item;
  if (!onArticle && !item) return problem("Choose an item first: J, or a click.");
  const body = () => ({ place: article.place, id: article.id, item: onArticle ? null : item.subject, action });
  return ask("act", body, (found) => show(found));
}

// --- What is shown.

function show(found) {
  const same = article && article.id === found.id;
  const before = same ? article.items.map((item) => JSON.stringify(item.subject)) : [];
  const chosen = same && view.item ? JSON.stringify(view.item.subject) : null;
  article = found;
  const added = same ? article.items.findIndex((item) => !before.includes(JSON.stringify(item.subject))) : -1;
  const kept = article.items.findIndex((item) => JSON.stringify(item.subject) === chosen);
  if (!same) Object.assign(view, { index: 0, part: 0, edge: "end", selection: null, byKeys: false });
  else if (added >= 0) Object.assign(view, { index: added, part: 0, edge: "end", selection: null, byKeys: false });
  else if (kept >= 0) view.index = kept;
  history.replaceState(null, "", `#${article.place + 1}`);
  draw(!same);
  if (!same) root.scrollTo(0, 0);
}

function draw(atTop = false) {
  view.index = Math.max(0, Math.min(view.index, article.items.length - 1));
  view.item = article.items[view.index] || null;
  view.part = view.item ? Math.min(view.part, partsOf(view.item).length - 1) : 0;
  showArticle(root, article, view);
  showItems($("items"), article, view, (index) => choose(index));
  showStanding($("standing"), article);
  tools();
  const mark = root.querySelector(view.selection ? ".selected" : ".moving") || root.querySelector(".chosen");
  if (mark && !atTop) mark.scrollIntoView({ block: "nearest" });
  const button = document.querySelector(".item[aria-current]");
  if (!button) return;
  if (!document.querySelector("dialog[open]")) button.focus({ preventScroll: true });
  button.scrollIntoView({ block: "nearest" });
}

/** Buttons that can do nothing now are off. */
function tools() {
  const { item, selection } = view;
  const quote = Boolean(item && item.quote);
  const off = {
    undo: !article.can_undo, redo: !article.can_redo, label: !item || quote, type: !quote, stance: !quote, speaker: !quote,
    drop: !quote, part: !quote, accept: !item, reject: !item, clear: !item || !(item.verdict || item.note), note: !item, edge: !item, back: !item, forward: !item,
    entity: !selection, quote: !selection, cue: !selection || !quote, source: !selection || !quote, content: !selection || !quote,
    previous: article.place === 0, next: article.place + 1 === article.length,
  };
  for (const button of document.querySelectorAll("[data-do]")) button.disabled = Boolean(off[button.dataset.do]);
}

function choose(index) {
  if (index < 0 || index >= article.items.length) return;
  Object.assign(view, { index, part: 0, edge: "end", selection: null, byKeys: false });
  draw();
}

// --- Windows: a choice of names, or a text.

/** Chooses by a digit in the window that is open; says whether it did. */
let digits = () => false;

/** Opens a window and calls `take` with the name that is chosen or typed. `free`: whether any text may be typed, and what stands there. */
function choice(title, options, take, free) {
  const dialog = $("choice"), text = $("choice-text");
  $("choice-title").textContent = title;
  text.hidden = $("choice-take").hidden = free === undefined;
  text.value = free || "";
  const done = (value) => { dialog.close(); take(value); };
  $("choices").replaceChildren(...options.map(([name, value], index) => {
    const button = make("button", { type: "button" }, name, " ", index < 9 ? make("kbd", {}, String(index + 1)) : null);
    button.addEventListener("click", () => done(value));
    return button;
  }));
  $("choice-form").onsubmit = (event) => {
    event.preventDefault();
    if (event.submitter && event.submitter.id !== "choice-take") dialog.close(); else done(text.value);
  };
  digits = (key) => {
    const typing = document.activeElement === text && (options.length === 0 || text.value);
    const option = !typing && /^[1-9]$/.test(key) && options[Number(key) - 1];
    if (option) done(option[1]);
    // A letter begins a name.
    else if (free !== undefined && document.activeElement !== text && /^\p{L}$/u.test(key)) { text.value = ""; text.focus(); }
    return Boolean(option);
  };
  dialog.showModal();
  ($("choices").firstElementChild || text).focus();
}

const pairs = (list) => list.split(" ").map((name) => [name, name]);

function chooseStance() {
  const position = view.item.quote.positions[0];
  const topic = position ? position.topic : names.topic;
  const options = [...pairs(names.stances), ["no stance", null]];
  choice(`Stance on ${topic}`, options, (stance) => act({ edit: { stance: { topic, stance } } }));
}

function chooseSpeaker() {
  const options = [...article.names.slice(0, 8).map((name) => [name, name]), ["nobody known", null]];
  choice("Who says it", options, (name) => act({ edit: { speaker: name } }), view.item.quote.speaker || "");
}

// --- A selection of text by keys, a word at a time.

const WORD = /[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu;

/** The words and marks of the article: start and end in code points, and the number of the paragraph. */
function words() {
  const found = [];
  article.blocks.forEach((block, paragraph) => {
    const start = block.runs[0].start, text = block.runs.map((run) => run.text).join("");
    let units = 0, points = 0;
    for (const match of text.matchAll(WORD)) {
      points += Array.from(text.slice(units, match.index)).length;
      const length = Array.from(match[0]).length;
      found.push({ start: start + points, end: start + points + length, paragraph });
      points += length;
      units = match.index + match[0].length;
    }
  });
  return found;
}

function selectByKeys() {
  const all = words();
  const from = view.item ? partsOf(view.item)[0].stretch.end : 0;
  const word = all.find((one) => one.start >= from) || all[0];
  if (!word) return;
  view.selection = { start: word.start, end: word.end };
  view.byKeys = true;
  draw();
}

function moveSelection(key, more) {
  const all = words(), { start, end } = view.selection;
  const first = all.findIndex((word) => word.end > start), last = all.findLastIndex((word) => word.start < end);
  const step = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const paragraph = all[first].paragraph + step;
    const word = all.find((one) => one.paragraph === paragraph);
    if (word) view.selection = { start: word.start, end: word.end };
  } else if (more) {
    const word = all[last + step];
    if (word && last + step >= first) view.selection = { start, end: word.end };
  } else {
    const word = all[(step > 0 ? last : first) + step];
    if (word) view.selection = { start: word.start, end: word.end };
  }
  draw();
}

// --- What can be done, by the names that buttons have.

const move = (direction, unit) => act({ edit: { move: { part: partsOf(view.item)[view.part].place, edge: view.edge, unit, direction } } });
const take = (part) => view.selection && view.item && view.item.quote && act({ edit: { take: { part, ...view.selection } } }).then(() => { view.selection = null; view.byKeys = false; draw(); });
const note = (text, onArticle) => choice(onArticle ? "Note on the article" : `Note on ${view.item.id}`, [], (value) => act({ note: value }, onArticle), text || "");

const DO = {
  accept: () => act("accept"), reject: () => act("reject"), clear: () => act("clear"),
  label: () => view.item.entity && choice("Label", pairs(names.labels), (label) => act({ edit: { label } })),
  type: () => view.item.quote && choice("Type", pairs(names.types), (type) => act({ edit: { type } })),
  stance: () => view.item.quote && chooseStance(),
  speaker: () => view.item.quote && chooseSpeaker(),
  part: () => { view.part = (view.part + 1) % partsOf(view.item).length; draw(); },
  edge: () => { view.edge = view.edge === "end" ? "start" : "end"; draw(); },
  back: () => move("back", "word"), forward: () => move("forward", "word"),
  "back-character": () => move("back", "character"), "forward-character": () => move("forward", "character"),
  drop: () => act({ edit: { leave: partsOf(view.item)[view.part].place } }),
  note: () => note(view.item.note, false), "article-note": () => note(article.note, true),
  select: () => selectByKeys(),
  entity: () => view.selection && choice("Label of the new entity", pairs(names.labels), (label) => act({ add_entity: { ...view.selection, label } }, true)),
  quote: () => view.selection && act({ add_quote: view.selection }, true),
  cue: () => take("cue"), source: () => take("source"), content: () => take("content"),
  sign: () => act("sign", true).then(() => article.verdict === "sign" && open(article.next)),
  skip: () => act("skip", true).then(() => article.verdict === "skip" && open(article.next)),
  previous: () => open(article.place - 1), next: () => open(article.place + 1),
  undo: () => ask(`undo?place=${article.place}`, () => ({}), show), redo: () => ask(`redo?place=${article.place}`, () => ({}), show),
  guideline: () => { $("guideline").hidden = !$("guideline").parentElement.classList.toggle("with-guideline"); },
  help: () => $("help").showModal(),
  finish: () => ask("finish", () => ({}), () => { status("The review has ended; this page can be closed."); }),
};

const ON_ITEM = new Set(["accept", "reject", "clear", "label", "type", "stance", "speaker", "part", "edge", "back", "forward", "back-character", "forward-character", "drop", "note"]);
const KEYS = {
  a: "accept", x: "reject", Delete: "reject", Backspace: "reject", c: "clear", l: "label", t: "type", s: "stance", w: "speaker", g: "part", b: "edge",
  d: "drop", m: "note", v: "select", e: "entity", q: "quote", u: "cue", o: "source", i: "content", f: "skip", p: "previous", n: "next",
  z: "undo", y: "redo", r: "guideline", "?": "help", h: "help", Enter: "sign",
};

function perform(name) {
  if (!article) return;
  if (ON_ITEM.has(name) && !view.item) return problem("There is no item to do this to: select text and add one.");
  problem("");
  DO[name]();
}

function press(event) {
  const arrow = event.key.startsWith("Arrow");
  if (view.byKeys && arrow) return moveSelection(event.key, event.shiftKey), true;
  if (event.key === "ArrowDown" || event.key === "j") return choose(view.index + 1), true;
  if (event.key === "ArrowUp" || event.key === "k") return choose(view.index - 1), true;
  if (event.key === "ArrowLeft") return perform(event.shiftKey ? "back-character" : "back"), true;
  if (event.key === "ArrowRight") return perform(event.shiftKey ? "forward-character" : "forward"), true;
  if (event.key === "Escape") return Object.assign(view, { selection: null, byKeys: false }), draw(), true;
  if (event.key === "M" || (event.shiftKey && event.key === "m")) return perform("article-note"), true;
  if (event.key === "Z") return perform("redo"), true;
  const name = KEYS[event.key] || KEYS[event.key.toLowerCase()];
  if (name) perform(name);
  return Boolean(name);
}

addEventListener("keydown", (event) => {
  if (!article || event.isComposing) return;
  if ($("choice").open && digits(event.key)) event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const undo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
  // A button that is reached with Tab does what it says.
  const onButton = event.target.closest("button:not(.item), summary, a") && (event.key === "Enter" || event.key === " ");
  if (onButton || !(plain || undo)) return;
  if (undo ? (perform(event.shiftKey ? "redo" : "undo"), true) : press(event)) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => perform(button.dataset.do));

root.addEventListener("mouseup", () => setTimeout(() => {
  const points = article && selectedPoints(root);
  if (points) {
    Object.assign(view, { selection: points, byKeys: false });
    getSelection().removeAllRanges();
    draw();
  }
}, 0));

root.addEventListener("click", (event) => {
  const run = event.target.closest("[data-start]");
  if (!run || !article || view.selection) return;
  const at = Number(run.dataset.start);
  const size = (item) => Math.min(...partsOf(item).filter(({ stretch }) => stretch.start <= at && at < stretch.end).map(({ stretch }) => stretch.end - stretch.start));
  const under = article.items.map((item, index) => [size(item), index]).filter(([length, index]) => length < Infinity && article.items[index].verdict !== "reject");
  under.sort((left, right) => left[0] - right[0]);
  if (under.length) choose(under[0][1]);
});

const place = /^#([0-9]+)$/.exec(location.hash);
if (Number(names.length) === 0) problem("There is no article in the queue.");
else open(place ? Math.min(Math.max(Number(place[1]), 1), Number(names.length)) - 1 : Number(names.first));
