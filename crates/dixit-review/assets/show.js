// Shows an article: its text in runs, its items, what is chosen. All text goes in as text nodes; nothing is parsed as markup.

/** An element with attributes and children; what is false or null is left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** The parts of an item that have ends to move: each with its place for the server and its stretch. */
export function partsOf(item) {
  if (item.entity) return [{ place: "span", name: "entity", stretch: item.entity.span }];
  const { content, cue, source } = item.quote;
  const parts = content.map((stretch, index) => ({ place: { content: index }, name: "content", stretch }));
  if (cue) parts.push({ place: "cue", name: "cue", stretch: cue });
  if (source) parts.push({ place: "source", name: "source", stretch: source });
  return parts;
}

/** The text of an article. `view`: the chosen item, its part and end, and the selection, if any. */
export function showArticle(target, article, view) {
  const part = view.item && partsOf(view.item)[view.part];
  const blocks = article.blocks.map((block, index) => {
    const name = block.kind === "headline" ? (index === 0 ? "h2" : "h3") : "p";
    return make(name, { class: block.kind }, ...block.runs.flatMap((run) => showRun(run, article, view, part)));
  });
  target.replaceChildren(...blocks);
  target.lang = article.language || "";
}

function showRun(run, article, view, part) {
  const characters = Array.from(run.text);
  const ends = [0, characters.length];
  for (const end of view.selection ? [view.selection.start, view.selection.end] : []) {
    const at = end - run.start;
    if (at > 0 && at < characters.length) ends.push(at);
  }
  ends.sort((left, right) => left - right);
  const nodes = [];
  for (const mark of run.marks || []) {
    if (mark.opens && mark.part === "content") nodes.push(tag(article.items[mark.item]));
  }
  for (let index = 1; index < ends.length; index += 1) {
    const start = run.start + ends[index - 1], end = run.start + ends[index];
    const text = characters.slice(ends[index - 1], ends[index]).join("");
    nodes.push(make("span", { class: classes(run, article, view, part, start, end), "data-start": start }, text));
  }
  for (const mark of run.marks || []) {
    if (mark.closes && mark.part === "entity") {
      nodes.push(make("small", { class: "label", lang: "en" }, article.items[mark.item].entity.label));
    }
  }
  return nodes;
}

function classes(run, article, view, part, start, end) {
  const names = ["run"];
  const marks = run.marks || [];
  for (const mark of marks) {
    const item = article.items[mark.item];
    names.push(mark.part);
    if (mark.part === "entity") names.push(item.entity.label);
    if (mark.part === "content" && item.quote.positions[0]) names.push(item.quote.positions[0].stance);
    if (item === view.item) names.push("chosen");
  }
  if (part && start >= part.stretch.start && end <= part.stretch.end) {
    names.push("moving");
    if (view.edge === "start" && start === part.stretch.start) names.push("at-start");
    if (view.edge === "end" && end === part.stretch.end) names.push("at-end");
  }
  if (view.selection && start >= view.selection.start && end <= view.selection.end) names.push("selected");
  return [...new Set(names)].join(" ");
}

function tag(item) {
  const position = item.quote.positions[0];
  const text = `${item.id} ${item.quote.speaker || "not known"}${position ? `: ${position.stance}` : ""}`;
  return make("span", { class: `tag ${position ? position.stance : ""}`, lang: "en" }, text);
}

const VERDICTS = { accept: "accepted", reject: "rejected", correct: "corrected", sign: "signed off", skip: "skipped" };

/** The list of items; `choose` is called with the index of the one that is clicked. */
export function showItems(target, article, view, choose) {
  const rows = article.items.map((item, index) => {
    const chosen = item === view.item;
    const button = make("button", { type: "button", class: "item", "aria-current": chosen ? "true" : null, "data-item": index },
      make("span", { class: "verdict" }, VERDICTS[item.verdict] || `score ${item.score.toFixed(2)}`),
      make("span", { class: "id" }, item.id), " ", ...describe(item, article.language));
    button.addEventListener("click", () => choose(index));
    return make("li", { class: `${item.verdict || "undecided"}${chosen ? " chosen" : ""}` }, button, ...(chosen ? detail(item, view) : []),
      item.note && make("p", { class: "note" }, `Note: ${item.note}`));
  });
  target.replaceChildren(...rows);
}

function describe(item, language) {
  if (item.entity) return [make("strong", { lang: language }, item.entity.span.text), ` ${item.entity.label} `];
  const { quote } = item;
  const words = quote.content.map((stretch) => stretch.text).join(" … ");
  const stances = quote.positions.map((position) => make("span", { class: `stance ${position.stance}` }, ` ${position.stance} `));
  return [make("strong", {}, quote.speaker || "not known"), ...stances, make("span", { class: "words", lang: language }, words), " "];
}

function detail(item, view) {
  const part = partsOf(item)[view.part];
  const facts = item.entity ? [["label", item.entity.label]] : [
    ["type", item.quote.type],
    ["cue", item.quote.cue ? item.quote.cue.text : "none"],
    ["source", item.quote.source ? item.quote.source.text : "none"],
    ...item.quote.positions.map((position) => [position.topic, position.stance]),
  ];
  facts.push(["found by", item.by], ["arrows move", `the ${view.edge} of the ${part.name}`]);
  return [make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))];
}

/** Where the article stands, in words. */
export function showStanding(target, article) {
  const verdict = article.verdict ? ` · this one is ${VERDICTS[article.verdict]}` : "";
  const stale = article.stale ? ` · ${article.stale} earlier decisions do not apply to it any more` : "";
  const note = article.note ? ` · Note: ${article.note}` : "";
  target.textContent = `${article.place + 1} of ${article.length} · ${article.settled} settled · ${article.id}${verdict}${stale}${note}`;
}

/** The code points of an article that a selection of the browser covers; null if it covers none. */
export function selectedPoints(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let start = null, end = null;
  for (const run of root.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(run)) continue;
    const from = Number(run.dataset.start), text = run.textContent, node = run.firstChild;
    const points = (units) => Array.from(text.slice(0, units)).length;
    const first = range.startContainer === node ? points(range.startOffset) : 0;
    const last = range.endContainer === node ? points(range.endOffset) : points(text.length);
    if (first === last) continue;
    if (start === null) start = from + first;
    end = from + last;
  }
  return start === null ? null : { start, end };
}
