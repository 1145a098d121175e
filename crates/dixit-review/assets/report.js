// The filters of the report. Without scripts all articles are there, by pages.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const status = document.getElementById("found");
  const more = document.getElementById("more");
  const pages = [...document.querySelectorAll(".page")];
  const articles = [...document.querySelectorAll("main article")];
  const rows = new Map();
  for (const row of document.querySelectorAll("tr[data-article]")) {
    const id = row.dataset.article;
    rows.has(id) ? rows.get(id).push(row) : rows.set(id, [row]);
  }
  const STEP = 50;
  let matches = [], shown = 0;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const list = (text) => (text ? text.split("\n") : []);

  function passes(article, wanted) {
    const data = article.dataset;
    return (!wanted.language || data.language === wanted.language)
      && (!wanted.stance || list(data.stances).includes(wanted.stance))
      && (!wanted.label || list(data.labels).includes(wanted.label))
      && (!wanted.speaker || list(data.speakers).some((name) => folded(name).includes(wanted.speaker)))
      && (!wanted.words || folded(article.textContent).includes(wanted.words));
  }

  function show(article, visible) {
    article.hidden = !visible;
    for (const row of rows.get(article.id) || []) row.hidden = !visible;
  }

  function showMore() {
    for (const article of matches.slice(shown, shown + STEP)) show(article, true);
    shown = Math.min(shown + STEP, matches.length);
    for (const page of pages) page.hidden = !page.querySelector("article:not([hidden])");
    more.hidden = shown === matches.length;
  }

  function apply() {
    const values = new FormData(form);
    const wanted = { language: values.get("language"), stance: values.get("stance"), label: values.get("label"),
      speaker: folded(values.get("speaker").trim()), words: folded(values.get("words").trim()) };
    const filters = Object.values(wanted).some(Boolean);
    document.body.classList.toggle("filtering", filters);
    if (filters) {
      if (location.hash) history.replaceState(null, "", location.pathname + location.search);
      matches = articles.filter((article) => passes(article, wanted));
      for (const article of articles) show(article, false);
      shown = 0;
      showMore();
      status.textContent = `${matches.length} of ${articles.length} articles pass`;
    } else {
      for (const article of articles) show(article, true);
      for (const page of pages) page.hidden = false;
      more.hidden = true;
      status.textContent = "";
    }
  }

  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 200); });
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  more.addEventListener("click", showMore);
  // A link to an article or page ends the filtering, so that what it names is there.
  addEventListener("hashchange", () => { if (document.body.classList.contains("filtering") && location.hash) form.reset(); });
  form.parentElement.hidden = false;
})();
